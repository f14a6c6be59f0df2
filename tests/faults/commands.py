"""The commands that write: their words, what is typed before, and what they leave behind."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from mist_connector.cli.declared_mappings import declared
from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import load_profile
from mist_connector.crm.secrets import find_secret

REGISTER = Path(__file__).parents[2] / "examples" / "register"
WRITTEN = ("--written-on", "2026-11-24")
PEOPLE = ("import", str(REGISTER / "people.csv"), *WRITTEN, "--yes")
EVERYTHING = ("import", str(REGISTER), *WRITTEN, "--yes")
PLAN = ("assembly", "plan", "--on", "2031-05-04", "--at", "14:00", "--secret-place", "--yes")
TAG = "Étiquette inventée"


@dataclass(frozen=True)
class Written:
    """A command that writes: its words, what is typed before it, and how many requests it makes at most.

    `requests` are those over JSON-2; `status`: with which it ends where nothing goes wrong, or a rerun does.
    `sends`: its mails stay in the queue of a copy of a database, which no copy works off.
    """

    name: str
    words: tuple[str, ...]
    requests: int
    before: tuple[tuple[str, ...], ...] = ()
    status: frozenset[int] = field(default=frozenset({0}))
    sends: bool = False


ADMIN = ("--profile", "admin")
ERASED = ("privacy", "erase", "P-834F-7267", "--because", "essai", "--yes", *ADMIN)
LEFT_QUEUED = frozenset({1})
COMMANDS = (
    Written("import", EVERYTHING, 45),
    Written("sync", ("sync", "--yes", "--force", "share"), 40, (PEOPLE,)),
    Written("assembly plan", PLAN, 6),
    Written("rotate", ("init", "--rotate"), 8),
    Written("apply", ("apply", *ADMIN, "--yes", "--force", "access-rights"), 18),
    Written("convene", ("assembly", "convene", "--yes"), 50, (EVERYTHING, PLAN), LEFT_QUEUED, sends=True),
    Written(
        "report send",
        ("report", "send", "--document", "assembly_report", "--on", "2026-11-24", "--yes"),
        46,
        (EVERYTHING,),
        LEFT_QUEUED,
        sends=True,
    ),
    Written("shield", ("shield", "apply", "--tag", TAG, "--yes", *ADMIN), 16),
    Written("erase", ERASED, 16, (EVERYTHING,)),
)
BY_NAME = {each.name: each for each in COMMANDS}


def prepare(bench, written, name):
    """Make something to do for a command in a database, over JSON-2 and with nothing that goes wrong."""
    bench.proxy.arm(None)
    with closing(bench.admin_of(name)) as admin:
        if written.name == "apply":
            spoil_a_right(admin)
        if written.name == "shield":
            add_contacts(admin)
    for words in written.before:
        status, said = bench.typed(*words)
        assert status == 0, said
    if written.name.startswith("convene"):  # who votes is Q01, which nobody has answered
        with closing(connect(load_profile(), find_secret(load_profile()))) as crm:
            say_nothing_to_vote(crm)


def say_nothing_to_vote(crm):
    domain = [["x_assembly_id.x_on", "=", "2031-05-04"], ["x_kind", "in", ["election", "resolution"]]]
    items = crm.call("x_mist_item", "search", domain=domain)
    crm.call("x_mist_item", "write", ids=items, vals={"x_kind": "information", "x_office": False})


def spoil_a_name(admin):
    rows = admin.call("ir.model.access", "search", domain=[["model_id.model", "=", "x_mist_step"]], limit=1)
    admin.call("ir.model.access", "write", ids=rows, vals={"name": "nommé à la main"})


def spoil_a_right(admin):
    domain = [["model_id.model", "=", "x_mist_step"], ["perm_read", "=", True]]
    rows = admin.call("ir.model.access", "search", domain=domain, limit=1)
    admin.call("ir.model.access", "write", ids=rows, vals={"perm_read": False})


def add_contacts(admin):
    [tag] = admin.call("res.partner.category", "create", vals_list=[{"name": TAG}])
    contacts = [
        {"name": f"Fictive Exemplaire {word}", "email": f"{word}@example.invalid", "category_id": [[4, tag]]}
        for word in ("une", "deux", "trois")
    ]
    admin.call("res.partner", "create", vals_list=contacts)


_OTHERS = ("res_partner", "res_users", "mail_activity", "mail_message", "mail_mail", "ir_attachment")
_TURNS = "('mist_connector.turn', 'mist_connector.applying')"


def state(bench, name):
    """Return what a database holds, without what differs from run to run: codes, keys, moments."""
    blueprint = declared().blueprint
    tables = [model.technical for model in blueprint.models if model.identity]
    counts = [
        f"SELECT '{table}', count(*), count(DISTINCT x_identity) FROM {table}"  # noqa: S608 - our own names
        for table in tables
    ]
    counts += [
        f"SELECT '{table}', count(*), 0 FROM {table}"  # noqa: S608 - our own names
        for table in _OTHERS
    ]
    counts += [
        "SELECT 'dispatch ' || x_state, count(*), 1 FROM x_mist_dispatch GROUP BY x_state",
        "SELECT coalesce(x_status, ''), count(*), 1 FROM x_mist_person GROUP BY x_status",
        "SELECT 'erased', count(*), 1 FROM x_mist_reading WHERE x_command = 'mist privacy erase'",
        "SELECT 'code left', count(*), 1 FROM ir_act_server WHERE name::text LIKE '%mist : %'",
        f"SELECT 'turn', count(*), 1 FROM ir_config_parameter WHERE key IN {_TURNS}",  # noqa: S608 - ours
    ]
    found = sorted(bench.sandbox.query(" UNION ALL ".join(counts), name=name).splitlines())
    doubled = [row for row in found if row.startswith("x_mist") and len(set(row.split("|")[1:])) > 1]
    assert doubled == []
    # Whatever happened, the account's key lives, and what is deployed is what is declared.
    assert bench.typed("check", "--json")[0] == 0
    return found


def deployed(bench):
    """Tell whether what is deployed is what is declared."""
    return bench.typed("plan", *ADMIN, "--detailed-exitcode")[0] == 0
