"""An office with the invented register, `mist` as a person types it, and the mailbox of everybody."""

from __future__ import annotations

import email
import email.policy
import os
import socket
import subprocess
import sysconfig
import time
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from mist_connector.cli.demo_accounts import Accounts
from mist_connector.cli.session import opened
from mist_connector.crm.rights import Purpose
from mist_connector.crm.server_actions import find_server_action

REGISTER = Path(__file__).parents[3] / "examples" / "register"
MIST = Path(sysconfig.get_path("scripts"), "mist")
LEFT = """
    UPDATE x_mist_assembly SET x_state = 'cancelled', x_said_to = 0, x_asked = NULL
     WHERE coalesce(x_state, 'planned') IN ('planned', 'convened', 'open');
    UPDATE x_mist_dispatch SET x_state = 'replaced', x_later = false WHERE x_state IN ('waiting', 'queued');
    DELETE FROM mail_mail WHERE state IN ('outgoing', 'exception');
    DELETE FROM mail_blacklist;
    DELETE FROM ir_mail_server WHERE name = 'moody';
"""
CONCERNED = {"member", "provisional", "active"}


class Office:
    """One CRM with a register; its mail queue runs, which clones' queues do not."""

    def __init__(self, running, environment):
        self.running = running
        self.environment = environment
        self.accounts = Accounts(running)

    def start(self, *words, profile=None):
        """Start `mist` as a process of its own."""
        command = [MIST, *words, "--profile", profile or self.accounts.connector]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        return subprocess.Popen(command, env=self.environment, text=True, **pipes)  # noqa: S603 - our own command

    def mist(self, *words, profile=None, expect=0):
        """Run `mist` and return what it says."""
        process = self.start(*words, profile=profile)
        out, err = process.communicate(timeout=400)
        assert process.returncode == expect, out + err
        return out + err

    def send(self, day, *words, expect=0):
        """Send the report of a day."""
        return self.mist(
            "report", "send", "--document", "assembly_report", "--on", day, *words, expect=expect
        )

    def crm(self, account=None):
        """Connect as an account; without one, as the account that runs."""
        return opened(account or self.accounts.connector, Purpose.ANY if account else Purpose.RUN)

    def as_direction(self, action, model, ids):
        """Push a button of the CRM as somebody of the direction, whose rights are those of her function."""
        self.accounts.add_direction()
        with self.crm(self.accounts.direction) as crm:
            button = find_server_action(crm, model, action)
            chosen = {"active_model": model, "active_ids": ids, "active_id": ids[0]}
            return crm.call("ir.actions.server", "run", ids=[button], context=chosen)

    def concerned(self):
        """Return who must receive the report, by address."""
        with self.crm() as crm:
            fields = [
                "x_name",
                "x_status",
                "x_channel",
                "x_email",
                "x_language",
                "x_last_name",
                "x_first_name",
            ]
            rows = crm.call("x_mist_person", "search_read", domain=[], fields=fields)
        return {
            row["x_email"]: row for row in rows if row["x_status"] in CONCERNED and row["x_channel"] == "mail"
        }

    def states(self, day):
        """Return the states of the dispatches of a day."""
        with self.crm() as crm:
            domain = [["x_document", "=", f"assembly_report {day}"]]
            rows = crm.call("x_mist_dispatch", "search_read", domain=domain, fields=["x_state"])
        return sorted(row["x_state"] for row in rows)


class Mailbox:
    """The mails that came since this mailbox was opened, until it is closed."""

    def __init__(self, folder):
        self.folder = folder / "new"
        self.before = set(self.folder.iterdir())
        self.after = None

    def close(self):
        self.after = set(self.folder.iterdir())

    @property
    def raw(self):
        now = set(self.folder.iterdir()) if self.after is None else self.after
        return [path.read_bytes() for path in sorted(now - self.before)]

    @property
    def mails(self):
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]

    @property
    def recipients(self):
        return sorted(str(mail["X-RcptTo"]) for mail in self.mails)


class Moody(Controller):
    """A mail server that refuses some addresses, for good or for now, and keeps what it takes."""

    def __init__(self):
        self.never, self.later, self.taken, self.contents = set(), set(), [], []
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        super().__init__(self, hostname="127.0.0.1", port=port)

    def leave(self):
        """Stop answering; no error if it has stopped already."""
        if self.loop.is_running():
            self.stop()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if address in self.never:
            return f"550 5.1.1 {address} unknown"
        if address in self.later:
            return f"451 4.7.1 {address} greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.extend(envelope.rcpt_tos)
        self.contents.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture(scope="module")
def office(sandbox, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIST_CONFIG", str(tmp_path_factory.mktemp("config")))
        # Some of these tests go by invented answers, on a CRM to which the delivered mappings are deployed.
        office = Office(sandbox, {**os.environ, "MIST_ALLOW_OTHER_MAPPINGS": "1"})
        office.accounts.add_administrator()
        office.mist("apply", "--yes", profile=office.accounts.administrator)
        # The one CRM whose mail queue runs serves several modules: what another one left is settled first.
        office.running.query(LEFT)
        office.accounts.add_connector()
        office.mist("import", str(REGISTER), "--yes")
        office.mist(
            "import", str(REGISTER), "--only", "functions", "--yes", profile=office.accounts.administrator
        )
        office.mist("sync", "--yes")
        yield office


@pytest.fixture
def mailbox(office):
    return Mailbox(office.running.mail_dir)


@pytest.fixture
def moody(office):
    """Let the CRM send through a mail server that refuses, for one test."""
    server = Moody()
    server.start()
    values = {"name": "moody", "smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_encryption": "none"}
    with office.crm(office.accounts.administrator) as crm:
        ids = crm.call("ir.mail_server", "create", vals_list=[values])
        yield server
        crm.call("ir.mail_server", "unlink", ids=ids)
    server.leave()


@pytest.fixture
def wait_for():
    """A function that waits until a condition holds."""

    def wait(condition, seconds=150):
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until
            time.sleep(0.2)

    return wait
