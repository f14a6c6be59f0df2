"""Every command over every transport, on one CRM: the oldest one carries least, and people have it too."""

from __future__ import annotations

import importlib.metadata
import json
import re
import secrets
import shutil
from importlib.resources import files

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from mist_connector.crm.profiles import make_profile, save_profile
from mist_connector.errors import MappingsDiffer

from .conftest import CONNECTOR

DIRECTION, ADMINISTRATOR = "direction@mist.example", "admin"
TRANSPORTS = ("json2", "jsonrpc", "xmlrpc")
READING = [
    ("sync", "--dry-run"),
    ("check",),
    ("agenda", "--days", "30"),
    ("explain", "CODE"),
    ("simulate", "--set", "mandate.months=1"),
    ("access", "who", "CODE"),
    ("access", "what", "equipe.1@mist.example"),
    ("access", "letter", "CODE", "--out", "OUT/letter.html"),
    ("assembly", "status"),
    ("report", "list"),
    ("report", "render", "--document", "assembly_report", "--out", "OUT/report.html"),
    ("export", "OUT/register"),
    ("import", "OUT/register", "--dry-run"),
]
OTHERS = [
    (DIRECTION, ("export", "OUT/files", "--only", "accompaniments,files", "--because", "essai")),
    (DIRECTION, ("import", "OUT/files", "--only", "accompaniments,files", "--dry-run")),
    (DIRECTION, ("privacy", "report", "CODE", "OUT/person.txt", "--because", "essai")),
    (DIRECTION, ("journal",)),
    (ADMINISTRATOR, ("plan",)),
    (ADMINISTRATOR, ("check", "--security")),
    (ADMINISTRATOR, ("privacy", "erase", "CODE", "--because", "essai", "--dry-run")),
    (ADMINISTRATOR, ("shield", "find", "--tag", "Inventée")),
    (ADMINISTRATOR, ("doctor",)),
]


@pytest.fixture(scope="module")
def shared(sandbox, loaded, association_of):
    name = sandbox.clone(f"ways{secrets.token_hex(4)}", source=loaded)
    yield association_of(name)
    sandbox.drop(name)


@pytest.fixture(scope="module", params=TRANSPORTS)
def way(request):
    return request.param


@pytest.fixture
def mist(shared, way, tmp_path, monkeypatch):
    """A function that types a command as some account, over the transport in turn; returns what it says."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    [entry] = importlib.metadata.entry_points(group="console_scripts", name="mist")
    group = importlib.import_module(entry.module).mist
    code = shared.sandbox.query("select min(x_name) from x_mist_person", name=shared.database)

    def run(*words, login=CONNECTOR):
        key = SecretStr(shared.sandbox.api_key(login, name=shared.database))
        monkeypatch.setenv("MIST_SECRET", key.get_secret_value())
        address = {"url": shared.sandbox.url, "database": shared.database}
        save_profile(make_profile(**address, login=login, transport=way))
        typed = [str(word).replace("OUT", str(tmp_path)).replace("CODE", code) for word in words]
        return CliRunner().invoke(group, typed, standalone_mode=False)

    return run


@pytest.fixture
def done(mist):
    """The same, of a command that must succeed; returns what it says."""

    def run(*words, login=CONNECTOR):
        result = mist(*words, login=login)
        assert result.exception is None, (words, result.exception)
        return result.stdout

    return run


def test_commands_that_read_work(mist):
    each = [*((CONNECTOR, words) for words in READING), *OTHERS]
    results = [(words, mist(*words, login=login)) for login, words in each]
    assert [(words, result.exception) for words, result in results if result.exception] == []
    assert [(words, result.output) for words, result in results if result.return_value] == []


def test_by_other_mappings_no_command_acts_unless_it_is_told_to(mist, tmp_path):
    folder = tmp_path / "mappings"
    shutil.copytree(str(files("mist_connector.mappings")), folder)
    sync = folder / "sync.yaml"
    sync.write_text(f"# Un mot de plus.\n{sync.read_text(encoding='utf-8')}", encoding="utf-8")
    assert mist("sync", "--dry-run", "--mappings", folder).exception is None
    hardening = folder / "hardening.yaml"
    text = re.sub(r"key_warning_days: \d+", "key_warning_days: 3", hardening.read_text(encoding="utf-8"))
    hardening.write_text(text, encoding="utf-8")
    refused = mist("sync", "--dry-run", "--mappings", folder)
    assert isinstance(refused.exception, MappingsDiffer)
    assert isinstance(
        mist("shield", "find", "--tag", "x", "--mappings", folder, login=ADMINISTRATOR).exception,
        MappingsDiffer,
    )
    for words in (("simulate", "--set", "board.max=8"), ("--allow-other-mappings", "sync", "--dry-run")):
        assert mist(*words, "--mappings", folder).exception is None
    assert mist("plan", "--mappings", folder, login=ADMINISTRATOR).exception is None


def test_an_apply_puts_right_what_a_hand_changed(done, shared):
    [form] = shared.admin.call("ir.ui.view", "search", domain=[["name", "=", "x_mist_person.form"]], limit=1)
    shared.admin.call("ir.ui.view", "write", ids=[form], vals={"priority": 99})
    told = json.loads(done("apply", "--yes", "--json", login=ADMINISTRATOR))
    assert told["applied"]
    assert json.loads(done("plan", "--json", login=ADMINISTRATOR))["changes"] == []


def test_an_import_and_a_sync_write(done, way, tmp_path):
    number = f"{TRANSPORTS.index(way):04X}"
    lines = f"Référence;Prénom;Nom;Demande d'adhésion le\nP-E7A0-{number};Inventée;{way};2026-01-02\n"
    (tmp_path / "people.csv").write_text(lines, encoding="utf-8")
    assert json.loads(done("import", tmp_path, "--yes", "--json"))["written"]
    assert json.loads(done("import", tmp_path, "--yes", "--json"))["tables"]["people"]["same"] == 1
    done("sync", "--yes")
    left = json.loads(done("sync", "--dry-run", "--json"))
    assert [left[part] for part in ("statuses", "contacts", "accounts")] == [[], [], []]


def test_an_assembly_is_planned(done, way):
    day = ("--on", f"2031-03-0{1 + TRANSPORTS.index(way)}", "--at", "14:00", "--place", "Salle inventée")
    done("assembly", "plan", *day, "--resolution", "Une question ?|A question?", "--yes")
