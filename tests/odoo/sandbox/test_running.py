"""A running sandbox keeps what it promises."""

import json
import smtplib
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from mist_connector import sandbox as sandboxes
from mist_connector.reporting import Silent


def ask(sandbox, database, model, method, *, key=None, **arguments):
    """Call JSON-2 by hand: the sandbox knows nothing of our own transports."""
    request = urllib.request.Request(  # noqa: S310 - the loopback
        f"{sandbox.url}/json/2/{model}/{method}",
        json.dumps(arguments).encode(),
        {
            "Authorization": f"bearer {key or sandbox.admin_api_key}",
            "X-Odoo-Database": database,
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the loopback
        return json.load(answer)


def log_in(sandbox, database, password):
    """Log in over JSON-RPC and return the user's id, or False."""
    call = {"service": "common", "method": "login", "args": [database, "admin", password]}
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": call}).encode()
    request = urllib.request.Request(  # noqa: S310 - the loopback
        f"{sandbox.url}/jsonrpc", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the loopback
        return json.load(answer).get("result", False)


def listening():
    """Return every address and port of this machine that takes TCP connections, as the kernel says."""
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, port = local.split(":")
            if state == "0A":
                yield ("127.0.0.1" if address == "0100007F" else address), int(port, 16)


def test_the_administrator_logs_in_with_the_api_key(sandbox, database):
    assert ask(
        sandbox, database, "res.users", "search_read", domain=[["login", "=", "admin"]], fields=["lang"]
    ) == [{"id": 2, "lang": "fr_FR"}]


def test_the_administrator_logs_in_with_the_password_and_not_with_the_usual_one(sandbox, database):
    assert log_in(sandbox, database, sandbox.admin_password) == 2
    assert log_in(sandbox, database, "admin") is False


def test_a_wrong_key_is_refused(sandbox, database):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        ask(sandbox, database, "res.users", "search_count", key="0" * 40, domain=[])
    refusal.value.close()
    assert refusal.value.code == 401


def test_any_user_gets_an_api_key(sandbox, database):
    ask(sandbox, database, "res.users", "create", vals_list=[{"name": "Zoé Inventée", "login": "zoe"}])
    key = sandbox.api_key("zoe", name=database)
    assert ask(sandbox, database, "res.users", "context_get", key=key)["uid"] != 2


def test_two_clones_know_nothing_of_each_other(sandbox, database):
    other = sandbox.clone("other")
    ask(sandbox, database, "res.partner", "create", vals_list=[{"name": "Seulement ici"}])
    here, there = (
        ask(sandbox, each, "res.partner", "search_count", domain=[["name", "=", "Seulement ici"]])
        for each in (database, other)
    )
    sandbox.drop(other)
    assert (here, there) == (1, 0)


def test_a_copy_of_a_database_in_use_holds_what_was_in_it_and_the_original_goes_on(sandbox, database):
    ask(sandbox, database, "res.partner", "create", vals_list=[{"name": "Avant la copie"}])
    copy = sandbox.clone("copy", source=database)
    found = [
        ask(sandbox, each, "res.partner", "search_count", domain=[["name", "=", "Avant la copie"]])
        for each in (copy, database)
    ]
    sandbox.drop(copy)
    assert found == [1, 1]


def test_a_dropped_clone_is_gone(sandbox):
    name = sandbox.clone("gone")
    sandbox.drop(name)
    assert name not in sandbox.cluster.databases()


def test_a_mail_that_the_crm_sends_lands_in_the_maildir(sandbox, database):
    mail = {"subject": "Convocation inventée", "body_html": "<p>Bonjour</p>", "email_to": "zoe@mist.example"}
    ask(
        sandbox,
        database,
        "mail.mail",
        "send",
        ids=ask(sandbox, database, "mail.mail", "create", vals_list=[mail]),
    )
    delivered = [path.read_text() for path in (sandbox.mail_dir / "new").iterdir()]
    assert any("X-RcptTo: zoe@mist.example" in mail for mail in delivered)


def test_the_mail_sink_delivers_to_nobody(sandbox):
    with smtplib.SMTP("127.0.0.1", sandbox.mail_port) as server:
        refused = server.sendmail("crm@mist.example", ["ailleurs@mist.example"], "Subject: x\n\ny")
    assert refused == {}


def test_everything_listens_on_the_loopback_only(sandbox):
    ports = {sandbox.mail_port, int(sandbox.url.rpartition(":")[2])}
    assert {address for address, port in listening() if port in ports} == {"127.0.0.1"}
    assert {port for _, port in listening()} >= ports
    assert sandbox.query("SHOW listen_addresses") == ""


def test_a_second_up_changes_nothing_and_is_quick(sandbox):
    before = time.monotonic()
    again = sandboxes.up(sandbox.name, Silent())
    assert again == sandbox
    assert time.monotonic() - before < 3


def test_status_tells_that_it_runs_and_shows_no_secret(sandbox):
    seen = next(each for each in sandboxes.status() if each.name == sandbox.name)
    assert seen.running
    assert seen.url == sandbox.url
    assert sandbox.admin_password not in repr((seen, sandbox))
    assert sandbox.admin_api_key not in repr((seen, sandbox))


def test_code_runs_in_the_shell_of_odoo(sandbox, database):
    assert (
        sandbox.shell("print(env['res.lang'].search([]).mapped('code'))", name=database).strip()
        == "['fr_FR']"
    )


def test_its_secrets_are_readable_by_nobody_else(sandbox):
    directory = sandbox.log_file.parent
    assert (directory / "state.json").stat().st_mode & 0o077 == 0
    assert (directory / "odoo.conf").stat().st_mode & 0o077 == 0
    assert directory.stat().st_mode & 0o077 == 0
