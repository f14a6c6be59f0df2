"""What `mist check` tells of the CRM itself."""

from datetime import date, timedelta

from mist_connector.bylaws.crm_checks import CrmCheck
from mist_connector.planning.in_crm import crm_findings
from mist_connector.planning.people import (
    AccountAct,
    AccountChange,
    ContactAct,
    ContactChange,
    ReminderWords,
    SyncPlan,
)
from mist_connector.planning.reminders import Held

TODAY = date(2026, 6, 15)


def _found(mappings, plan=None, reminders=(), checks=None):
    plan = plan or SyncPlan(codes=frozenset())
    checks = mappings.sync.checks if checks is None else checks
    return list(crm_findings(plan, reminders, checks, codes={7: "P-0007"}, on=TODAY))


def test_each_is_told_with_its_words_filled_in_and_by_code(mappings):
    scrub = ContactChange("P-0001", 1, ContactAct.SCRUB, 1, ("name", "phone"))
    named = ContactChange("P-0002", 2, ContactAct.NAME, 2, ("name",), "Prénom Inventé")
    closed = AccountChange("a@mist.example", AccountAct.CLOSE, ("staff",), (), account=5, people=("P-0003",))
    added = AccountChange("b@mist.example", AccountAct.REVOKE, ("staff",), (), account=6, by_hand=("staff",))
    plan = SyncPlan(codes=frozenset(), contacts=(scrub, named), accounts=(closed, added))
    words = ReminderWords("constat inventé", "remède", "« Section » (AX04)")
    late = Held(1, "silent AX04 P-0007", 3, TODAY - timedelta(days=1), words, person=7)
    found = _found(mappings, plan, [late])
    told = {(each.check, each.rule, each.code, each.others) for each in found}
    assert told == {
        ("contact_shows_too_much", "C02", "P-0001", ()),
        ("account_without_function", "C05", "P-0003", ("P-0003",)),
        ("group_by_hand", "C05", None, ()),
        ("reminder_overdue", "AX04", None, ("P-0007",)),
    }
    assert not any("{" in each.text.fr + each.text.en + each.mend.fr + each.mend.en for each in found)
    assert "Inventé" not in repr(found)


def test_what_is_in_line_done_or_due_today_is_not_told(mappings):
    words = ReminderWords("constat", "remède", "règle")
    today = Held(1, "silent AX04 P-0007", 3, TODAY, words, person=7)
    done = Held(2, "silent AX04 P-0008", 3, TODAY - timedelta(days=9), words, done=True)
    assert _found(mappings, reminders=[today, done]) == []


def test_a_check_that_is_not_declared_is_not_made(mappings):
    scrub = ContactChange("P-0001", 1, ContactAct.SCRUB, 1, ("name", "phone"))
    plan = SyncPlan(codes=frozenset(), contacts=(scrub,))
    assert _found(mappings, plan)
    assert _found(mappings, plan, checks=()) == []
    assert all(isinstance(check, CrmCheck) for check in mappings.sync.checks)
