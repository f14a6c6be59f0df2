"""A sync that was applied leaves nothing to do, whatever it began with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mist_connector.bylaws.facts import Function
from mist_connector.bylaws.in_force import lasts_on
from mist_connector.bylaws.sync_limits import ByHand, SyncLimits
from mist_connector.planning.accounts import Account, HeldFunction, plan_accounts
from mist_connector.planning.contacts import Contact, Standing, plan_contacts
from mist_connector.planning.people import AccountAct, ContactAct, StatusChange, SyncPlan

TODAY = date(2026, 6, 15)
days = st.integers(-50, 50).map(lambda count: TODAY + timedelta(days=count))
LOGINS = ["a@mist.example", "b@mist.example", "c@mist.example", ""]


@st.composite
def accounts(draw):
    return tuple(
        Account(
            id=place + 10,
            login=login,
            active=draw(st.booleans()),
            groups=draw(st.frozensets(st.sampled_from(["staff", "direction"]))),
            protected=draw(st.booleans()) and draw(st.booleans()),
        )
        for place, login in enumerate(draw(st.lists(st.sampled_from(LOGINS[:3]), unique=True)))
    )


@st.composite
def situations(draw):
    held = draw(accounts())
    functions = []
    for place in range(draw(st.integers(0, 5))):
        function = Function(
            since=draw(days),
            until=draw(st.none() | days),
            role=draw(st.sampled_from(["staff", "direction"])),
            login=draw(st.sampled_from(LOGINS)),
            code=f"F-0000-000{place}",
        )
        account = draw(st.sampled_from([None, *(each.id for each in held)]))
        functions.append(HeldFunction(place + 1, function, account))
    return tuple(functions), held


def _aligned(functions, held, changes):
    """Do what the CRM's own code does with a plan."""
    by_login = {account.login: account for account in held}
    for number, change in enumerate(changes):
        account = by_login.get(change.login) or Account(100 + number, change.login, True, frozenset())  # noqa: FBT003 - a value
        working = change.act in {AccountAct.OPEN, AccountAct.ALIGN, AccountAct.ADMIT}
        active = account.active if change.act is AccountAct.REVOKE else working
        name = change.people[0] if change.coded else account.name
        active = account.active if change.act is AccountAct.RENAME else active
        by_login[change.login] = replace(account, groups=frozenset(change.after), active=active, name=name)
        functions = [
            replace(each, account=account.id) if each.id in change.functions else each for each in functions
        ]
    return functions, tuple(by_login.values())


@given(situations())
def test_aligned_accounts_need_nothing_more(situation):
    functions, held = situation
    changes, _ = plan_accounts(functions, held, on=TODAY)
    again, _ = plan_accounts(*_aligned(functions, held, changes), on=TODAY)
    assert again == ()


@given(situations())
def test_accounts_that_bear_codes_need_nothing_more_and_others_keep_their_name(situation):
    functions, held = situation
    functions = [replace(each, person=f"P-0000-000{each.id % 2}") for each in functions]
    changes, _ = plan_accounts(functions, held, on=TODAY, coded=True)
    plain, _ = plan_accounts(functions, held, on=TODAY)
    assert {(each.login, each.after) for each in plain} <= {(each.login, each.after) for each in changes}
    assert not any(each.coded for each in plain)
    aligned, accounts = _aligned(functions, held, changes)
    again, _ = plan_accounts(aligned, accounts, on=TODAY, coded=True)
    assert again == ()
    protected = {account.login for account in held if account.protected}
    assert not any(each.coded and (each.login in protected or len(each.people) != 1) for each in changes)


@given(situations())
def test_an_account_of_an_administrator_or_of_the_connector_is_never_touched(situation):
    functions, held = situation
    protected = {account.login for account in held if account.protected}
    changes, _ = plan_accounts(functions, held, on=TODAY)
    assert not protected & {change.login for change in changes}


@given(situations())
def test_no_account_gets_a_group_that_no_function_in_force_gives(situation):
    functions, held = situation
    given_today = {each.function.role for each in functions if lasts_on(each.function, TODAY)}
    changes, _ = plan_accounts(functions, held, on=TODAY)
    assert all(set(change.after) <= given_today for change in changes)


