"""A deployed CRM with the connector's own account, and the example register as a command would load it."""

from __future__ import annotations

import importlib.metadata
import secrets
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from mist_connector.bylaws.sync_limits import ByHand
from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile, make_profile, save_profile
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import MistError
from mist_connector.register.difference import dangling, plan_import
from mist_connector.register.folder import chosen, read_texts
from mist_connector.register.giving import give_functions
from mist_connector.register.importing import apply_import, bring_in
from mist_connector.register.observing import observe_register
from mist_connector.register.reading import read_register
from mist_connector.register.shifting import shifted
from mist_connector.reporting import Silent
from mist_connector.sandbox.clock import ZONE
from mist_connector.work.people.sync import Sync

FOLDER = Path(__file__).parents[3] / "examples" / "register"
WRITTEN = date(2026, 11, 24)
CONNECTOR, DIRECTION = "connecteur@mist.example", "direction@mist.example"
FUNCTION = "x_mist_function"
GROUPS = ("base.group_user", "base.group_partner_manager", "mist_connector.group_connector")


class Association:
    """One CRM in which the bylaws are deployed, and ways to work in it as each account."""

    def __init__(self, sandbox, database, mappings, admin):
        self.sandbox, self.database, self.mappings, self.admin = sandbox, database, mappings, admin
        self._doors = ExitStack()
        if not admin.call("res.users", "search", domain=[["login", "=", CONNECTOR]]):
            self._add_connector()
        self.connector = self.door(CONNECTOR)

    def close(self):
        self._doors.close()

    def door(self, login):
        """Connect as any account, with a key made behind the CRM's back."""
        profile = Profile(url=self.sandbox.url, database=self.database, login=login, timeout=120)
        crm = connect(profile, SecretStr(self.sandbox.api_key(login, name=self.database)))
        self._doors.callback(crm.close)
        return crm

    def today(self):
        return datetime.now(ZONE).date()

    def load(self, *only, crm=None, source=FOLDER, whole=True, shifting=True):
        """Import files as `mist import` does, functions with the account that installs; return the plan."""
        crm, blueprint = crm or self.connector, self.mappings.blueprint
        plan, codes = self.compared(*only, crm=crm, source=source, shifting=shifting)
        if whole:
            apply_import(crm, plan, blueprint, codes, Silent())
        else:
            bring_in(crm, plan, blueprint, codes, Silent())
        if not only and shifting:
            self.functions(source)
        return plan

    def functions(self, source=FOLDER, *, shifting=True):
        """Give the functions of files with the account that installs."""
        [table], problems = self.tables(["functions"]), []
        if not (Path(source) / table.filename).exists():
            return
        texts = read_texts(Path(source) / table.filename, self.mappings.register, ["functions"])
        rows = read_register(texts, [table], self.mappings.blueprint, problems)
        if shifting:
            rows = shifted(rows, written=WRITTEN, today=self.today())
        assert problems == []
        give_functions(self.admin, table, rows["functions"], self.mappings.blueprint, asking=False)

    def bring(self, source, **how):
        """Import files in one of the ways that there are; return what came of it."""
        plan, codes = self.compared(source=source, shifting=False)
        return bring_in(self.connector, plan, self.mappings.blueprint, codes, Silent(), **how)

    def compared(self, *only, crm=None, source=FOLDER, shifting=True):
        """Return what an import of files would do, and the codes that are there."""
        crm, blueprint = crm or self.connector, self.mappings.blueprint
        tables, problems = [table for table in self.tables(only) if only or not table.given], []
        texts = read_texts(source, self.mappings.register, only)
        rows = read_register(
            {file: text for file, text in texts.items() if file in {table.file for table in tables}},
            tables,
            blueprint,
            problems,
        )
        if shifting:
            rows = shifted(rows, written=WRITTEN, today=self.today())
        held = observe_register(crm, [table for table in tables if table.file in rows], blueprint)
        problems.extend(dangling(rows, held, tables, blueprint))
        assert problems == []
        return plan_import(rows, held, tables), held.codes

    def give(self, person, login, role="staff"):
        """Have somebody of direction note a function from today on; return it."""
        values = {
            "x_person_id": person,
            "x_role": role,
            "x_since": self.today().isoformat(),
            "x_login": login,
        }
        [function] = self.door(DIRECTION).call(FUNCTION, "create", vals_list=[values])
        return function

    def end(self, function, until):
        """Have somebody of direction note the last day of a function, or that it goes on."""
        values = {"x_until": until.isoformat() if until else False}
        self.door(DIRECTION).call(FUNCTION, "write", ids=[function], vals=values)

    def tables(self, only=()):
        return chosen(self.mappings.register, list(only))

    def sync(self, crm=None, by_hand=ByHand.UNDO, names=None):
        names = names or self.mappings.sync.names
        limits = self.mappings.sync.model_copy(update={"groups_by_hand": by_hand, "names": names})
        return Sync(
            crm or self.connector,
            self.mappings.blueprint,
            self.mappings.provisions,
            limits,
        )

    def plan(self):
        return self.sync().plan(on=self.today())

    def synced(self):
        """Bring everything in line; return the plan that was carried out."""
        plan = self.plan()
        self.sync().apply(plan, Silent())
        return plan

    def versions(self):
        """Return which version of each row the database holds: ours, contacts, accounts, activities."""
        tables = self.sandbox.query(
            "select tablename from pg_tables where tablename like 'x_mist_%' and tablename not like '%_rel' "
            "union select unnest(array['res_partner', 'res_users', 'mail_activity', 'mail_message'])",
            name=self.database,
        ).split()
        each = " union all ".join(
            f"select '{table}', id, xmin::text from {table}"  # noqa: S608 - names of the database's own
            for table in sorted(tables)
        )
        return self.sandbox.query(f"{each} order by 1, 2", name=self.database)

    def ref(self, name):
        module, name = name.split(".")
        domain = [["module", "=", module], ["name", "=", name]]
        [row] = self.admin.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
        return row["res_id"]

    def _add_connector(self):
        values = {
            "name": CONNECTOR,
            "login": CONNECTOR,
            "group_ids": [[6, 0, [self.ref(each) for each in GROUPS]]],
        }
        self.admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})


