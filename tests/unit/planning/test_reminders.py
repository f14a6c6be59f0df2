"""Reminders: told once, to somebody who may be told, as long as their cause lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mist_connector.bylaws.checks import Severity
from mist_connector.bylaws.facts import Accompaniment, Agreement, Facts, Function, Pause, Vote
from mist_connector.bylaws.findings import Finding
from mist_connector.bylaws.reminding import Reminding, Told, cause_of
from mist_connector.bylaws.text import Text
from mist_connector.planning.accounts import HeldFunction
from mist_connector.planning.people import ReminderAct
from mist_connector.planning.reminders import Held, plan_reminders, team_of

TODAY = date(2026, 6, 15)
TITLES = {"AX04": Text(fr="Exclusion", en="Exclusion"), "C08": Text(fr="Confidentialité", en="Privacy")}
REMINDING = Reminding(
    days={Severity.ERROR: 7, Severity.WARNING: 30, Severity.REMINDER: 30},
    forget_after=60,
    told=(Told(whom="accompanying", findings=("silent",)),),
    otherwise="direction",
    own=("agreement_ends",),
)
IDS = {f"P-{number}": number for number in range(6)}


def _worker(number, role, *, agreed=True, since=date(2026, 1, 1)):
    function = Function(since=since, role=role, login=f"{number}@mist.example", code=f"F-{number}")
    agreements = (Agreement(since=since),) if agreed else ()
    return Facts(code=f"P-{number}", functions=(function,), agreements=agreements)


def _team(*people, without_account=()):
    functions = {
        function.code: HeldFunction(int(function.code[2:]), function, None)
        for facts in people
        for function in facts.functions
    }
    accounts = {each.id for each in functions.values()} - set(without_account)
    return team_of(people, functions, accounts, TODAY)


def _found(code="P-5", check="silent", rule="AX04", due=None):
    text = Text(fr=f"constat {check}", en=f"finding {check}")
    return Finding(check, Severity.REMINDER, rule, text, text, code=code, due=due)


def _plan(findings, held, team, on=TODAY):
    return plan_reminders(findings, held, team, REMINDING, ids=IDS, titles=TITLES, on=on)


def _carried_out(changes, held):
    """Do what the CRM's own code does with a plan."""
    by_cause = {each.cause: each for each in held}
    for change in changes:
        if change.act is ReminderAct.END:
            del by_cause[change.cause]
            continue
        row_id = by_cause[change.cause].id if change.cause in by_cause else 100 + len(by_cause)
        row = Held(row_id, change.cause, change.function, change.due, change.words, change.person)
        by_cause[change.cause] = row
    return list(by_cause.values())


ACCOMPANIED = Facts(code="P-5", accompaniments=(Accompaniment(since=date(2026, 2, 1), function="F-1"),))
TEAM = (_worker(1, "staff"), _worker(2, "direction"), ACCOMPANIED)


def test_whoever_accompanies_her_is_told_and_otherwise_direction():
    [change], alone = _plan([_found()], [], _team(*TEAM))
    assert (change.told, change.person, change.due) == ("F-1", 5, TODAY + timedelta(days=30))
    assert alone == ()
    [change], _ = _plan([_found(code="P-4")], [], _team(*TEAM))
    assert change.told == "F-2"


def test_without_agreement_or_account_one_is_told_nothing():
    for team in (
        _team(_worker(1, "staff", agreed=False), *TEAM[1:]),
        _team(*TEAM, without_account=[1]),
    ):
        assert [change.told for change in _plan([_found()], [], team)[0]] == ["F-2"]
    changes, [sentence] = _plan([_found()], [], _team(ACCOMPANIED))
    assert changes == ()
    assert sentence.fr.startswith("1 rappel(s)")