@given(situations(), st.sampled_from(ByHand))
def test_what_is_added_by_hand_is_undone_or_told_as_declared_and_what_ended_goes_in_any_case(
    situation, by_hand
):
    functions, held = situation
    changes, alone = plan_accounts(functions, held, on=TODAY, by_hand=by_hand)
    again, _ = plan_accounts(*_aligned(functions, held, changes), on=TODAY, by_hand=by_hand)
    assert again == ()
    given_once = {each.function.role for each in functions}
    if by_hand is ByHand.REPORT:
        open_still = [change for change in changes if change.act is not AccountAct.CLOSE]
        assert all(set(change.before) - set(change.after) <= given_once for change in open_still)
        assert all(change.act is not AccountAct.REVOKE for change in changes)
    assert all(sentence.fr for sentence in alone)


def test_the_last_account_of_a_function_is_marked_and_not_the_last_but_one():
    yesterday = TODAY - timedelta(days=1)
    ended = Function(since=date(2026, 1, 1), until=yesterday, role="direction", login="", code="F-0000-0001")
    functions = [HeldFunction(1, ended, 10, "P-0000-0001")]
    one = Account(10, "a@mist.example", True, frozenset({"direction"}))  # noqa: FBT003 - a value
    [change], _ = plan_accounts(functions, [one], on=TODAY, never_without=["direction"])
    assert change.last == ("direction",)
    assert SyncPlan(codes=frozenset(), accounts=(change,)).last_lost == ("direction",)
    goes_on = replace(ended, until=None, code="F-0000-0002", since=TODAY)
    functions.append(HeldFunction(2, goes_on, 11, "P-0000-0002"))
    other = replace(one, id=11, login="b@mist.example")
    [change], _ = plan_accounts(functions, [one, other], on=TODAY, never_without=["direction"])
    assert (change.account, change.last) == (10, ())


@st.composite
def contact_books(draw):
    codes = [f"P-0000-000{place}" for place in range(draw(st.integers(0, 5)))]
    contacts = {
        number: Contact(
            number,
            draw(st.sampled_from([*codes, "Nom Ajouté"])),
            draw(st.sampled_from([(), ("email",), ("email", "phone")])),
            draw(st.booleans()) and draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 5)))
    }
    named = st.sampled_from([None, None, "Prénom Inventé"])
    people = [
        Standing(place, code, draw(st.none() | st.integers(1, 6)), draw(named))
        for place, code in enumerate(codes)
    ]
    linked = {person.contact for person in people}
    loose = {contact.name: number for number, contact in contacts.items() if number not in linked}
    return people, contacts, {code: number for code, number in loose.items() if code in codes}


@given(contact_books())
def test_contacts_brought_in_line_need_nothing_more_and_show_the_code_or_what_may_be_told_alone(book):
    people, contacts, loose = book
    changes = plan_contacts(people, contacts, loose)
    standings = {person.id: person for person in people}
    assert "Inventé" not in repr(changes)
    for number, change in enumerate(changes):
        row_id = change.contact if change.act is not ContactAct.CREATE else 100 + number
        contacts = {**contacts, row_id: Contact(row_id, change.named or change.code)}
        standings[change.person] = replace(standings[change.person], contact=row_id)
    assert plan_contacts(standings.values(), contacts, {}) == ()
    for person in standings.values():
        assert contacts[person.contact] == Contact(person.contact, person.named or person.code)


@given(contact_books())
def test_the_contact_of_an_account_is_never_changed(book):
    people, contacts, loose = book
    accounts_own = {number for number, contact in contacts.items() if contact.of_account}
    loose = {code: number for code, number in loose.items() if number not in accounts_own}
    changed = {change.contact for change in plan_contacts(people, contacts, loose)}
    assert not accounts_own & changed


def test_only_a_status_that_was_recorded_before_counts_as_altered():
    changes = (
        StatusChange("P-0000-0001", 1, None, "member"),
        StatusChange("P-0000-0002", 2, "member", "left"),
    )
    plan = SyncPlan(codes=frozenset({"P-0000-0001", "P-0000-0002"}), statuses=changes)
    assert plan.altered == {"P-0000-0002"}
    assert plan.only(["P-0000-0001"]).statuses == changes[:1]
    assert plan.only(["P-0000-0001"]).people == 2


def test_too_many_are_more_than_the_number_and_more_than_the_share():
    limits = SyncLimits(most_people=20, most_percent=33, contact_may_have=frozenset())
    assert not limits.exceeded(20, 21)
    assert not limits.exceeded(33, 100)
    assert limits.exceeded(34, 100)
