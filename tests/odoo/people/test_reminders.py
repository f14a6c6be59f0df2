"""Reminders on a real CRM: who is told what, what others see of it, and that nobody is told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mist_connector.errors import AccessRefused
from mist_connector.planning.people import ReminderAct
from mist_connector.reporting import Silent

COLUMNS = ["x_cause", "x_state", "x_due", "x_function_id", "x_activity_id", "x_sentence"]
MENDED_BY = {
    "no_card": "card_given",
    "no_french_course": "french_course",
    "no_intentional_talk": "intentional_talk",
    "no_team_meeting": "team_meeting",
    "not_in_tools": "tools",
    "not_introduced": "introduction",
}
CLERK, DIRECTION = "accueil@mist.example", "direction@mist.example"


@pytest.fixture(scope="module")
def told(sandbox, loaded, association_of):
    """One association for the tests of this module; each leaves it in line with its facts."""
    name = sandbox.clone("told", source=loaded)
    association = association_of(name)
    values = {"name": "Accueil", "login": CLERK}
    association.admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    association.synced()
    yield association
    sandbox.drop(name)


def _held(association, **equal):
    domain = [[f"x_{column}", "=", value] for column, value in equal.items()]
    return association.connector.call("x_mist_reminder", "search_read", domain=domain, fields=COLUMNS)


def _by_login(association):
    """Return the reminders of each account that has any."""
    rows = association.connector.call("x_mist_function", "search_read", domain=[], fields=["x_login"])
    logins = {row["id"]: row["x_login"] for row in rows}
    found = {}
    for row in _held(association):
        found.setdefault(logins[row["x_function_id"][0]], []).append(row)
    return found


def _clock(association, login):
    fields = ["summary", "date_deadline", "res_model", "res_name"]
    return association.door(login).call("mail.activity", "search_read", domain=[], fields=fields)


def _staff(association):
    """Return the member of staff who has most still to do, and her reminders.

    Most, since what any member of staff may be told stays with whoever it went to.
    """
    told = _by_login(association)
    del told[DIRECTION]
    return max(told.items(), key=lambda each: sum(row["x_state"] == "open" for row in each[1]))


def test_each_goes_to_one_account_whose_clock_says_only_that_there_is_something_to_do(told):
    by_login = _by_login(told)
    assert len(by_login) > 1
    for login, rows in by_login.items():
        clock = _clock(told, login)
        due = [each["x_due"] for each in rows if each["x_state"] == "open"]
        assert sorted(each["date_deadline"] for each in clock) == sorted(due)
        assert all(each["summary"].startswith("MIST : à faire (RA-") for each in clock)
        assert not any(each["res_model"] or each["res_name"] for each in clock)


def test_staff_are_told_of_those_whom_they_accompany_and_read_their_own_reminders_alone(told):
    login, rows = _staff(told)
    crm = told.door(login)
    assert sorted(crm.call("x_mist_reminder", "search", domain=[])) == sorted(row["id"] for row in rows)
    fields = ["x_person_id", "x_called", "x_by", "x_because"]
    mine = crm.call("x_mist_reminder", "read", ids=[row["id"] for row in rows], fields=fields)
    # An end of mandate is told to anybody of the team.
    own = [row for row in mine if not row["x_because"].endswith("(SP12)")]
    people = {row["x_person_id"][0] for row in own}
    [function] = {row["x_function_id"][0] for row in rows}
    links = told.connector.call(
        "x_mist_accompaniment",
        "search_read",
        domain=[["x_function_id", "=", function]],
        fields=["x_person_id"],
    )
    assert people <= {link["x_person_id"][0] for link in links}
    assert all(row["x_called"] and row["x_by"] for row in own)
    everything = told.door(DIRECTION).call("x_mist_reminder", "search_count", domain=[])
    assert everything == len(_held(told)) > len(rows)
    with pytest.raises(AccessRefused):
        crm.call("x_mist_reminder", "write", ids=[rows[0]["id"]], vals={"x_sentence": "autre chose"})


def test_a_clerk_sees_neither_a_reminder_nor_its_activity_and_nothing_is_mailed(told):
    clerk = told.door(CLERK)
    row = _held(told)[0]
    activity = row["x_activity_id"][0]
    assert clerk.call("mail.activity", "search_count", domain=[["id", ">", 0]]) == 0
    assert clerk.call("mail.activity", "name_search", name="MIST") == []
    assert (
        clerk.call(
            "mail.activity",
            "formatted_read_group",
            domain=[],
            groupby=["user_id"],
            aggregates=["__count"],
        )
        == []
    )
    for model, row_id in (("mail.activity", activity), ("x_mist_reminder", row["id"])):
        with pytest.raises(AccessRefused):
            clerk.call(model, "read", ids=[row_id], fields=["display_name"])
    with pytest.raises(AccessRefused):
        clerk.call("x_mist_reminder", "search_count", domain=[])
    assert clerk.call("mail.notification", "search_count", domain=[]) == 0
    mails = "select count(*) from mail_mail union all select count(*) from mail_message where model is null"
    assert told.sandbox.query(mails, name=told.database).split() == ["0", "0"]


def _finish(association, login, rows):
    context = {"active_model": "x_mist_reminder", "active_ids": [row["id"] for row in rows]}
    action = association.ref("mist_connector.action_reminder_done")
    association.door(login).call("ir.actions.server", "run", ids=[action], context=context)


def test_what_is_marked_done_leaves_the_clock_and_is_never_told_again(told):
    login, rows = _staff(told)
    shown = len(_clock(told, login))
    _finish(told, login, rows[:1])
    assert len(_clock(told, login)) == shown - 1
    # In the CRM's own clock, too.
    told.door(login).call("mail.activity", "action_done", ids=[rows[1]["x_activity_id"][0]])
    states = {row["id"]: row["x_state"] for row in _held(told)}
    assert states[rows[0]["id"]] == states[rows[1]["id"]] == "done"
    assert told.plan().empty


def test_nobody_marks_done_what_she_may_not_read(told):
    login, _ = _staff(told)
    others = next(rows for other, rows in _by_login(told).items() if other == DIRECTION)
    _finish(told, login, others)
    assert {row["x_state"] for row in _held(told) if row["id"] in {each["id"] for each in others}} == {"open"}
    with pytest.raises(AccessRefused):
        _finish(told, CLERK, others)


def test_it_ends_with_its_cause_and_comes_back_with_it(told):
    row = next(row for row in _held(told, state="open") if row["x_cause"].split()[0] in MENDED_BY)
    check, _, code = row["x_cause"].split()
    [person] = told.connector.call("x_mist_person", "search", domain=[["x_name", "=", code]])
    values = {"x_person_id": person, "x_kind": MENDED_BY[check], "x_on": told.today().isoformat()}
    [step] = told.connector.call("x_mist_step", "create", vals_list=[values])
    [change] = told.synced().reminders
    assert (change.code, change.act) == (code, ReminderAct.END)
    assert not _held(told, cause=row["x_cause"])
    gone = f"select count(*) from mail_activity where id = {row['x_activity_id'][0]}"  # noqa: S608 - a number
    assert told.sandbox.query(gone, name=told.database).strip() == "0"
    told.door(DIRECTION).call("x_mist_step", "unlink", ids=[step])
    [change] = told.synced().reminders
    assert (change.cause, change.act) == (row["x_cause"], ReminderAct.TELL)


def test_an_activity_that_was_deleted_is_shown_again_since_nothing_was_done(told):
    login, rows = _staff(told)
    row = next(row for row in rows if row["x_state"] == "open")
    told.door(login).call("mail.activity", "unlink", ids=[row["x_activity_id"][0]])
    [change] = told.synced().reminders
    assert (change.cause, change.act) == (row["x_cause"], ReminderAct.ALIGN)
    assert told.plan().empty
    assert _held(told, cause=row["x_cause"])[0]["x_activity_id"]


def test_two_syncs_at_once_tell_each_once(told):
    ended = [row["id"] for row in _held(told, state="open")][:5]
    numbers = ", ".join(map(str, ended))
    told.sandbox.query(
        "delete from mail_activity where id in "  # noqa: S608 - numbers
        f"(select x_activity_id from x_mist_reminder where id in ({numbers})); "
        f"delete from x_mist_reminder where id in ({numbers})",
        name=told.database,
    )
    first, second = told.plan(), told.plan()
    assert len(first.reminders) == len(second.reminders) == len(ended)
    told.sync().apply(first, Silent())
    told.sync().apply(second, Silent())
    causes = [row["x_cause"] for row in _held(told)]
    assert len(causes) == len(set(causes))
    assert told.plan().empty


def test_what_a_member_of_staff_was_told_goes_to_others_when_her_function_ends(told):
    login, rows = _staff(told)
    [function] = {row["x_function_id"][0] for row in rows}
    told.end(function, told.today() - timedelta(days=1))
    told.synced()
    assert told.plan().empty
    by_login = _by_login(told)
    assert {row["x_state"] for row in by_login.pop(login, ())} <= {"done"}
    moved = {row["x_cause"] for row in rows if row["x_state"] == "open"}
    assert moved <= {row["x_cause"] for others in by_login.values() for row in others}
    # The other tests find her at work again.
    told.end(function, None)
    told.synced()
    assert told.plan().empty


def test_direction_is_told_once_of_two_people_with_one_address_by_code_and_no_more_once_it_is_mended(told):
    domain = [["x_function_ids", "=", False], ["x_email", "!=", False]]
    first, second = told.connector.call(
        "x_mist_person", "search_read", domain=domain, fields=["x_name", "x_email"], limit=2
    )
    same = f" {first['x_email'].upper()} "
    told.connector.call("x_mist_person", "write", ids=[second["id"]], vals={"x_email": same})
    told.synced()
    codes = sorted([first["x_name"], second["x_name"]])
    [row] = [row for row in _held(told) if row["x_cause"].startswith("same_address ")]
    assert row["x_cause"] == f"same_address M08 {codes[0]} {codes[1]}"
    assert row in _by_login(told)[DIRECTION]
    assert row["x_sentence"].startswith(f"{codes[0]}, {codes[1]} ont le même courriel sûr")
    assert first["x_email"].lower() not in row["x_sentence"].lower()
    # The same again: nothing to do, nobody is told twice, and the addresses stay as staff wrote them.
    assert told.plan().empty
    [kept] = told.connector.call("x_mist_person", "read", ids=[second["id"]], fields=["x_email"])
    assert kept["x_email"] == same
    told.connector.call("x_mist_person", "write", ids=[second["id"]], vals={"x_email": second["x_email"]})
    told.synced()
    assert not [row for row in _held(told) if row["x_cause"].startswith("same_address ")]