@pytest.fixture(scope="session")
def association_of(sandbox, mappings, admin_of):
    """A function from a database to the association whose CRM it holds."""
    open_ones = ExitStack()

    def open_(database):
        admin = admin_of(database)
        open_ones.callback(admin.close)
        association = Association(sandbox, database, mappings, admin)
        open_ones.callback(association.close)
        return association

    with open_ones:
        yield open_


@pytest.fixture
def empty(association_of, deployed_database):
    """An association whose register is still empty."""
    return association_of(deployed_database)


@pytest.fixture(scope="session")
def loaded(sandbox, deployed, association_of):
    """A database with the whole example in it, which tests copy and never write to."""
    name = sandbox.clone("loaded", source=deployed)
    association = association_of(name)
    association.load()
    association.synced()
    assert association.plan().empty
    association.load("accompaniments", "files", crm=association.door("direction@mist.example"))
    association.synced()
    yield name
    sandbox.drop(name)


@pytest.fixture
def association(sandbox, loaded, association_of):
    """An association with the whole example in its register, in line with it; each test has its copy."""
    name = sandbox.clone(f"people{secrets.token_hex(4)}", source=loaded)
    yield association_of(name)
    sandbox.drop(name)


@pytest.fixture
def typed(association, tmp_path, monkeypatch):
    """A function that types a command as some account; returns its exit code and all that it says."""
    return _typing(association, tmp_path, monkeypatch)


@pytest.fixture
def typed_in_empty(empty, tmp_path, monkeypatch):
    """The same in an association whose register is still empty, as the connector."""
    type_ = _typing(empty, tmp_path, monkeypatch)
    return lambda *words: type_(CONNECTOR, *words)


@pytest.fixture
def typing_in(tmp_path, monkeypatch):
    """A function from an association to one that types a command in it as some account."""
    return lambda association: _typing(association, tmp_path, monkeypatch)


def _typing(association, tmp_path, monkeypatch):
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    [entry] = importlib.metadata.entry_points(group="console_scripts", name="mist")
    group = importlib.import_module(entry.module).mist

    def type_(login, *words, answer=None):
        key = SecretStr(association.sandbox.api_key(login, name=association.database))
        monkeypatch.setenv("MIST_SECRET", key.get_secret_value())
        save_profile(make_profile(url=association.sandbox.url, database=association.database, login=login))
        result = CliRunner().invoke(group, [str(word) for word in words], input=answer, standalone_mode=False)
        if isinstance(result.exception, MistError):
            raise result.exception
        assert result.exception is None, result.exception
        return result.return_value or 0, result.output

    return type_


class Recording:
    """A connection that remembers what was asked, and may be cut off after so many writes."""

    WRITING = frozenset({"create", "write", "unlink", "load", "run"})
    # Server actions that answer and write nothing: that they do not is shown on the rows themselves.
    ASKING = ("same_addresses", "read_together")

    def __init__(self, crm, allowed=None):
        self._crm, self._allowed = crm, allowed
        self.writes, self.asked = [], []
        self.requests_made = 0

    def __getattr__(self, name):
        return getattr(self._crm, name)

    def call(self, model, method, /, **arguments):
        if method in self.WRITING and not self._asks(method, arguments):
            if self._allowed is not None and len(self.writes) >= self._allowed:
                raise CutOffError
            self.writes.append((model, method))
        self.requests_made += 1
        self.asked.append((model, method, arguments))
        return self._crm.call(model, method, **arguments)

    def _asks(self, method, arguments):
        """Tell whether a server action is run that only answers."""
        if method != "run":
            return False
        if arguments.get("context", {}).get("mist_try"):
            return True
        [action] = arguments["ids"]
        numbers = [find_server_action(self._crm, "x_mist_person", key) for key in self.ASKING]
        return action in numbers


class CutOffError(Exception):
    """The process was stopped here."""


@pytest.fixture
def recording():
    return Recording


@pytest.fixture
def interrupted():
    """A function that does some work over and over, cut off each time after one write, until nothing is left.

    Each run begins where another was cut, so that the work is cut at every place; returns how often it was.
    """

    def interrupt(crm, work):
        for cuts in range(200):
            try:
                work(Recording(crm, 1))
            except CutOffError:
                continue
            return cuts
        raise AssertionError("it never ends")

    return interrupt
