"""Lists as associations have them: each kind of file, heading, day, telephone and line, told or read."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from mist_connector.register.addresses import NoAddress, read_email, read_telephone, telephone_key
from mist_connector.register.days import read_day
from mist_connector.register.encodings import decoded
from mist_connector.register.folder import chosen
from mist_connector.register.layout import Left
from mist_connector.register.lists import read_files, read_proposals, spare_sheets, wanted_rows
from mist_connector.register.names import split_name
from mist_connector.register.observing import ObservedRegister
from mist_connector.register.pages import csv_page, workbook
from mist_connector.register.recognising import Answer
from mist_connector.register.refusals import Page, refused_pages
from mist_connector.register.rows import Row
from mist_connector.register.template import template_workbook

OWN = "N°;NOM;Prénom;E-mail;Téléphone;Adhésion;Observations\n"
LINES = (
    "1;Inventée;Zoë;zoe@ex.invalid;+33 (0)6 00 00 00 02;01/02/25;à rappeler\n"
    "2;D’Exemple;Noëlle;;0600000003;45992;\n"
)


@pytest.fixture
def reads(mappings, tmp_path):
    """A function from the contents of files to what is read of them and their lines by table."""

    def read(*more, **files):
        for name, content in files.items():
            stem, _, ending = name.rpartition("_")
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{stem}.{ending}").write_bytes(data)
        tables = chosen(mappings.register, more)
        reading = read_files(sorted(tmp_path.iterdir()), tables, mappings.blueprint, mappings.register)
        spare_sheets(reading)
        return reading, read_proposals(reading)

    return read


@pytest.fixture
def wants(mappings, reads):
    """A function from a list to the rows that it comes to, beside people who are there."""

    def want(text, held=(), gone=(), answer=Answer.LEAVE):
        _, lines = reads(liste_csv=text)
        there = ObservedRegister({"people": tuple(held)}, {})
        return wanted_rows(lines, chosen(mappings.register, []), there, gone, lambda _doubt: answer)

    return want


def values(lines, file="people"):
    return [dict(line.row.values) for _, line in lines[file]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_list_is_read_in_any_encoding_with_any_separator_and_line_end(reads, encoding, separator, ending):
    text = (OWN + LINES).replace(";", separator).replace("\n", ending)
    reading, lines = reads(liste_csv=text.encode(encoding))
    assert (reading.problems, reading.refused) == ([], [])
    first, second = values(lines)
    assert (first["last_name"], first["first_name"], first["phone"]) == (
        "Inventée",
        "Zoë",
        "+33 (0)6 00 00 00 02",
    )
    assert (first["member_since"], second["member_since"]) == (date(2025, 2, 1), date(2025, 12, 1))
    assert second["last_name"] == "D’Exemple"


@pytest.mark.parametrize("text", ["Élodie à Orléans", "naïve", "où"])
def test_text_that_was_encoded_twice_is_read(text):
    assert decoded(text.encode().decode("cp1252").encode()) == (text, "utf-8 (deux fois)")
    assert decoded(text.encode()) == (text, "utf-8")


def test_what_is_left_is_said_with_its_reason(reads):
    text = (
        "Liste au 1er mars\n\n;;;\nPrénom;Nom;;Ville\nZoé;Inventée;x;Nulle-Part\n;;;\n"
        "Prénom;Nom;;Ville\nTotal : 1;;;\n\nFait le 2 mars;;;\n"
    )
    reading, lines = reads(liste_csv=text)
    assert reading.problems == []
    assert len(values(lines)) == 1
    reasons = [(left.place.line, left.why) for left in reading.left]
    assert (1, "avant les titres") in reasons
    assert {line: why for line, why in reasons if line > 5} == {
        7: "les titres, répétés",
        8: "ligne de total",
        10: "une seule cellule, après une ligne vide",
    }
    assert any("sans titre" in why for _, why in reasons)
    assert any("adresse postale" in why for _, why in reasons)
    assert all(isinstance(left, Left) for left in reading.left)


@pytest.mark.parametrize(
    "headings",
    [
        "Référence;Prénom;Nom",
        "REFERENCE;PRENOM;NOM",
        "reference ;Prénom : ; nom",
        "Code;First name;Last name",
    ],
)
def test_headings_are_known_in_any_case_with_or_without_accents(reads, headings):
    _, lines = reads(liste_csv=f"{headings}\nP-0000-0001;Zoé;Inventée\n")
    assert values(lines) == [{"name": "P-0000-0001", "first_name": "Zoé", "last_name": "Inventée"}]


def test_a_heading_that_is_likely_misspelt_is_proposed_and_not_taken_for_sure(reads):
    reading, _ = reads(liste_csv="Prénom;Nom;Télephonne\nZoé;Inventée;06 00 00 00 01\n")
    [proposal] = reading.proposals
    assert [meaning.sure for meaning in proposal.meanings.values()] == [True, True, False]
    assert proposal.unsure
    assert proposal.meanings[2].columns[0].key == "phone"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2025", date(2025, 12, 31)),
        ("31/12/25", date(2025, 12, 31)),
        ("2025-12-31", date(2025, 12, 31)),
        ("31.12.2025", date(2025, 12, 31)),
        ("31-12-2025", date(2025, 12, 31)),
        ("45992", date(2025, 12, 1)),
        ("45992.0", date(2025, 12, 1)),
        ("1er janvier 2025", date(2025, 1, 1)),
        ("31 déc. 2025", date(2025, 12, 31)),
        ("mercredi 31 décembre 2025", date(2025, 12, 31)),
        ("31-août-25", date(2025, 8, 31)),
        ("2025-12-31 00:00:00", date(2025, 12, 31)),
        ("20251231", date(2025, 12, 31)),
        ("3/4/98", date(1998, 4, 3)),
        ("12/31/2025", None),
        ("31/02/2025", None),
        ("2025", None),
        ("juin 2025", None),
        ("hier", None),
        ("12", None),
        ("99999", None),
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("06 00 00 00 01", "06 00 00 00 01"),
        ("0600000003", "0600000003"),
        ("+33 6 00 00 00 08", "+33 6 00 00 00 08"),
        ("06.00.00.00.01", "06.00.00.00.01"),
        ("600000004", "06 00 00 00 04"),
        ("33600000005", "+33 6 00 00 00 05"),
        ("(+33) 6 00 00 00 09", "(+33) 6 00 00 00 09"),
        ("tél : 06 00 00 00 07", "06 00 00 00 07"),
        ("+32 470 00 00 00", "+32 470 00 00 00"),
    ],
)
def test_a_telephone_is_kept_as_written_or_gets_back_what_a_spreadsheet_took(text, kept):
    assert read_telephone(text) == kept
    assert telephone_key(kept) == telephone_key(read_telephone(kept))


@pytest.mark.parametrize(
    "text",
    ["3,36E+10", "3.36e+10", "inconnu", "06 00", "06 00 00 00 01 / 06 00 00 00 02", "06 00 00 00 01 (soir)"],
)
def test_what_is_no_single_telephone_is_refused(text):
    with pytest.raises(NoAddress):
        read_telephone(text)


@pytest.mark.parametrize(
    "text",
    [
        "pas de mail",
        "a@ex.invalid; b@ex.invalid",
        "mailto:a@ex.invalid",
        "a@ex,invalid",
        "A <a@ex.invalid>",
        "a@ex",
        "a@ex.invalid.",
        "a b@ex.invalid",
    ],
)
def test_what_is_no_single_address_is_refused(text):
    with pytest.raises(NoAddress):
        read_email(text)


@pytest.mark.parametrize(
    ("text", "order", "parts"),
    [
        ("INVENTÉE Zoé", "last first", ("Zoé", "INVENTÉE")),
        ("Zoé INVENTÉE", "last first", ("Zoé", "INVENTÉE")),
        ("Inventée, Zoé", "first last", ("Zoé", "Inventée")),
        ("Zoé Inventée", "first last", ("Zoé", "Inventée")),
        ("Inventée Zoé", "last first", ("Zoé", "Inventée")),
        ("Zoé de La Fiction", "first last", ("Zoé", "de La Fiction")),
        ("Zoé Claire Inventée", "first last", None),
        ("Zoé", "first last", None),
    ],
)
def test_a_name_in_one_cell_is_split_where_that_is_sure(text, order, parts):
    found = split_name(text, [f"{part}_name" for part in order.split()])
    assert found == (parts and {"first_name": parts[0], "last_name": parts[1]})


def test_every_refusal_names_file_line_and_column_and_the_report_comes_back_in(reads, tmp_path):
    reading, lines = reads(liste_csv="Prénom;Nom;E-mail;Tél\nZoé;Inventée;zoe@ex.invalid;\n;B;x;3,36E+10\n")
    assert len(values(lines)) == 1
    assert [(each.place.line, each.place.column) for each in reading.refused] == [(3, 1), (3, 3), (3, 4)]
    [page] = refused_pages([each.layout for each in reading.proposals], reading.refused)
    assert page.lines[0][1:] == ("", "B", "x", "3,36E+10")
    (tmp_path / "liste.csv").unlink()
    mended = csv_page(
        Page("", page.headings, ((page.lines[0][0], "A", "B", "b@ex.invalid", "+33 6 00 00 00 08"),))
    )
    reading, lines = reads(refus_csv=mended)
    assert (reading.problems, reading.refused) == ([], [])
    assert values(lines)[0]["phone"] == "+33 6 00 00 00 08"


def test_a_workbook_is_read_sheet_by_sheet_with_its_days_numbers_and_hidden_sheets(reads):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet("Adhérentes")
        for at, cell in enumerate(["Prénom", "Nom", "Tél", "Demande d'adhésion"]):
            sheet.write(2, at + 1, cell)
        sheet.write_row(3, 1, ["Zoé", "Inventée", 600000001])
        sheet.write_datetime(3, 4, date(2025, 12, 31), book.add_format({"num_format": "dd/mm/yy"}))
        book.add_worksheet("Graphique").write(0, 0, "rien de connu")
        book.add_worksheet("Brouillon").hide()
    reading, lines = reads(liste_xlsx=written.getvalue())
    assert reading.problems == []
    assert values(lines) == [
        {
            "first_name": "Zoé",
            "last_name": "Inventée",
            "phone": "06 00 00 00 01",
            "applied_on": date(2025, 12, 31),
        }
    ]
    assert {left.why for left in reading.left} == {"feuille masquée", "feuille sans titre connu"}


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_workbook_holds_no_formula_and_reads_back_as_it_was(reads, form):
    page = Page(
        "Liste", ("Prénom", "Nom", "Tél"), (("Zoé", "'=Inventée", "+33 6 00 00 00 08"), ("A", "B\nC", ""))
    )
    reading, lines = reads(**{f"liste_{form}": workbook([page], form)})
    assert (reading.problems, reading.refused) == ([], [])
    assert [each["last_name"] for each in values(lines)] == ["'=Inventée", "B C"]
    assert values(lines)[0]["phone"] == "+33 6 00 00 00 08"


def test_the_template_offers_headings_and_brings_nothing_in_unchanged(reads, mappings):
    reading, lines = reads(modele_xlsx=template_workbook(mappings.register, mappings.blueprint))
    assert (reading.problems, reading.refused) == ([], [])
    assert {proposal.table.file for proposal in reading.proposals} >= {"people", "signatures"}
    assert not any(lines.values())


def test_a_file_that_is_no_list_is_refused_with_its_name(reads):
    reading, _ = reads(a_csv=bytes(range(256)), b_xlsx=b"PK\x03\x04rien", c_csv="Bonjour\nmonde\n")
    assert [problem.place.file.rpartition("/")[2] for problem in reading.problems] == [
        "a.csv",
        "b.xlsx",
        "c.csv",
    ]


def test_what_a_list_says_of_signatures_becomes_facts_of_whom_it_is(wants):
    wanted = wants("Prénom;Nom;Règlement signé le\nZoé;Inventée;31/12/2025\nNoa;Inventée;\n")
    code = wanted.rows["people"][0].values["name"]
    assert [dict(row.values) for row in wanted.rows["signatures"]] == [
        {"person": code, "document": "bylaws", "on": date(2025, 12, 31)}
    ]


def person(code, first, last, **more):
    return Row({"name": code, "first_name": first, "last_name": last, "email": None, "phone": None, **more})


HELD = person("P-0000-0001", "Élodie", "Inventée", email="E@ex.invalid", phone="+33 6 00 00 00 01")


def test_somebody_is_recognised_by_name_and_address_and_an_empty_cell_takes_nothing_from_her(wants):
    wanted = wants("Prénom;Nom;E-mail;Tél\nelodie;INVENTEE;;0600000001\n", [HELD])
    [row] = wanted.rows["people"]
    assert dict(row.values) == {
        "name": "P-0000-0001",
        "first_name": "elodie",
        "last_name": "INVENTEE",
        "phone": "0600000001",
    }
    assert wanted.doubts == ()


@pytest.mark.parametrize(
    ("answer", "codes", "left"),
    [(Answer.LEAVE, 0, 1), (Answer.SAME, ["P-0000-0001"], 0), (Answer.APART, 1, 0)],
)
def test_the_same_name_without_an_address_is_for_somebody_to_decide(wants, answer, codes, left):
    wanted = wants("Prénom;Nom\nÉlodie;Inventée\n", [HELD], answer=answer)
    assert [doubt.code for doubt in wanted.doubts] == ["P-0000-0001"]
    found = [row.values["name"] for row in wanted.rows["people"]]
    assert found == codes or (len(found) == codes and "P-0000-0001" not in found)
    assert len(wanted.undecided) == left


def test_somebody_who_was_excluded_does_not_come_back_unseen(wants):
    text = "Référence;Prénom;Nom;E-mail\nP-0000-0009;Autre;Nom;e@ex.invalid\n"
    wanted = wants(text, [HELD], gone=["P-0000-0001"])
    assert [doubt.returns for doubt in wanted.doubts] == [True]
    assert wanted.rows["people"] == ()


def test_two_lines_of_one_household_are_told_apart_and_a_double_is_shown(wants):
    text = (
        "Prénom;Nom;E-mail\nÉlodie;Inventée;f@ex.invalid\n"
        "elodie;INVENTÉE;F@ex.invalid \nPaul;Inventée;f@ex.invalid\n"
    )
    wanted = wants(text)
    assert [row.values["first_name"] for row in wanted.rows["people"]] == ["Élodie", "Paul"]
    assert ["ligne 2" in doubt.sentence for doubt in wanted.doubts] == [True]
    assert len(wanted.shared) == 1
    assert not any("Inventée" in doubt.sentence for doubt in wanted.doubts)
