"""Staff edit in the browser what a command is writing: nothing is lost, nothing doubles, what is said holds.

At one of a command's requests, the proxy lets somebody of the staff save the same records by a session of the
web client: before the CRM hears of the request, or at the same moment. Then, and after one rerun, everything
must be as where she was first and the command came after her.
"""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from mist_connector.blueprint.compile_identity import ALREADY
from mist_connector.crm.profiles import load_profile
from mist_connector.proof.doors import Web

from .commands import ADMIN, BY_NAME, EVERYTHING, PEOPLE, PLAN, Written, state
from .conftest import SEED, WHOLE
from .test_pairs import FOREIGN

STAFF, PASSWORD = "equipe.4@mist.example", "invente-pour-un-essai-2026"  # her agreement is in force
REGISTER = Path(EVERYTHING[1])
FUNCTIONS = ("import", str(REGISTER), "--only", "functions", "--yes", *ADMIN)
SYNC = BY_NAME["sync"].words
WORKING = (PEOPLE, FUNCTIONS, SYNC)  # from here on the staff have accounts
LISTED, OTHER, MEMBER = "P-ECC5-C8F8", "P-9E64-196B", "P-0393-2E7C"
PHONE, LIST_PHONE, SIGNED_ON = "+33199000001", "+33199000002", "2026-11-20"
SIGNED = {"x_document": "bylaws", "x_version": "2", "x_on": SIGNED_ON, "x_values": True, "x_commitment": True}
LISTS = {
    "people.csv": f"Référence;Prénom;Nom;Téléphone sûr\n{LISTED};Exemple;Aubépine;{LIST_PHONE}\n",
    "signatures.csv": "Personne;Document;Version;Signé le;Valeurs reconnues;Engagement coché\n"
    f"{MEMBER};Règlement intérieur;2;{SIGNED_ON};oui;oui\n",
}


class Staff:
    """Somebody of the staff, in a session of the web client."""

    def __init__(self, bench, database):
        profile = load_profile().model_copy(update={"url": bench.sandbox.url, "database": database})
        self.web, self.refused = Web(profile), []
        self.web.log_in(STAFF, SecretStr(PASSWORD))
        assert self.web.open

    def save(self, model, values, ids=()):
        """Save a form, a new one or that of a record; a refusal is kept."""
        said = self.web.call(model, "web_save", list(ids), values, specification={})
        if "error" in json.loads(said):
            self.refused.append(said)

    def found(self, model, *domain):
        """Return the ids of records that she finds, which she may read."""
        return json.loads(self.web.call(model, "search", list(domain)))["result"]

    def edit(self):
        """Enter what the list brings in as well, and change people whom the command writes about."""
        [listed], [other], [member] = (
            self.found("x_mist_person", ["x_name", "=", code]) for code in (LISTED, OTHER, MEMBER)
        )
        self.save("x_mist_signature", {"x_person_id": member, **SIGNED})
        self.save("x_mist_person", {"x_phone": PHONE}, [listed])
        self.save("x_mist_person", {"x_language": "en"}, [listed])
        self.save("x_mist_person", {"x_phone": PHONE}, [other])
        for assembly in self.found("x_mist_assembly", ["x_on", "=", "2031-05-04"]):
            self.save("x_mist_invitee", {"x_assembly_id": assembly, "x_person_id": member})


def lists(folder):
    for name, content in LISTS.items():
        (folder / name).write_text(content, encoding="utf-8")
    return ("import", str(folder), "--yes")


COMMANDS = (
    Written("import meanwhile", (), 20, (*WORKING, EVERYTHING)),
    Written("sync meanwhile", SYNC, 30, (*WORKING, EVERYTHING)),
    Written(
        "convene meanwhile", BY_NAME["convene"].words, 40, (*WORKING, EVERYTHING, PLAN), frozenset({0, 1})
    ),
)


def some():
    """Return the cases of this run: command, request, when she saves."""
    drawn = random.Random(SEED)  # noqa: S311 - no secret
    every = [
        (each, at, when)
        for each in COMMANDS
        for at in range(1, each.requests + 1)
        for when in ("before", "beside")
    ]
    return every if WHOLE else drawn.sample(every, 1)


@pytest.fixture(scope="session")
def right():
    """Return what each command leaves where staff were first, and after how many requests."""
    return {}


@pytest.mark.parametrize(
    "case",
    [pytest.param(each, id=f"{each[0].name}-{each[1]}-{each[2]}") for each in some()],
)
def test_staff_edit_the_same_records_meanwhile(case, bench, right, tmp_path_factory):
    written, at, when = case
    print(f"MIST_FAULTS_SEED={SEED}")  # noqa: T201 - shown on failure
    words = written.words or lists(tmp_path_factory.mktemp("lists"))
    source = bench.prepared(written)
    give_a_password(bench, source)
    if written.name not in right:
        name = bench.clone(source)
        staff = Staff(bench, name)
        staff.edit()
        assert staff.refused == []
        bench.proxy.arm(None)
        _twice(bench, written, words)
        count = bench.proxy.count  # of two runs, before the look at what they left
        right[written.name] = (what_stands(bench, name), count)
    stands, count = right[written.name]
    if WHOLE and at > count // 2:
        pytest.skip(f"{count // 2} requests")
    at = 1 + (at - 1) % (count // 2)
    name = bench.clone(source)
    staff = Staff(bench, name)
    bench.proxy.arm(None, at, meanwhile=staff.edit, beside=when == "beside")
    status, said = bench.typed(*words)
    bench.proxy.settled()
    assert bench.proxy.count >= at
    assert status in written.status, said
    assert not any(word in said for word in FOREIGN), said
    # Whoever came second was told that it is there already, by our own sentence.
    assert all(ALREADY in each for each in staff.refused), staff.refused
    bench.proxy.arm(None)
    _twice(bench, written, words)
    assert what_stands(bench, name) == stands


def _twice(bench, written, words):
    for _ in range(2):
        status, said = bench.typed(*words)
        assert status in written.status, said


def give_a_password(bench, source):
    """Let the staff log in by the web; once for each database that cases copy."""
    with closing(bench.admin_of(source)) as admin:
        ids = admin.call("res.users", "search", domain=[["login", "=", STAFF]])
        assert len(ids) == 1
        admin.call("res.users", "write", ids=ids, vals={"password": PASSWORD})


def what_stands(bench, name):
    """Return what a database holds, and what staff and list wrote of the people whom both wrote about."""
    codes = f"{LISTED}', '{OTHER}', '{MEMBER}"
    people = (
        "SELECT x_name, x_phone, x_language, x_status FROM x_mist_person "  # noqa: S608 - our own codes
        f"WHERE x_name IN ('{codes}') ORDER BY x_name"
    )
    signed = f"SELECT count(*) FROM x_mist_signature WHERE x_on = '{SIGNED_ON}'"  # noqa: S608 - our own day
    query = bench.sandbox.query
    return state(bench, name), query(people, name=name), query(signed, name=name)
