"""Nothing of a file or an investigation is in what a command of the run account says or leaves."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from mist_connector.blueprint.declaration import FieldType
from mist_connector.bylaws.tiers import Tier
from mist_connector.cli import main as entry
from mist_connector.crm.profiles import make_profile, save_profile
from mist_connector.work.people.sync import Sync

from .conftest import CONNECTOR, FOLDER

CANARY = "CANARI"
FAR = ("--days", "400")
# Each as a person types it, and for a program; what fails, fails on purpose.
COMMANDS = (
    ("check",),
    ("agenda", *FAR),
    ("sync", "--dry-run"),
    ("sync", "--yes"),
    ("access", "who", "{code}"),
    ("access", "what", "equipe.1@mist.example"),
    ("explain", "{code}"),
    ("explain", "P-0000-0000"),
    ("explain", "C04", "--profile", "default"),
    ("access", "letter", "{code}", "--out", "{out}/lettre.pdf"),
    *(
        ("report", "render", "--document", key, "--out", f"{{out}}/{key}.html")
        for key in ("assembly_report", "activity_report", "voices_list", "programme")
    ),
    *(
        ("report", "render", "--document", key, "--out", f"{{out}}/{key}", "--format", "txt")
        for key in ("welcome_letter", "active_card")
    ),
    ("report", "send", "--document", "assembly_report", "--on", "{today}", "--dry-run"),
    ("assembly", "plan", "--on", "{later}", "--at", "14:00", "--dry-run"),
    ("assembly", "plan", "--on", "{later}", "--at", "14:00", "--yes"),
    ("assembly", "status"),
    ("assembly", "convene", "--dry-run", "--paper", "{out}/papier"),
    ("assembly", "carry-out"),
    ("export", "{out}/export"),
    ("export", "{out}/files", "--only", "files"),
    ("export", "{out}/files", "--only", "files", "--because", "essai"),
    ("journal",),
    ("shield", "find"),
    ("privacy", "report", "{code}", "{out}/held.html", "--because", "essai"),
    ("privacy", "erase", "{code}", "--because", "essai", "--dry-run"),
    ("privacy", "review", "--months", "1"),
    ("import", "{register}", "--dry-run"),
    ("import", "{register}", "--only", "accompaniments,files", "--yes"),
    ("simulate", "--set", "mandate.months=12"),
    ("plan", "--out", "{out}/plan.json"),
    ("check", "--security"),
    ("prove", "--quick", "--out", "{out}/proof.json"),
    ("doctor",),
)


@pytest.fixture
def planted(association):
    """A canary in every text of every record that the run account may not read; how many there are."""
    count = 0
    for model in association.mappings.blueprint.models:
        if "connector" not in model.access and model.tier >= Tier.PERSONAL:
            texts = [each.column for each in model.fields if each.type in {FieldType.TEXT, FieldType.NOTE}]
            for column in texts:
                sql = f"UPDATE {model.technical} SET {column} = '{CANARY}-' || id RETURNING id"  # noqa: S608
                count += len(association.sandbox.query(sql, name=association.database).split())
    return count


@pytest.fixture
def typed(association, tmp_path, monkeypatch, capsys):
    """A function that types a command as the run account; returns everything that it showed."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("MIST_SECRET", association.sandbox.api_key(CONNECTOR, name=association.database))
    where = {"url": association.sandbox.url, "database": association.database}
    save_profile(make_profile(login=CONNECTOR, **where))
    code = association.connector.call("x_mist_person", "search_read", domain=[], fields=["x_name"], limit=1)
    today = association.today()
    words = {
        "code": code[0]["x_name"],
        "out": str(tmp_path),
        "register": str(FOLDER),
        "today": today.isoformat(),
        "later": (today + timedelta(days=60)).isoformat(),
    }

    def run(*command):
        monkeypatch.setattr(sys, "argv", ["mist", *(word.format(**words) for word in command)])
        with pytest.raises(SystemExit):
            entry.main()
        shown = capsys.readouterr()
        return shown.out + shown.err

    return run


def left(directory):
    """Return everything that the commands wrote into a directory."""
    files = [path for path in Path(directory).rglob("*") if path.is_file()]
    return " ".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def test_no_command_of_the_run_account_says_or_leaves_a_word_of_a_file(
    association, planted, typed, tmp_path, monkeypatch
):
    assert planted > 10
    direction = association.door("direction@mist.example")
    [one, *_] = direction.call("x_mist_file", "search_read", domain=[], fields=["x_note"])
    assert CANARY in one["x_note"]
    for command in COMMANDS:
        shown = typed("-vv", *command) + typed(*command, "--json")
        assert shown.strip(), command
        assert CANARY not in shown, command

    def crash(*_arguments, **_more):
        raise RuntimeError(str(direction.requests))

    monkeypatch.setattr(Sync, "verdicts", crash)
    crashed = typed("-vv", "check")
    assert "RuntimeError" in crashed
    assert CANARY not in crashed + left(tmp_path)
