"""The office of the report's tests, and mappings in which invented statutes have been copied."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from ..report.conftest import Mailbox, Office, office  # noqa: F401, TID252 - a fixture

STATUTES = {
    "majority: null": "majority: {numerator: 1, denominator: 2, exceeded: true, of: cast}",
    "elections: null": "elections: most_votes",
    "ties: null": "ties: run_off",
    "quorum: null": "quorum: {numerator: 1, denominator: 3, counts: represented}",
    "proxies: null": "proxies: {per_receiver: 2}",
}


@pytest.fixture(scope="module")
def statutes(tmp_path_factory):
    """Mappings in which the association has answered, with invented statutes."""
    folder = tmp_path_factory.mktemp("mappings") / "mappings"
    shutil.copytree(str(files("mist_connector.mappings")), folder)
    replace(folder / "assembly.yaml", STATUTES)
    text = (folder / "decisions.yaml").read_text(encoding="utf-8")
    first, rest = text.split("  - id: Q02", 1)
    answered = "answer: active_members\n    decided_by: une assemblée inventée\n    decided_on: 2026-01-10"
    assert first.count("    answer: null\n") == 1
    (folder / "decisions.yaml").write_text(
        first.replace("    answer: null\n", f"    {answered}\n") + "  - id: Q02" + rest, encoding="utf-8"
    )
    return folder


def replace(file: Path, changes: dict[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(f"    {old}\n") == 1, old
        text = text.replace(f"    {old}\n", f"    {new}\n")
    file.write_text(text, encoding="utf-8")
