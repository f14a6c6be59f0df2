"""What only the CRM knows: contacts, accounts and reminders that are not as they should be, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mist_connector.bylaws.crm_checks import CrmCheck, CrmCheckId
from mist_connector.bylaws.findings import Finding, Word, fill
from mist_connector.bylaws.text import Text

from .people import AccountAct, ContactAct, SyncPlan
from .reminders import Held


def crm_findings(
    plan: SyncPlan,
    reminders: Iterable[Held],
    checks: Iterable[CrmCheck],
    *,
    codes: Mapping[int, str],
    on: date,
    twice: Iterable[tuple[Text, tuple[str, ...]]] = (),
) -> Iterator[Finding]:
    """Find what is not in line, by codes and logins; `twice`: kind and codes of what is recorded twice."""
    made = {check.id: check for check in checks}
    found = (
        *_contacts(plan),
        *_accounts(plan),
        *_overdue(reminders, codes, on),
        *_twice(twice),
    )
    for check_id, rule, code, others, words in found:
        check = made.get(check_id)
        if check is not None:
            yield _finding(check, rule, code, others, words)


Found = tuple[CrmCheckId, str, str | None, tuple[str, ...], dict[str, Word]]


def _finding(
    check: CrmCheck, rule: str, code: str | None, others: tuple[str, ...], words: dict[str, Word]
) -> Finding:
    return Finding(
        check=check.id.value,
        severity=check.severity,
        rule=check.rule or rule,
        text=fill(check, words),
        mend=fill(check.mend, words),
        code=code,
        others=others,
    )


def _contacts(plan: SyncPlan) -> Iterator[Found]:
    for change in plan.contacts:
        if change.act is ContactAct.SCRUB:
            fields = ", ".join(change.added)
            yield CrmCheckId.CONTACT_SHOWS_TOO_MUCH, "", change.code, (), {"fields": fields}


def _accounts(plan: SyncPlan) -> Iterator[Found]:
    for change in plan.accounts:
        who = change.people[0] if len(change.people) == 1 else None
        if change.act is AccountAct.CLOSE:
            yield CrmCheckId.ACCOUNT_WITHOUT_FUNCTION, "", who, change.people, {"login": change.login}
        if change.coded and change.account is not None:
            yield CrmCheckId.ACCOUNT_SHOWS_NAME, "", who, change.people, {"login": change.login}
        if change.by_hand:
            words: dict[str, Word] = {"login": change.login, "groups": ", ".join(change.by_hand)}
            yield CrmCheckId.GROUP_BY_HAND, "", who, change.people, words


def _twice(twice: Iterable[tuple[Text, tuple[str, ...]]]) -> Iterator[Found]:
    for kind, records in twice:
        words: dict[str, Word] = {"kind": kind, "codes": ", ".join(records)}
        yield CrmCheckId.RECORDED_TWICE, "", None, records, words


def _overdue(reminders: Iterable[Held], codes: Mapping[int, str], on: date) -> Iterator[Found]:
    """Find how many reminders nobody dealt with in time: what each says is found anyway."""
    late = sorted((each for each in reminders if not each.done and each.due < on), key=lambda each: each.due)
    if late:
        words: dict[str, Word] = {"due": late[0].due, "count": str(len(late))}
        about = sorted({codes[each.person or 0] for each in late if (each.person or 0) in codes})
        yield CrmCheckId.REMINDER_OVERDUE, late[0].cause.split(" ")[1], None, tuple(about), words
