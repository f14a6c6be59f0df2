"""Everything that falls due in the days to come, in their order; nothing is looked at day by day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mist_connector.conditions.changing import Window

from .agenda_words import AgendaWords, End
from .announced import Announced, Kind, announce
from .bodies import breaks
from .engine import findings_together, functions_of
from .facts import CommonFacts, Facts
from .findings import Finding, Word, fill
from .linked import Association
from .provisions import Provisions
from .upcoming import Outlook, Upcoming, common_upcoming
from .verdict import Verdict


def agenda(
    people: Collection[Facts],
    common: CommonFacts,
    provisions: Provisions,
    words: AgendaWords,
    window: Window,
) -> tuple[Announced, ...]:
    """Return what comes within the window, the first day of which is today."""
    everybody = Association(people, common)
    outlook = Outlook(provisions, everybody, functions_of(people), window)
    together = findings_together(people, provisions, everybody, on=window.on, common=common)
    coming = [
        *_due(together, window),
        *breaks(people, provisions, on=window.on, last=window.last),
        *common_upcoming(common, outlook),
    ]
    for facts in people:
        coming.extend(_ends(facts, provisions, words.ends, window))
        upcoming = Upcoming(facts, outlook)
        coming.extend(_due(upcoming.today.findings, window))
        coming.extend(_status(before, after, provisions, words) for before, after in upcoming.statuses())
        coming.extend(upcoming.findings())
    return tuple(sorted(set(coming), key=lambda each: each.order))


def _due(findings: Iterable[Finding], window: Window) -> Iterator[Announced]:
    """Yield what is found today and is to be done by a day to come."""
    for finding in findings:
        if finding.due is not None and window.on <= finding.due <= window.last:
            yield announce(finding, finding.due, Kind.DUE)


def _ends(facts: Facts, provisions: Provisions, ends: Collection[End], window: Window) -> Iterator[Announced]:
    for end in ends:
        for fact in getattr(facts, end.of):
            if fact.until is None or not window.on <= fact.until <= window.last:
                continue
            said: dict[str, Word] = {"since": fact.since, "until": fact.until}
            rule = end.rule
            if end.of == "mandates":
                office = provisions.office(fact.office)
                said["office"] = office.label if office else fact.office
                part = (office.months or office.first_part) if office else None
                rule = rule or (part.rule if part else None)
            yield Announced(fact.until, Kind.END, rule or "", fill(end, said), code=facts.code)


def _status(before: Verdict, after: Verdict, provisions: Provisions, words: AgendaWords) -> Announced:
    said: dict[str, Word] = {
        "before": provisions.status_label(before.status),
        "after": provisions.status_label(after.status),
    }
    reached, lost = after.reached, before.reached
    claim = after.claim(lost.status.id) if lost else None
    # The rule that the status of before now lacks, or else the last one that the new status fulfils.
    reasons = [*(claim.missing if claim else ()), *reversed(reached.met if reached else ())]
    return Announced(after.on, Kind.STATUS, reasons[0].rule, fill(words.status, said), code=after.code)
