"""Functions, and the agreement that goes with them: who works here, and may she open anything."""

from __future__ import annotations

from collections.abc import Iterator

from .checks import CheckId
from .facts import Facts
from .findings import Finding, Word, found
from .in_force import ends_within, longest
from .provisions import Provisions
from .verdict import Verdict


def role_findings(facts: Facts, verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    """Find functions without agreement, agreements that end soon, and roles that do not go together."""
    if not verdict.functions:
        return
    yield from _without_agreement(verdict, provisions)
    yield from _agreement_ends(facts, verdict, provisions)
    check = provisions.check(CheckId.STAFF_IS_ACTIVE)
    if check is not None and verdict.status == check.status:
        yield found(check, {}, code=verdict.code, facts=verdict.functions)


def _without_agreement(verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    check = provisions.check(CheckId.FUNCTION_WITHOUT_AGREEMENT)
    if check is not None and verdict.agreement is None:
        since = verdict.functions[0].since
        yield found(check, {"since": since}, code=verdict.code, facts=verdict.functions)


def _agreement_ends(facts: Facts, verdict: Verdict, provisions: Provisions) -> Iterator[Finding]:
    check, agreement = provisions.check(CheckId.AGREEMENT_ENDS), verdict.agreement
    if check is None or check.days is None or agreement is None:
        return
    last = longest(facts.agreements)
    if last == agreement and ends_within(agreement, check.days, verdict.on):
        words: dict[str, Word] = {
            "since": agreement.since,
            "until": agreement.until,
            "days": str(check.days),
        }
        yield found(check, words, code=verdict.code, facts=(agreement,), due=agreement.until)
