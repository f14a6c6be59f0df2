"""What every tier shares: unit tests have no network; the real tiers share one sandbox."""

import os
import re
import secrets
from contextlib import closing
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import settings
from pydantic import SecretStr
from pytest_socket import disable_socket, enable_socket
from xdist.scheduler import LoadScopeScheduling

# Before `cli` is imported, which chooses the language: tests read French, whatever the locale of the
# machine, here and in each command that they start.
os.environ["MIST_LANG"] = "fr"

from mist_connector import sandbox as sandboxes
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.declared_mappings import declared
from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile
from mist_connector.planning.plan import build_plan
from mist_connector.reporting import Silent
from mist_connector.sandbox.chromium import ready
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe

# How long an example takes says more about the machine than about the code.
settings.register_profile("mist", deadline=None)
settings.load_profile("mist")

REAL_TIERS = ("odoo", "browser", "faults")

# No test writes into the keyring of whoever runs it, here or in a command that it starts. It also keeps
# a stand-in that one test file defines, which `keyring` takes for the best, from the others.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


class ByWhatIsShared(LoadScopeScheduling):
    """Processes side by side take whole what shares something dear to make.

    That is a CRM with people in it or a browser, for the real tiers' directories; elsewhere, a file.
    """

    def _split_scope(self, nodeid):
        file = _file(nodeid)
        return str(file.parent if _tier(file) in REAL_TIERS else file)


def pytest_xdist_make_scheduler(config, log):
    return ByWhatIsShared(config, log)


def pytest_collection_modifyitems(items):
    """Mark the real tiers by their directory, so that no file can forget to.

    They come first, since they take long: processes side by side then end together.
    """
    tiers = {item: _tier(_file(item.nodeid)) for item in items}
    for item, tier in tiers.items():
        if tier in REAL_TIERS:
            item.add_marker(getattr(pytest.mark, tier))
    items.sort(key=lambda item: tiers[item] not in REAL_TIERS)


def pytest_terminal_summary(terminalreporter):
    """Print the figures that tests measured (`record_property("told", …)`)."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in getattr(report, "user_properties", ()):
            if name == "told" and report.when == "call":
                terminalreporter.write_line(value)


def _file(nodeid):
    return PurePosixPath(nodeid.partition("::")[0])


def _tier(file):
    """Return the directory of `tests` that a file is in."""
    return file.parts[1]


@pytest.fixture(autouse=True)
def _network_only_where_it_is_real(request):
    """Close the network to every test that is not of a real tier."""
    if any(request.node.get_closest_marker(tier) for tier in REAL_TIERS):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(scope="session")
def sandbox():
    """A running sandbox of this test session's own, gone afterwards: server, databases and mails."""
    _remove_what_killed_sessions_left()
    name = f"test{os.getpid()}"
    running = sandboxes.up(name, Silent())
    yield running
    sandboxes.remove(name, Silent())


@pytest.fixture
def clock(sandbox):
    """A function that moves the sandbox's clock, as `mist sandbox clock` takes it; put right afterwards."""
    yield lambda move: sandboxes.move_clock(sandbox.name, move, Silent())
    sandboxes.move_clock(sandbox.name, "real", Silent())


@pytest.fixture
def database(sandbox, request):
    """The name of a fresh database of this test's own; log in with what `sandbox` says."""
    name = sandbox.clone(_suffix(request))
    yield name
    sandbox.drop(name)


@pytest.fixture(scope="module")
def module_database(sandbox, request):
    """The name of a fresh database that the tests of one module share."""
    name = sandbox.clone(_suffix(request))
    yield name
    sandbox.drop(name)


@pytest.fixture(scope="session")
def mappings():
    """MIST's own mappings, read once."""
    return declared()


@pytest.fixture(scope="session")
def admin_of(sandbox):
    """A function from a database's name to a connection as its administrator; close what it returns."""

    def connected(database):
        profile = Profile(
            url=sandbox.url, database=database, login=sandbox.admin_login, timeout=60, transport="json2"
        )
        return connect(profile, SecretStr(sandbox.admin_api_key))

    return connected


@pytest.fixture(scope="session")
def deployed(sandbox, mappings, admin_of):
    """A database in which MIST's bylaws are deployed; nobody writes in it, tests take copies."""
    name = sandbox.clone("deployed")
    depends = mappings.blueprint.frame.depends
    desired = compile_blueprint(mappings.blueprint)
    with closing(admin_of(name)) as crm:
        plan = build_plan(desired, observe(crm, desired=desired, depends=depends))
        deploy(crm, plan, Manifest("MIST", "0.0", depends))
    yield name
    sandbox.drop(name)


@pytest.fixture
def deployed_database(sandbox, deployed, request):
    """A fresh copy of a database in which the bylaws are deployed."""
    name = sandbox.clone(_suffix(request), source=deployed)
    yield name
    sandbox.drop(name)


@pytest.fixture(scope="session")
def chromium():
    """The executable of a real Chromium, for Playwright's `executable_path`."""
    return str(ready(Silent()))


def _remove_what_killed_sessions_left():
    for found in sandboxes.status():
        session = re.fullmatch(r"test(\d+)[a-z]*", found.name)
        if session and not Path("/proc", session[1]).exists():
            sandboxes.remove(found.name, Silent())


def _suffix(request):
    """Name a database after its test, short enough and never twice."""
    return re.sub(r"[^a-z0-9]+", "", request.node.name.lower())[:12] + secrets.token_hex(3)
