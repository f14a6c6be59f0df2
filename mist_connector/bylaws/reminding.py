"""Which findings somebody is reminded of, who that is, and by when it is to be done."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from pydantic import Field

from mist_connector.strict import Strict

from .checks import Severity
from .facts import Dated
from .findings import Finding

ACCOMPANYING = "accompanying"


class Told(Strict):
    """Findings, by the ids of their checks or expectations, and who is told of them.

    `whom`: `accompanying`, whoever accompanies the person today, or the id of a function.
    """

    whom: str
    findings: tuple[str, ...]


class Reminding(Strict):
    """Who is told of what, `otherwise` where nobody of those can be; `untold`: what nobody is told of.

    `days`: how long there is, by severity, for what the bylaws give no last day. `forget_after`: so many days
    after that day, what was done and has no cause any more is forgotten. Nobody is told of a matter that
    concerns herself, but of what is `own`. `includes`: by a finding, those that say no more where it is found
    of the same person.
    """

    days: dict[Severity, int]
    forget_after: int = Field(ge=0)
    told: tuple[Told, ...]
    otherwise: str
    untold: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    includes: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def spoken_of(self, findings: Collection[Finding]) -> Iterator[Finding]:
        """Yield the findings that somebody is told of: each matter once."""
        found = {(str(each.check), each.code) for each in findings if each.code is not None}
        said = {(narrower, code) for check, code in found for narrower in self.includes.get(check, ())}
        for each in findings:
            if each.check not in self.untold and (str(each.check), each.code) not in said:
                yield each

    def whom(self, finding: Finding) -> tuple[str, ...]:
        """Return who is told, the first choice first."""
        first = next((each.whom for each in self.told if finding.check in each.findings), self.otherwise)
        return tuple(dict.fromkeys((first, self.otherwise)))

    def last_day(self, finding: Finding, on: date) -> date:
        """Return the day by which a finding that is new today is to be dealt with: none that has passed."""
        later = on + timedelta(days=self.days[finding.severity])
        return finding.due if finding.due is not None and finding.due > on else later

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of findings that are spoken of."""
        told = (finding for each in self.told for finding in each.findings)
        included = (finding for wider, those in self.includes.items() for finding in (wider, *those))
        return (*told, *self.untold, *self.own, *included)


def cause_of(finding: Finding) -> str:
    """Return what makes two findings the same one, today and tomorrow: ids, codes and dates alone."""
    facts = [_identity(fact) for fact in finding.facts]
    about = (finding.office or "", finding.code or "", *finding.others)
    due = finding.due.isoformat() if finding.due else ""
    return " ".join(part for part in (str(finding.check), finding.rule, *about, *facts, due) if part)


def _identity(fact: Dated) -> str:
    """Return a fact's kind, its first day and what it is: the rest may be completed without a new cause."""
    values = list(vars(fact).values())[:2]
    return " ".join([type(fact).__name__.lower(), *(str(value) for value in values if value is not None)])
