"""A list with headings of its own, typed in as an association would: asked, tried, in, mended, in again."""

from __future__ import annotations

import json

import pytest

from mist_connector.errors import DeclarationError, MistError

from .conftest import CONNECTOR

LIST = (
    "Membres au 1er mars;;;;;\n"
    "N°;NOM;Prénom;E-mail;Télephonne;Règlement signé le;Adhésion;Observations\n"
    "1;Inventée;Zoë;zoe@ex.invalid;600000001;31/12/2024;01/01/2025;à rappeler\n"
    "2;Inventée;Noa;noa@ex.invalid;+33 6 00 00 00 02;;01/01/2025;\n"
    "3;Inventée;Lou;pas de mail;;;;\n"
    "Total;3;;;;;;\n"
)
PEOPLE = "select x_first_name, x_phone, x_member_since from x_mist_person where x_last_name = 'Inventée'"


@pytest.fixture
def listed(association, typed, tmp_path):
    """A function that imports the list; `told` is what the CRM holds of these people."""
    file = tmp_path / "membres.csv"
    file.write_bytes(LIST.encode("cp1252"))

    def run(*words, answer=None):
        return typed(CONNECTOR, "import", file, *words, answer=answer)

    run.told = lambda: association.sandbox.query(PEOPLE, name=association.database).split("\n")
    run.file = file
    return run


def test_a_list_is_asked_about_tried_brought_in_and_mended(listed, typed, tmp_path):
    before = listed.told()
    with pytest.raises(DeclarationError, match="5:4: ce n’est pas une adresse"):
        listed("--yes")
    status, said = listed("--dry-run", "--partly")
    assert (status, listed.told()) == (2, before)
    assert "M10" in said
    report = tmp_path / "refus.xlsx"
    status, said = listed("--partly", "--report", report, answer="y\ny\n")
    assert status == 2
    assert "un fait : signatures" in said
    assert "Téléphone sûr ?" in said
    assert "Inventée" in said  # the five lines, on the screen of whoever has the list and is asked
    added = sorted(set(listed.told()) - set(before))
    assert added == ["Noa|+33 6 00 00 00 02|", "Zoë|06 00 00 00 01|2025-01-01"]
    assert report.stat().st_mode & 0o077 == 0
    # The same list again: the columns are not asked about any more, nobody is made twice, no name is said.
    status, said = listed("--partly", "--yes")
    assert listed.told().count("Zoë|06 00 00 00 01|2025-01-01") == 1
    assert "Inventée" not in said
    assert "Zoë" not in said
    _, said = typed(CONNECTOR, "import", report, "--yes", "--without-addresses", "--json")
    assert json.loads(said[said.index("{") :])["tables"]["people"]["create"] == 1
    assert "Lou||" in listed.told()


def test_who_may_be_there_already_is_asked_about_by_code_and_waits_where_nobody_can_be(
    association, typed, tmp_path
):
    [gone] = association.connector.call(
        "x_mist_person",
        "search_read",
        domain=[["x_status", "=", "excluded"]],
        fields=["x_name", "x_first_name", "x_last_name"],
        limit=1,
    )
    again = tmp_path / "encore.csv"
    again.write_text(f"Prénom;Nom\n{gone['x_first_name']};{gone['x_last_name']}\n", encoding="utf-8")
    status, said = typed(CONNECTOR, "import", again, "--yes")
    assert status == 2
    assert f"probablement {gone['x_name']} (partie ou exclue)" in said
    assert gone["x_last_name"] not in said
    before = association.connector.call("x_mist_person", "search_count", domain=[])
    typed(CONNECTOR, "import", again, answer="m\n")
    assert association.connector.call("x_mist_person", "search_count", domain=[]) == before
    typed(CONNECTOR, "import", again, answer="a\ny\n")
    assert association.connector.call("x_mist_person", "search_count", domain=[]) == before + 1


def test_an_export_never_writes_over_files_unasked_and_leaves_none_on_a_full_disk(
    typed, tmp_path, monkeypatch
):
    folder = tmp_path / "sortie"
    typed(CONNECTOR, "export", folder, "--format", "ods")
    [file] = folder.iterdir()
    kept = file.read_bytes()
    with pytest.raises(MistError, match="Rien n'a été écrit"):
        typed(CONNECTOR, "export", folder, "--format", "ods", answer="n\n")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mist_connector.register.folder.write_private", full)
    with pytest.raises(MistError, match="le disque est plein") as refused:
        typed(CONNECTOR, "export", folder, "--format", "ods", "--yes")
    assert "ce qui y était avant y est encore" in refused.value.todo
    assert [each.read_bytes() for each in folder.iterdir()] == [kept]
    status, said = typed(CONNECTOR, "import", folder, "--yes")
    assert (status, "tout est déjà là" in said) == (0, True)
