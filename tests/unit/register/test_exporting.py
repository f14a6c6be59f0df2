"""What is exported is read back as it was, and is nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import stat
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.cli.declared_mappings import declared
from mist_connector.errors import DeclarationError, MistError
from mist_connector.register.exporting import csv_text
from mist_connector.register.folder import chosen, read_texts, write_files
from mist_connector.register.reading import read_register
from mist_connector.register.rows import Row
from mist_connector.register.values import FORMULA

MAPPINGS = declared()
TABLES = {table.file: table for table in MAPPINGS.register}
codes = st.integers(0, 0xFFFFFFFF).map(lambda number: f"P-{number >> 16:04X}-{number & 0xFFFF:04X}")
texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
    .map(str.strip)
    .filter(lambda text: not text.startswith("\ufeff") and "\ufeff" not in text)
)


def _plain(address):
    return address[0].isalnum() and "'" not in address


names = texts.filter(bool)
dates = st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1))
people = st.lists(
    st.fixed_dictionaries(
        {
            "name": codes,
            "first_name": names,
            "last_name": names,
            "name_of_use": texts.map(lambda text: text or None),
            "applied_on": dates,
            "attested_on": dates,
            "member_since": dates,
            "channel": st.sampled_from([None, "mail", "call", "paper", "none"]),
            "email": st.none() | st.emails(domains=st.just("ex.invalid")).filter(_plain),
            "phone": st.none() | st.sampled_from(["+33 6 00 00 00 08", "06 00 00 00 01", "+32 470 00 00 00"]),
            "language": st.sampled_from([None, "fr", "en"]),
            "speaks_french": st.booleans(),
        }
    ),
    max_size=5,
    unique_by=lambda values: values["name"],
)


@given(people)
def test_an_exported_file_is_read_back_as_it_was(values):
    table, problems = TABLES["people"], []
    written = csv_text(table, [Row(each) for each in values], MAPPINGS.blueprint)
    rows = read_register({"people": ("people.csv", written)}, [table], MAPPINGS.blueprint, problems)
    assert problems == []
    key = lambda row: row.values["name"]  # noqa: E731 - only here
    assert sorted(rows["people"], key=key) == sorted((Row(each) for each in values), key=key)


@given(people)
def test_no_exported_cell_begins_like_a_formula(values):
    written = csv_text(TABLES["people"], [Row(each) for each in values], MAPPINGS.blueprint)
    for line in csv.reader(io.StringIO(written.removeprefix("\ufeff")), delimiter=";"):
        assert not any(cell.startswith(FORMULA) for cell in line)


def test_files_are_for_their_owner_alone_even_where_a_wider_one_was(tmp_path):
    folder = tmp_path / "registre"
    folder.mkdir(mode=0o755)
    (folder / "people.csv").write_text("ancien")
    (folder / "people.csv").chmod(0o644)
    [path] = write_files(folder, {"people.csv": b"nouveau"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "nouveau"
    assert [each.name for each in folder.iterdir()] == ["people.csv"]


def test_the_files_of_direction_are_read_only_when_asked_for_by_name(tmp_path):
    for name in ("people", "accompaniments", "files"):
        (tmp_path / f"{name}.csv").write_text("x")
    (tmp_path / "README.md").write_text("x")
    assert set(read_texts(tmp_path, MAPPINGS.register, [])) == {"people"}
    wanted = ["accompaniments", "files"]
    assert set(read_texts(tmp_path, MAPPINGS.register, wanted)) == set(wanted)
    assert [table.file for table in chosen(MAPPINGS.register, ["files"])] == ["files"]


def test_a_stranger_among_the_files_is_told_with_what_was_meant(tmp_path):
    (tmp_path / "peoples.csv").write_text("x")
    with pytest.raises(DeclarationError, match=r"peoples\.csv:1:1: .*«.people\.csv"):
        read_texts(tmp_path, MAPPINGS.register, [])
    with pytest.raises(MistError, match="signature"):
        chosen(MAPPINGS.register, ["signature"])


def test_a_folder_without_any_file_and_bytes_that_are_no_text_are_told(tmp_path):
    with pytest.raises(MistError, match="Rien à lire"):
        read_texts(tmp_path, MAPPINGS.register, [])
    (tmp_path / "people.csv").write_bytes(bytes(range(256)))
    with pytest.raises(DeclarationError, match=r"people\.csv:1:1: ce n’est pas du texte"):
        read_texts(tmp_path, MAPPINGS.register, [])
