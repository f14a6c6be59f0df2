"""The register's files in a real CRM: loaded once, never twice, and refused where the bylaws forbid it."""

from __future__ import annotations

import pytest

from mist_connector.errors import AccessRefused, WriteRefused
from mist_connector.planning.people import ContactAct
from mist_connector.register.exporting import csv_text
from mist_connector.register.folder import read_texts
from mist_connector.register.observing import observe_register
from mist_connector.register.reading import read_register

from .conftest import FOLDER as REGISTER

MANDATES = "Personne;Mandat;Du;Au\n"


def _codes(crm):
    return [row["x_name"] for row in crm.call("x_mist_person", "search_read", domain=[], fields=["x_name"])]


def test_an_import_creates_everything_in_a_few_requests_and_a_second_one_nothing(empty):
    before = empty.connector.requests
    plan = empty.load()
    # Each table is read; all is written in one transaction, by an action that is found first.
    assert empty.connector.requests - before <= len(plan.tables) + 2
    assert sum(len(part.creates) for part in plan.tables) > 150
    before = empty.connector.requests
    assert empty.load().empty
    assert empty.connector.requests - before <= len(plan.tables)
    assert len(_codes(empty.connector)) == 62


def test_what_is_exported_is_what_was_imported(association, tmp_path):
    tables = association.tables()
    held = observe_register(association.connector, tables, association.mappings.blueprint)
    for table in tables:
        text = csv_text(table, held.rows[table.file], association.mappings.blueprint)
        (tmp_path / table.filename).write_text(text, encoding="utf-8")
    again = observe_register(association.connector, tables, association.mappings.blueprint)
    assert again.rows == held.rows
    problems = []
    texts = read_texts(tmp_path, association.mappings.register, [])
    rows = read_register(texts, tables, association.mappings.blueprint, problems)
    assert problems == []
    for table in tables:
        key = lambda row, table=table: tuple(map(str, row.key(table)))  # noqa: E731 - only here
        assert sorted(rows[table.file], key=key) == sorted(held.rows[table.file], key=key)


def test_changed_identities_are_written_together_and_nothing_is_deleted(association, tmp_path):
    crm = association.connector
    people = crm.call("x_mist_person", "search_read", domain=[], fields=["x_name", "x_last_name"], limit=3)
    lines = "".join(f"{each['x_name']};Exemple;Renommée {place}\n" for place, each in enumerate(people))
    (tmp_path / "people.csv").write_text("Référence;Prénom;Nom\n" + lines, encoding="utf-8")
    before = crm.requests
    plan = association.load(source=tmp_path)
    assert len(plan.tables[0].updates) == 3
    assert crm.requests - before <= 4
    rows = crm.call("x_mist_person", "read", ids=[each["id"] for each in people], fields=["x_last_name"])
    assert [row["x_last_name"] for row in rows] == ["Renommée 0", "Renommée 1", "Renommée 2"]
    assert len(_codes(crm)) == 62


def test_a_fact_that_the_bylaws_forbid_is_refused_with_its_sentence_and_nothing_of_its_batch_is_there(
    association, tmp_path
):
    first, second = _codes(association.connector)[:2]
    lines = f"{first};Déléguée;2026-01-01;2026-06-30\n{second};Déléguée;2026-01-01;2026-12-31\n"
    (tmp_path / "mandates.csv").write_text(MANDATES + lines, encoding="utf-8")
    mandates = association.connector.call("x_mist_mandate", "search_count", domain=[])
    with pytest.raises(WriteRefused, match="DEL04"):
        association.load(source=tmp_path)
    assert association.connector.call("x_mist_mandate", "search_count", domain=[]) == mandates


def test_who_replaces_whom_is_imported_whatever_the_order_of_lines_and_exported_again(association, tmp_path):
    crm, blueprint = association.connector, association.mappings.blueprint
    [before] = crm.call(
        "x_mist_mandate",
        "search_read",
        domain=[["x_person_id.x_name", "=", "P-AB44-6BE3"]],
        fields=["x_name"],
    )
    told = "2026-10-10;2026-10-10;2026-10-10;;oui"
    (tmp_path / "mandates.csv").write_text(
        "Référence;Personne;Mandat;Du;Au;Choisie le;Présentée en assemblée le;A dit oui le;Démission le;"
        "Par intérim;Remplace\n"
        f"M-0000-00A2;P-792F-C9F1;Déléguée;2026-10-18;2026-10-19;{told};M-0000-00A1\n"
        f"M-0000-00A1;P-6511-CE69;Déléguée;2026-10-16;2026-10-17;{told};{before['x_name']}\n",
        encoding="utf-8",
    )
    association.load(source=tmp_path)
    assert association.load(source=tmp_path).empty
    [table] = association.tables(["mandates"])
    rows = observe_register(crm, [table], blueprint).rows["mandates"]
    follows = {row.values["name"]: row.values["replaces"] for row in rows if row.values["replaces"]}
    assert follows == {"M-0000-00A2": "M-0000-00A1", "M-0000-00A1": before["x_name"]}
    assert "M-0000-00A2;P-792F-C9F1;Déléguée" in csv_text(table, rows, blueprint)


