"""Open known doors one by one in a CRM that is thrown away, and demand that the security look names each."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.port import Crm
from mist_connector.errors import CrmError, MistError
from mist_connector.reporting import Reporter
from mist_connector.security.baseline import Acknowledged, Baseline, State, accept, written
from mist_connector.security.changes import unanswered
from mist_connector.security.doors import security_findings
from mist_connector.security.finding import SecurityFinding
from mist_connector.security.looking import Look, keep, look

from .by_baseline import BY_BASELINE
from .hand import Hand, Opening
from .of_ours import OF_OURS
from .of_the_crm import OF_THE_CRM
from .on_ours import ON_OURS


def _joined(*parts: Mapping[str, Opening]) -> Mapping[str, Opening]:
    """Join doors by name.

    Raises:
        ValueError: two doors have one name, and one of them would never be opened.
    """
    names = Counter(name for part in parts for name in part)
    if twice := sorted(name for name, times in names.items() if times > 1):
        raise ValueError(f"two doors have one name: {', '.join(twice)}")
    return {name: opening for part in parts for name, opening in part.items()}


BY_QUESTION = _joined(OF_OURS, ON_OURS, OF_THE_CRM)
OPENINGS = _joined(BY_BASELINE, BY_QUESTION)
_HOW = Acknowledged("", "mist prove --challenge", "essai", 0)


@dataclass(frozen=True)
class Challenged:
    """One door: whether the CRM let it be opened (if not, what it said), and whether the look named it."""

    name: str
    opened: bool
    named: bool
    refusal: str = ""

    @property
    def missed(self) -> bool:
        """Tell whether a door stands open and nothing names it."""
        return self.opened and not self.named


class Challenge:
    """A CRM that nobody else uses, whose administrator opens doors in it."""

    def __init__(self, crm: Crm, blueprint: Blueprint, address: str) -> None:
        self._crm, self._blueprint, self._address = crm, blueprint, address
        self._secret = secrets.token_bytes(32)
        self._known: frozenset[SecurityFinding] | None = None

    def run(self, names: Sequence[str], reporter: Reporter) -> tuple[Challenged, ...]:
        """Open each of these doors and look; what was open before names nothing."""
        found = []
        self._answer()
        for done, name in enumerate(names):
            reporter.progress("Portes", done, len(names))
            found.append(self._try(name, OPENINGS[name]))
        reporter.progress("Portes", len(names), len(names))
        return tuple(found)

    def _try(self, name: str, opening: Opening) -> Challenged:
        if not opening.by_baseline and self._known is None:
            self._known = frozenset(self._look(opening))
        try:
            opening.change(Hand(self._crm))
        except CrmError as refusal:
            return Challenged(name, opened=False, named=False, refusal=str(refusal))
        found, known = self._look(opening), self._known or frozenset()
        new = [each for each in found if opening.by_baseline or each not in known]
        named = any(each.kind == opening.kind and opening.says in each.what for each in new)
        if opening.by_baseline:
            self._answer()
        else:
            self._known = frozenset(found)
        return Challenged(name, opened=True, named=named)

    def _look(self, opening: Opening) -> tuple[SecurityFinding, ...]:
        if opening.by_baseline:
            return unanswered(self._crm, self._seen(), self._secret).findings
        return security_findings(self._crm, self._blueprint, address=self._address)

    def _answer(self) -> None:
        """Answer for everything that is there."""
        seen = self._seen()
        empty = Baseline(seen.database, State({}, {}))
        everything = frozenset(seen.state.entries)
        keep(self._crm, written(accept(empty, seen.state, everything, _HOW), self._secret))

    def _seen(self) -> Look:
        seen = look(self._crm)
        if seen is None:
            raise MistError("Ce CRM ne peut pas être lu en entier.", todo="lancez « mist apply »")
        return seen


def sample(count: int | None) -> tuple[str, ...]:
    """Return the names of so many doors, drawn at random, in the order of opening; of all for None."""
    names = tuple(OPENINGS)
    if count is None or count >= len(names):
        return names
    drawn = set(secrets.SystemRandom().sample(names, count))
    return tuple(name for name in names if name in drawn)
