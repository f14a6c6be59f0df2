"""What the bylaws say of one person on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .facts import Agreement, Function, Mandate
from .findings import Finding
from .requirements import Requirement
from .statuses import StatusRule


@dataclass(frozen=True)
class Claim:
    """A status held against the facts: which of its requirements hold, and which are missing."""

    status: StatusRule
    met: tuple[Requirement, ...]
    missing: tuple[Requirement, ...]

    @cached_property
    def holds(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Verdict:
    """Her status (None: none), every claim, the roles in force, and what was found about her.

    `agreement` is the confidentiality agreement in force that lasts longest.
    """

    code: str
    on: date
    claims: tuple[Claim, ...]
    functions: tuple[Function, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    agreement: Agreement | None = None
    findings: tuple[Finding, ...] = ()

    @cached_property
    def reached(self) -> Claim | None:
        """The first claim that holds."""
        return next((claim for claim in self.claims if claim.holds), None)

    @cached_property
    def status(self) -> str | None:
        """The id of the status, if there is one."""
        return self.reached.status.id if self.reached else None

    @property
    def following(self) -> Claim | None:
        """The claim to the status that usually comes next; without a status, the humblest one."""
        if self.reached is None:
            return self.claims[-1] if self.claims else None
        return self.claim(self.reached.status.leads_to)

    def claim(self, status_id: str | None) -> Claim | None:
        """Return the claim to one status."""
        return next((claim for claim in self.claims if claim.status.id == status_id), None)


@dataclass(frozen=True)
class Verdicts:
    """What the bylaws say of everybody, and of the offices as a whole."""

    on: date
    people: tuple[Verdict, ...]
    offices: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, the most pressing first."""
        own = (finding for verdict in self.people for finding in verdict.findings)
        return tuple(sorted((*own, *self.offices), key=lambda finding: finding.order))

    def of(self, code: str) -> Verdict | None:
        """Return the verdict on the person of this code."""
        return next((verdict for verdict in self.people if verdict.code == code), None)