def test_the_connector_may_not_even_look_at_files(association):
    with pytest.raises(AccessRefused):
        association.load("files")


def test_the_connector_cannot_entrust_anybody_with_an_accompaniment(association, tmp_path):
    person, function = (
        association.connector.call(model, "search_read", domain=[], fields=["x_name"], limit=1)[0]["x_name"]
        for model in ("x_mist_person", "x_mist_function")
    )
    line = f"{person};{function};2026-01-01;\n"
    (tmp_path / "accompaniments.csv").write_text(
        "Personne accompagnée;Accompagnée par;Du;Au\n" + line, encoding="utf-8"
    )
    with pytest.raises(AccessRefused):
        association.load("accompaniments", source=tmp_path)


def test_an_import_by_batches_that_is_cut_off_after_each_ends_in_the_same_state(empty, interrupted):
    # One write for each table that has a file, if a command and not direction writes it;
    # after the last of them nothing is left to cut.
    files = [each for each in empty.tables() if not each.given and (REGISTER / each.filename).exists()]
    assert interrupted(empty.connector, lambda crm: empty.load(crm=crm, whole=False)) == len(files) - 1
    assert empty.load().empty
    # Nobody lacks a contact; the names of those who work here are a sync's to show.
    assert {change.act for change in empty.plan().contacts} <= {ContactAct.NAME}
    contacts = empty.connector.call(
        "res.partner", "search_read", domain=[["name", "=like", "P-____-____"]], fields=["name"]
    )
    assert sorted(row["name"] for row in contacts) == sorted(_codes(empty.connector))


def _exported(association):
    tables, blueprint = association.tables(), association.mappings.blueprint
    rows = observe_register(association.connector, tables, blueprint).rows
    return {table.filename: csv_text(table, rows[table.file], blueprint) for table in tables}


def test_the_whole_register_goes_into_an_empty_one_and_exports_to_the_same_bytes(
    association, empty, tmp_path
):
    [signed, *_] = association.connector.call(
        "x_mist_signature",
        "search_read",
        domain=[["x_document", "=", "bylaws"]],
        fields=["x_person_id", "x_on"],
        order="x_on",
    )
    since = {"x_member_since": signed["x_on"]}
    association.connector.call("x_mist_person", "write", ids=[signed["x_person_id"][0]], vals=since)
    texts = _exported(association)
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    empty.load(source=tmp_path, shifting=False)
    empty.functions(tmp_path, shifting=False)  # by the account that installs, as it must be
    assert _exported(empty) == texts


REFUSED = "Personne;Résultat;Le\nP-E000-0001;Acceptée;2025-01-01\nP-E000-0002;Acceptée;2025-01-02\n"
PEOPLE = (
    "Référence;Prénom;Nom;Membre depuis le\n"
    "P-E000-0001;Inventée;Une;2019-06-01\nP-E000-0002;Inventée;Deux;2019-06-01\n"
)
SIGNED = "Personne;Document;Version;Signé le\nP-E000-0002;Règlement intérieur;1;2019-06-01\n"


def test_what_is_refused_is_named_row_by_row_and_nothing_stays_or_the_rest_does_as_chosen(empty, tmp_path):
    for name, text in (("people", PEOPLE), ("votes", REFUSED), ("signatures", SIGNED)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    trial = empty.bring(tmp_path, undo=True)
    assert [(each.row.place.line, "A07" in each.sentence) for each in trial.refused] == [(2, True), (3, True)]
    whole = empty.bring(tmp_path, whole=True)
    assert [each.sentence for each in whole.refused] == [each.sentence for each in trial.refused]
    assert (trial.kept, whole.kept, _codes(empty.connector)) == (False, False, [])
    rest = empty.bring(tmp_path)
    assert [each.row.place for each in rest.refused] == [each.row.place for each in trial.refused]
    # She became a member without a signature: she is in, that she is one is not, and why is named.
    assert [(each.row.values["name"], "M10" in each.sentence) for each in rest.lacking] == [
        ("P-E000-0001", True)
    ]
    rows = empty.connector.call(
        "x_mist_person", "search_read", domain=[], fields=["x_name", "x_member_since"]
    )
    assert {row["x_name"]: row["x_member_since"] for row in rows} == {
        "P-E000-0001": False,
        "P-E000-0002": "2019-06-01",
    }
    assert empty.connector.call("x_mist_vote", "search_count", domain=[]) == 0