def test_nobody_is_told_what_concerns_herself_but_of_her_own_agreement_if_nobody_else_can_be():
    assert _plan([_found(code="P-2")], [], _team(*TEAM))[0] == ()
    own = _found(code="P-2", check="agreement_ends", rule="C08")
    assert [each.told for each in _plan([own], [], _team(*TEAM))[0]] == ["F-2"]
    second = _worker(3, "direction", since=date(2026, 5, 1))
    assert [each.told for each in _plan([own], [], _team(*TEAM, second))[0]] == ["F-3"]


def test_a_matter_that_another_finding_includes_is_told_once_of_each_person():
    reminding = REMINDING.model_copy(update={"includes": {"inactive": ("no_regular_activity",)}})
    wider, narrower = _found(check="inactive", rule="AX02"), _found(check="no_regular_activity", rule="AD01")
    titles = {**TITLES, "AX02": TITLES["AX04"], "AD01": TITLES["AX04"]}

    def told(reminding, *findings, held=()):
        changes, _ = plan_reminders(findings, held, _team(*TEAM), reminding, ids=IDS, titles=titles, on=TODAY)
        return {(each.rule, each.code, each.act) for each in changes}

    act = ReminderAct.TELL
    assert told(REMINDING, wider, narrower) == {("AX02", "P-5", act), ("AD01", "P-5", act)}
    assert told(reminding, wider, narrower) == {("AX02", "P-5", act)}
    assert told(reminding, narrower) == {("AD01", "P-5", act)}
    other = replace(narrower, code="P-4")
    assert told(reminding, wider, other) == {("AX02", "P-5", act), ("AD01", "P-4", act)}
    # What was told alone is taken back once the wider one is found.
    [alone] = plan_reminders([narrower], [], _team(*TEAM), reminding, ids=IDS, titles=titles, on=TODAY)[0]
    held = _carried_out([alone], [])
    assert told(reminding, wider, narrower, held=held) == {
        ("AX02", "P-5", act),
        ("", "P-5", ReminderAct.END),
    }


def test_what_was_done_is_not_told_again_and_is_forgotten_some_time_after_its_cause():
    changes, _ = _plan([_found()], [], _team(*TEAM))
    [row] = _carried_out(changes, [])
    done = replace(row, done=True)
    assert _plan([_found()], [done], _team(*TEAM))[0] == ()
    assert _plan([], [done], _team(*TEAM))[0] == ()
    later = row.due + timedelta(days=61)
    assert [each.act for each in _plan([], [done], _team(*TEAM), later)[0]] == [ReminderAct.END]
    assert [each.act for each in _plan([], [row], _team(*TEAM))[0]] == [ReminderAct.END]


def test_another_last_day_is_another_cause_and_a_day_that_passes_is_not():
    first, second = _found(due=date(2026, 7, 1)), _found(due=date(2026, 8, 1))
    assert cause_of(first) != cause_of(second)
    vote, unnamed = Vote(date(2026, 6, 1), "accepted"), Pause(date(2026, 6, 2), None)
    held_by = replace(first, office="board", others=("P-9",), facts=(vote, unnamed))
    assert cause_of(held_by).endswith("board P-5 P-9 vote 2026-06-01 accepted pause 2026-06-02 2026-07-01")
    changes, _ = _plan([_found()], [], _team(*TEAM))
    held = _carried_out(changes, [])
    assert _plan([_found()], held, _team(*TEAM), TODAY + timedelta(days=3))[0] == ()


findings = st.builds(
    _found,
    code=st.sampled_from([*IDS]),
    check=st.sampled_from(["silent", "no_card"]),
    due=st.none() | st.sampled_from([date(2026, 7, 1), date(2026, 8, 1)]),
)


@given(st.lists(findings), st.lists(findings), st.sets(st.sampled_from([1, 2, 3])))
def test_reminders_brought_in_line_need_nothing_more_and_no_cause_is_there_twice(before, after, without):
    team = _team(*TEAM, _worker(3, "staff"), without_account=without)
    held = _carried_out(_plan(before, [], team)[0], [])
    changes, unheard = _plan(after, held, team)
    held = _carried_out(changes, held)
    assert _plan(after, held, team) == ((), unheard)
    assert len({each.cause for each in held}) == len(held)
