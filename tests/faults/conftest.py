"""A CRM behind a proxy that goes wrong, and commands that are typed and judged there."""

from __future__ import annotations

import importlib.metadata
import os
import random
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from mist_connector import sandbox as sandboxes
from mist_connector.crm.profiles import make_profile, save_profile
from mist_connector.errors import MistError
from mist_connector.reporting import Silent
from mist_connector.sandbox import processes
from mist_connector.sandbox.places import default_places
from mist_connector.sandbox.server import Programs

from .commands import prepare
from .proxy import Fault, Proxy

CONNECTOR = "connecteur@mist.example"
GROUPS = ("base.group_user", "base.group_partner_manager", "mist_connector.group_connector")
# `make faults` tries everything (MIST_FAULTS=all), any other run a sample, by a seed that is told.
# MIST_FAULTS=all with MIST_FAULTS_SAMPLE=N: a large sample, spread over all commands, faults and transports.
WHOLE = os.environ.get("MIST_FAULTS") == "all"
# Processes side by side must draw the same sample: they share the name of their run.
SEED = int(os.environ.get("MIST_FAULTS_SEED") or 0) or random.Random(  # noqa: S311 - no secret
    os.environ.get("PYTEST_XDIST_TESTRUNUID") or random.SystemRandom().random()
).randrange(1, 10**9)
SAMPLE = int(os.environ.get("MIST_FAULTS_SAMPLE", "0"))
SILENT_SECONDS = 20.0


@dataclass
class Bench:
    """One CRM, reached through the proxy, by a profile in a folder of its own."""

    sandbox: object
    admin_of: object
    proxy: Proxy
    url: str
    folder: Path
    staffed: str
    made: dict[str, str]
    # Of each source, the copy that its cases take turns with: always one name, so that the CRM has it loaded.
    copies: dict[str, str]
    keys: dict[str, dict[str, str]]

    def prepared(self, written, *preparing) -> str:
        """Return the database in which a command finds something to do, made once; cases take copies."""
        if written.name not in self.made:
            name = self.clone(self.staffed)
            del self.copies[self.staffed]
            with closing(self.admin_of(name)) as admin:
                for prepare_more in preparing:
                    prepare_more(admin)
            prepare(self, written, name)
            self.made[written.name] = name
        return self.made[written.name]

    def clone(self, source: str, transport: str = "json2") -> str:
        """Return a copy of a database, which the profiles lead to from now on, by one transport."""
        used = {*self.copies.values(), *self.made.values()}
        free = (f"fault{number}" for number in count(1) if f"{self.sandbox.name}_fault{number}" not in used)
        suffix = self.copies.get(source, f"_{next(free)}").rpartition("_")[2]
        name = self.copies[source] = self.sandbox.clone(suffix, source=source)
        for login, profile in ((CONNECTOR, "default"), (self.sandbox.admin_login, "admin")):
            file = self.folder / f"{profile}.key"
            file.unlink(missing_ok=True)
            file.touch(mode=0o600)
            file.write_text(self._key(login, source, name))
            made = make_profile(
                name=profile,
                url=self.url,
                database=name,
                login=login,
                timeout=SILENT_SECONDS,
                transport=transport,
            )
            save_profile(made.model_copy(update={"secret_file": str(file)}))
        return name

    def _key(self, login: str, source: str, name: str) -> str:
        """Return the key of an account: a copy knows the keys that its source knew."""
        known = self.keys.get(source, {}).get(login)
        key = known or self.sandbox.api_key(login, name=name)
        self.keys.setdefault(name, {})[login] = key
        return key

    def typed(self, *words: str) -> tuple[int, str]:
        """Type a command; return its exit code and all that it says."""
        [entry] = importlib.metadata.entry_points(group="console_scripts", name="mist")
        group = importlib.import_module(entry.module).mist
        result = CliRunner().invoke(group, list(words), standalone_mode=False)
        if isinstance(result.exception, MistError):
            return 1, f"{result.output}\n{result.exception.what}\n{result.exception.todo}"
        assert result.exception is None, result.exception
        return result.return_value or 0, result.output

    def at_once(self, *commands: tuple[str, ...]) -> list[tuple[int, str]]:
        """Type commands at the same moment, each in a process of its own; return what each came to."""
        self.proxy.arm(None)
        script = Path(sys.executable).with_name("mist")
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        running = [
            subprocess.Popen([script, *words], text=True, **pipes)  # noqa: S603 - our own command
            for words in commands
        ]
        said = [each.communicate(timeout=300)[0] for each in running]
        return [(each.returncode, words) for each, words in zip(running, said, strict=True)]

    def restart(self) -> None:
        """Stop the CRM under whoever asks, and bring it up again."""
        processes.stop(Programs(self.sandbox.name, default_places().sandbox(self.sandbox.name)).odoo_mark)
        sandboxes.up(self.sandbox.name, Silent())

    def killed(self, fault_at: int, *words: str) -> None:
        """Type a command in a process of its own, and kill it at a request."""
        script = Path(sys.executable).with_name("mist")
        running = subprocess.Popen(  # noqa: S603 - our own command
            [script, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.proxy.arm(Fault.KILL, fault_at, killing=lambda: running.send_signal(signal.SIGKILL))
        running.communicate(timeout=120)


@pytest.fixture(scope="session")
def served(sandbox):
    """The proxy before the sandbox's server, and its address."""
    proxy = Proxy(sandbox.url)
    with proxy.serving() as url:
        yield proxy, url


@pytest.fixture
def bench(crm, served, mappings, tmp_path, monkeypatch):
    """A bench with profiles of its own."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    # Pauses before asking again are tried in tests/unit/crm/test_again.py.
    monkeypatch.setattr("mist_connector.work.module.deploy._LOOKS", (0.5, 1.0, 2.0))
    # No copy of a database works off its mail queue.
    monkeypatch.setattr("mist_connector.work.papers.mailing.PATIENCE", 0.6)
    # The files are the same at each command: to read them is half of its time, and nothing of what is tried.
    monkeypatch.setattr("mist_connector.cli.declared_mappings.declare", lambda _sources: mappings)
    found = Bench(**crm, folder=tmp_path, proxy=served[0], url=served[1])
    yield found
    found.proxy.arm(None)
    found.proxy.settled()


@pytest.fixture(scope="session")
def crm(sandbox, admin_of, staffed):
    """What all benches share: a staffed database, those prepared for commands, and the copies of these."""
    made, copies = {}, {}
    yield {
        "sandbox": sandbox,
        "admin_of": admin_of,
        "staffed": staffed,
        "made": made,
        "copies": copies,
        "keys": {},
    }
    for name in (*copies.values(), *made.values()):
        sandbox.drop(name)


@pytest.fixture(scope="session")
def staffed(sandbox, deployed, admin_of):
    """A database with the connector's account and an empty register, which tests copy."""
    name = sandbox.clone("faults", source=deployed)
    with closing(admin_of(name)) as admin:
        ids = []
        for reference in GROUPS:
            module, _, key = reference.partition(".")
            domain = [["module", "=", module], ["name", "=", key]]
            [row] = admin.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
            ids.append(row["res_id"])
        values = {"name": CONNECTOR, "login": CONNECTOR, "group_ids": [[6, 0, ids]]}
        admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    yield name
    sandbox.drop(name)
