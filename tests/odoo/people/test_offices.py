"""What an office opens, by the clock of a real CRM: reports of danger (C10), and what Q26 may settle."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, time, timedelta

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.reading import Source
from mist_connector.errors import AccessRefused
from mist_connector.planning.plan import build_plan
from mist_connector.sandbox.clock import ZONE
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe

ALERT, PERSON, MANDATE, VOTE = "x_mist_alert", "x_mist_person", "x_mist_mandate", "x_mist_vote"
FUNCTION, AGREEMENT, FILE = "x_mist_function", "x_mist_agreement", "x_mist_file"
OFFICES = ("president", "roots")
DECISIONS = "decisions.yaml"
STAFF = "equipe.1@mist.example"


@pytest.fixture(scope="module")
def settled():
    """The mappings as they are once the association has settled Q26."""
    sources = load_sources(None)
    text = sources[DECISIONS].text
    at = text.index("- id: Q26")
    answer = "answer: direction_and_staff\n"
    decided = f"{answer}    decided_by: conseil\n    decided_on: 2026-06-01\n"
    text = text[:at] + text[at:].replace(answer, decided, 1)
    sources[DECISIONS] = Source(sources[DECISIONS].name, text)
    return declare(sources)


@pytest.fixture(scope="module")
def here(sandbox, loaded, association_of, admin_of, settled):
    """A copy of the example in which Q26 is settled."""
    name = sandbox.clone("offices", source=loaded)
    desired, depends = compile_blueprint(settled.blueprint), settled.blueprint.frame.depends
    with closing(admin_of(name)) as crm:
        deploy(
            crm,
            build_plan(desired, observe(crm, desired=desired, depends=depends)),
            Manifest("MIST", "0.0", depends),
        )
    yield association_of(name)
    sandbox.drop(name)


@pytest.fixture(scope="module")
def last_day(here):
    return here.today() + timedelta(days=7)


def paris(day, hour, minute):
    return datetime.combine(day, time(hour, minute), ZONE).isoformat()


@pytest.fixture(scope="module")
def direction(here):
    return here.door("direction@mist.example")


@pytest.fixture(scope="module")
def elected(here, direction, last_day):
    """By office, the door of somebody whose mandate ends on the last day, and nothing else of hers."""
    return {office: _elected(here, direction, office, last_day) for office in OFFICES}


def _elected(here, direction, office, last_day):
    login, since = f"{office}@mist.invalid", str(here.today() - timedelta(days=30))
    groups = [here.ref("base.group_user"), here.ref("mist_connector.group_office")]
    account = {"name": login, "login": login, "group_ids": [[6, 0, groups]]}
    context = {"no_reset_password": True}
    [user] = here.admin.call("res.users", "create", vals_list=[account], context=context)
    named = {"x_first_name": "Invente", "x_last_name": office}
    [person] = direction.call(PERSON, "create", vals_list=[named])
    long = {"x_person_id": person, "x_since": since, "x_until": str(last_day + timedelta(days=60))}
    function = {"x_role": "office", "x_login": login, "x_user_id": user}
    direction.call(FUNCTION, "create", vals_list=[long | function])
    direction.call(AGREEMENT, "create", vals_list=[long])
    # Behind the guards, where no assembly elected her; the CRM then reckons the two moments itself.
    columns = "x_name, x_person_id, x_office, x_since, x_until, x_association_id, create_date"
    values = f"'M-0000-{user:04}', {person}, '{office}', '{since}', '{last_day}', a.id, now()"
    sql = f"INSERT INTO {MANDATE} ({columns}) SELECT {values} FROM x_mist_association a RETURNING id"  # noqa: S608
    number = int(here.sandbox.query(sql, name=here.database).split()[0])
    here.sandbox.shell(
        f"one = env['{MANDATE}'].browse({number})\n"
        "for name in ('x_ends', 'x_opens', 'x_closes'):\n    env.add_to_compute(one._fields[name], one)\n"
        "one.flush_recordset()\nenv.cr.commit()",
        name=here.database,
    )
    return here.door(login)


@pytest.fixture(scope="module")
def reported(here, elected):  # noqa: ARG001 - whoever is told must hold her office before
    """Two reports of danger, made by a member of staff: one about the association, one about direction."""
    staff = here.door(STAFF)
    [function] = here.door("direction@mist.example").call(
        FUNCTION, "search", domain=[["x_login", "=", STAFF]]
    )
    rows = [
        {"x_on": str(here.today()), "x_concerns": concerns, "x_function_id": function}
        for concerns in ("association", "direction")
    ]
    return dict(zip(("association", "direction"), staff.call(ALERT, "create", vals_list=rows), strict=True))


def sees(crm, model):
    """Return the numbers that an account finds; none where it has no right at all."""
    try:
        return set(crm.call(model, "search", domain=[]))
    except AccessRefused:
        return set()


def test_a_report_comes_to_its_recipient_and_to_nobody_else(here, reported, direction, elected):
    assert sees(direction, ALERT) == {reported["association"]}
    assert sees(elected["president"], ALERT) == {reported["direction"]}
    assert sees(here.door(STAFF), ALERT) == set(reported.values())
    for crm in (elected["roots"], here.door("equipe.4@mist.example"), here.connector, here.admin):
        assert sees(crm, ALERT) == set()
    with pytest.raises(AccessRefused):
        direction.call(ALERT, "read", ids=[reported["direction"]], fields=["x_on"])
    with pytest.raises(AccessRefused):
        elected["president"].call(
            ALERT, "write", ids=[reported["direction"]], vals={"x_heard_on": "2026-01-01"}
        )


def test_whoever_reads_a_report_is_told_in_its_own_write_and_no_more_once_she_heard_it(
    here, reported, direction, elected
):
    staff, recipients = here.door(STAFF), {"association": direction, "direction": elected["president"]}
    for about, crm in recipients.items():
        [row] = staff.call(ALERT, "read", ids=[reported[about]], fields=["x_name"])
        assert notices(crm) == [f"MIST : à lire ({row['x_name']})"]
    assert not any(map(notices, (elected["roots"], staff, here.door("equipe.4@mist.example"))))
    with pytest.raises(AccessRefused):
        hear(here, staff, reported.values())
    for about, crm in recipients.items():
        hear(here, crm, [number for other, number in reported.items() if other != about])
        assert len(notices(crm)) == 1
        hear(here, crm, reported.values())
        assert notices(crm) == []
        [row] = crm.call(ALERT, "read", ids=[reported[about]], fields=["x_heard_on"])
        assert row["x_heard_on"] == str(here.today())


def hear(here, crm, reports):
    action = [here.ref("mist_connector.action_heard_today")]
    crm.call("ir.actions.server", "run", ids=action, context={"active_ids": [*reports]})


def notices(crm):
    rows = crm.call(
        "mail.activity", "search_read", domain=[["summary", "=like", "MIST : à lire%"]], fields=["summary"]
    )
    return [row["summary"] for row in rows]


def test_what_is_missing_for_a_status_is_told_to_who_may_note_it_and_to_no_office(elected):
    for office in OFFICES:
        seen = elected[office].call(PERSON, "search_read", domain=[], fields=["x_status", "x_missing"])
        assert seen
        assert not any(row["x_missing"] for row in seen), office


def test_a_mandate_opens_what_q26_settled_until_midnight_and_nothing_afterwards(
    clock, elected, reported, last_day
):
    looked = {"president": (PERSON, MANDATE, ALERT), "roots": (PERSON, VOTE)}
    clock(paris(last_day, 23, 58))
    before = {(office, model): sees(elected[office], model) for office in OFFICES for model in looked[office]}
    files = {office: sees(elected[office], FILE) for office in OFFICES}
    clock(paris(last_day + timedelta(days=1), 0, 1))
    after = {key: sees(elected[key[0]], key[1]) for key in before}
    clock("real")
    assert files == {office: set() for office in OFFICES}
    assert {key for key, found in before.items() if not found} == set()
    assert {key for key, found in after.items() if found} == set()
    assert before["president", ALERT] == {reported["direction"]}


def test_cover_during_leave_ends_at_midnight(clock, here, direction, last_day):
    domain = [["x_login", "=", "equipe.4@mist.example"]]
    [function] = direction.call(FUNCTION, "search", domain=domain)
    [file, *_] = direction.call(FILE, "search_read", domain=[], fields=["x_person_id"], order="id")
    cover = {
        "x_person_id": file["x_person_id"][0],
        "x_function_id": function,
        "x_since": str(here.today()),
        "x_until": str(last_day),
        "x_cover": True,
    }
    crm = here.door("equipe.4@mist.example")
    held = sees(crm, FILE)
    direction.call("x_mist_accompaniment", "create", vals_list=[cover])
    clock(paris(last_day, 23, 58))
    before = sees(crm, FILE)
    clock(paris(last_day + timedelta(days=1), 0, 1))
    after = sees(crm, FILE)
    clock("real")
    assert file["id"] in before
    assert after == held - {file["id"]}
