"""A close that is cut after each of its writes, and begun again, gives each mandate once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mist_connector.assembly.electorate import freeze
from mist_connector.bylaws.text import Text
from mist_connector.cli.declared_mappings import declared
from mist_connector.errors import MistError
from mist_connector.work.assembly.context import AssemblyContext
from mist_connector.work.assembly.steps import rulings_of
from mist_connector.work.assembly.writing import (
    NewItem,
    Place,
    create_assembly,
    invite,
    write_electorate,
    write_rulings,
)

from ..people.conftest import association, association_of, interrupted, loaded  # noqa: F401, TID252 - fixtures

TITLE = Text(fr="Élection", en="Election")


def working(crm, rules, today):
    return AssemblyContext.read(crm, rules, code=None, today=today)


@pytest.fixture
def voted(association, statutes):  # noqa: F811 - the fixture imported above
    """An assembly in which two spokespersons got the votes: the connection, the mappings, the day."""
    crm, rules, today = association.connector, declared(statutes), association.today()
    item = NewItem(TITLE, "election", "spokesperson", secret=True)
    create_assembly(crm, on=today, hour="14:00", place=Place(), items=[item])
    work = working(crm, rules, today)
    invite(crm, work.assembly, work.members, work.ids)
    settings, decisions = rules.assembly, rules.bylaws.decisions
    electorate = freeze(work.assembly.code, work.statuses, settings, decisions, on=today)
    work = work.again()
    write_electorate(crm, work.assembly, electorate)
    crm.call(
        "x_mist_invitee",
        "write",
        ids=[each.id for each in work.assembly.invitees],
        vals={"x_presence": "13:00-"},
    )
    busy = {code for code, facts in work.people.items() if facts.mandates}
    first, second = sorted(electorate.voters - busy)[:2]
    crm.call("x_mist_person", "write", ids=[work.ids[first]], vals={"x_speaks_french": True})
    day, later = today.isoformat(), (today + timedelta(days=700)).isoformat()
    given = [
        {"x_person_id": work.ids[code], "x_since": day, "x_until": later, "x_limits": "full"}
        for code in (first, second)
    ]
    crm.call("x_mist_consent", "create", vals_list=given)
    [item] = work.assembly.items
    votes = len(electorate.voters)
    standing = [
        {"x_item_id": item.id, "x_person_id": work.ids[code], "x_accepted_on": day, "x_votes": votes - 1}
        for code in (first, second)
    ]
    crm.call("x_mist_candidacy", "create", vals_list=standing)
    crm.call("x_mist_item", "write", ids=[item.id], vals={"x_voted_at": "15:00", "x_ballots": votes})
    return crm, rules, today


def test_each_mandate_is_made_once_wherever_the_close_is_cut(voted, interrupted):  # noqa: F811 - as above
    crm, rules, today = voted
    before = crm.call("x_mist_mandate", "search_count", domain=[["x_office", "=", "spokesperson"]])

    def close(connection):
        work = working(connection, rules, today)
        write_rulings(connection, work.assembly, rulings_of(work), work.ids)

    assert interrupted(crm, close) == 2  # before each write but the first
    work = working(crm, rules, today)
    [item] = work.assembly.items
    assert item.state == "elected"
    assert len({each.mandate for each in item.candidacies}) == 2
    after = crm.call("x_mist_mandate", "search_count", domain=[["x_office", "=", "spokesperson"]])
    assert after == before + 2


def test_a_list_that_was_changed_after_the_seal_decides_nothing(voted):
    crm, rules, today = voted
    work = working(crm, rules, today)
    stranger = next(each for each in work.assembly.invitees if not each.entitled)
    crm.call("x_mist_invitee", "write", ids=[stranger.id], vals={"x_entitled": True})
    with pytest.raises(MistError, match="scellée"):
        rulings_of(working(crm, rules, today))


def test_a_tie_is_decided_by_a_second_round_wherever_the_first_close_was_cut(voted, interrupted):  # noqa: F811
    """The one ahead waits for the other; those who tie stand again, once; then both get their mandates."""
    crm, rules, today = voted
    work = working(crm, rules, today)
    [item] = work.assembly.items
    standing = {each.person for each in item.candidacies}
    busy = {code for code, facts in work.people.items() if facts.mandates}
    entitled = sorted(each.person for each in work.assembly.invitees if each.entitled)
    third = next(code for code in entitled if code not in busy | standing)
    day, later = today.isoformat(), (today + timedelta(days=700)).isoformat()
    consent = {"x_person_id": work.ids[third], "x_since": day, "x_until": later, "x_limits": "full"}
    crm.call("x_mist_consent", "create", vals_list=[consent])
    stands = {"x_item_id": item.id, "x_person_id": work.ids[third], "x_accepted_on": day, "x_votes": 3}
    crm.call("x_mist_candidacy", "create", vals_list=[stands])
    speaks = {code for code in standing if work.people[code].speaks_french}
    [ahead, *_] = sorted(speaks)
    ties = {third, *standing - {ahead}}
    low = [each.id for each in item.candidacies if each.person != ahead]
    crm.call("x_mist_candidacy", "write", ids=low, vals={"x_votes": 3})

    def close(connection):
        again = working(connection, rules, today)
        write_rulings(connection, again.assembly, rulings_of(again), again.ids)

    interrupted(crm, close)
    first, second = working(crm, rules, today).assembly.items
    assert (first.state, second.second_round, second.title.fr) == ("run_off", True, "Élection : second tour")
    assert {each.person for each in second.candidacies} == ties
    assert all(each.accepted_on == today for each in second.candidacies)
    assert not any(each.mandate for each in (*first.candidacies, *second.candidacies))
    for each in second.candidacies:
        crm.call(
            "x_mist_candidacy", "write", ids=[each.id], vals={"x_votes": 5 if each.person == third else 2}
        )
    crm.call("x_mist_item", "write", ids=[second.id], vals={"x_voted_at": "16:00", "x_ballots": 7})
    close(crm)
    items = working(crm, rules, today).assembly.items
    given = {each.person for item in items for each in item.candidacies if each.mandate}
    assert given == {ahead, third}
