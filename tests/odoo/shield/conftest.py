"""A CRM of before, with its contacts, meetings and leads, in which the bylaws were then deployed."""

from __future__ import annotations

import io
from contextlib import closing, redirect_stderr, redirect_stdout

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.main import mist
from mist_connector.crm.profiles import Profile, save_profile
from mist_connector.planning.plan import build_plan
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe

from .invented import invented, plant


class Before:
    """The CRM and the numbers of its contacts."""

    def __init__(self, sandbox, database, admin_of):
        self.sandbox, self.database, self.admin_of = sandbox, database, admin_of
        self.people = invented()
        with closing(admin_of(database)) as crm:
            crm_module = crm.call("ir.module.module", "search", domain=[["name", "=", "crm"]])
            crm.call("ir.module.module", "button_immediate_install", ids=crm_module)
            self.contacts, self.city = plant(crm, self.query)

    def query(self, sql):
        return self.sandbox.query(sql, name=self.database)

    def one(self, sql, *values):
        """Ask with some numbers filled in."""
        return self.query(sql.format(*map(int, values)))

    def members(self):
        return [each for each in self.people if each.member]

    def contact(self, each):
        return self.contacts[each.number]

    def deployed(self, mappings):
        blueprint = mappings.blueprint
        desired = compile_blueprint(blueprint)
        with closing(self.admin_of(self.database)) as crm:
            plan = build_plan(desired, observe(crm, desired=desired, depends=blueprint.frame.depends))
            deploy(crm, plan, Manifest("MIST", "0.0", blueprint.frame.depends))
        return self


@pytest.fixture(scope="module")
def before(sandbox, module_database, admin_of, mappings):
    return Before(sandbox, module_database, admin_of).deployed(mappings)


@pytest.fixture(scope="module")
def typed(sandbox, before, tmp_path_factory):
    """A function that types a command of `mist shield`; returns its exit code and everything it says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIST_CONFIG", str(tmp_path_factory.mktemp("config")))
        patch.setenv("MIST_SECRET", sandbox.admin_api_key)
        login = sandbox.admin_login
        save_profile(Profile(url=sandbox.url, database=before.database, login=login, timeout=120))

        def type_(*arguments):
            out, err = io.StringIO(), io.StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                status = mist.main(["shield", *map(str, arguments)], standalone_mode=False)
            return status or 0, out.getvalue(), err.getvalue()

        yield type_


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A function that writes a list of contacts to a file, a line for each, and returns where."""
    folder = tmp_path_factory.mktemp("lists")

    def write(*lines, titles="Contact"):
        path = folder / "liste.csv"
        path.write_text("\n".join([titles, *map(str, lines)]), encoding="utf-8")
        return path

    return write
