"""What comes out of each item of an agenda: nothing is proclaimed that the bylaws would not let stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

from mist_connector.bylaws.engine import decide
from mist_connector.bylaws.facts import Facts
from mist_connector.bylaws.in_force import in_force
from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.provisions import Provisions
from mist_connector.conditions.holds import holds
from mist_connector.declared.assembly import ItemKind, Statutes

from .ballots import Tally, check_totals
from .composition import Holder, objections
from .quorum import watch_at
from .refusal import AssemblyRefused
from .results import Election, adopted, elect
from .room import Room
from .terms import Term, term


class State(StrEnum):
    """What became of an item."""

    DONE = "done"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    ELECTED = "elected"
    RUN_OFF = "run_off"
    REFUSED = "refused"


@dataclass(frozen=True)
class Item:
    """An item of the agenda as it was voted; `accepted`: who of the candidates said yes."""

    id: str
    kind: ItemKind
    office: str | None = None
    second_round: bool = False
    at: time | None = None
    tally: Tally | None = None
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ruling:
    """What an item comes to: its state, why, who is elected and for how long, who stands again."""

    item: str
    state: State
    reason: str = ""
    elected: tuple[str, ...] = ()
    run_off: tuple[str, ...] = ()
    term: Term | None = None


@dataclass(frozen=True)
class Closing:
    """What rulings rest on: the room, the statutes, the bylaws, everybody's facts, and the day."""

    room: Room
    statutes: Statutes
    provisions: Provisions
    people: Mapping[str, Facts] = field(repr=False)
    on: date

    def rulings(self, items: Sequence[Item]) -> tuple[Ruling, ...]:
        """Return what each item comes to, in the order of the agenda; a second round completes its first."""
        found: dict[str, Ruling] = {}
        firsts: dict[str | None, Item] = {}
        for item in items:
            if item.second_round and item.office in firsts:
                first = firsts[item.office]
                before = found[first.id].elected
                whole = replace(item, accepted=item.accepted | first.accepted)
                found[item.id] = self._ruled(whole, before=before)
                if found[item.id].state is State.ELECTED:
                    found[first.id] = replace(found[item.id], item=first.id, elected=before)
            else:
                firsts[item.office] = item
                found[item.id] = self._ruled(item, before=())
        return tuple(found[item.id] for item in items)

    def _ruled(self, item: Item, *, before: tuple[str, ...]) -> Ruling:
        """Return what one item comes to; what may not be proclaimed says why."""
        if item.kind in {ItemKind.INFORMATION, ItemKind.PRESENTATION}:
            return Ruling(item.id, State.DONE)
        if item.tally is None or item.at is None:
            return Ruling(item.id, State.REFUSED, "pas voté, ou sans l'heure du vote")
        try:
            self._check(item, item.at, item.tally)
            if item.kind is ItemKind.RESOLUTION:
                fits = adopted(item.tally, self.statutes, entitled=len(self.room.electorate.voters))
                return Ruling(item.id, State.ADOPTED if fits else State.REJECTED)
            return self._elected(item, before)
        except AssemblyRefused as refusal:
            return Ruling(item.id, State.REFUSED, refusal.what)

    def _check(self, item: Item, at: time, tally: Tally) -> None:
        standing = watch_at(self.room, self.statutes.quorum, at, item.id)
        if not standing.reached:
            raise AssemblyRefused(f"quorum non atteint à {at:%H:%M} (il faut {standing.needed} voix)")
        most = self._seats(item) if item.kind is ItemKind.ELECTION else 1
        check_totals(tally, len(self.room.hands(at, item.id)), most=most)

    def _seats(self, item: Item) -> int:
        office = self.provisions.office(item.office or "")
        return office.seats.value if office and office.seats else 1

    def _election(self, item: Item, before: tuple[str, ...]) -> Election:
        assert item.tally is not None  # noqa: S101 - whoever calls has looked
        seats = self._seats(item) - len(before)
        entitled = len(self.room.electorate.voters)
        second = item.second_round
        return elect(item.tally, seats, self.statutes, entitled=entitled, second_round=second)

    def _elected(self, item: Item, before: tuple[str, ...]) -> Ruling:
        office = self.provisions.office(item.office or "")
        if office is None:
            return Ruling(item.id, State.REFUSED, "élection sans mandat")
        election = self._election(item, before)
        if election.run_off:
            return Ruling(item.id, State.RUN_OFF, elected=election.elected, run_off=election.run_off)
        together = (*before, *election.elected)
        running = self._running(office)
        months = office.months.value if office.months else None
        seats = office.seats.value if office.seats else None
        serve = term(self.on, list(running.values()), len(together), seats=seats, months=months)
        if serve is None:
            return Ruling(
                item.id, State.REFUSED, "les places sont prises sans date de fin : terminez-les d'abord"
            )
        holders = [self._holder(code, item, office, serve.since) for code in together]
        if serve.beside:
            holders += [self._holder(code, item, office, serve.since, newly=False) for code in running]
        against = objections(office, holders)
        if against:
            said = " ; ".join(f"{each.says.fr} ({each.rule})" for each in against)
            return Ruling(item.id, State.REFUSED, said)
        return Ruling(item.id, State.ELECTED, elected=election.elected, term=serve)

    def _running(self, office: Office) -> dict[str, date | None]:
        """Return who held the office before that day and still does, and until when."""
        return {
            code: mandate.until
            for code, facts in self.people.items()
            for mandate in in_force(facts.mandates, self.on)
            if mandate.office == office.id and mandate.since < self.on
        }

    def _holder(self, code: str, item: Item, office: Office, day: date, *, newly: bool = True) -> Holder:
        facts = self.people[code]
        return Holder(
            code=code,
            status=decide(facts, self.provisions, on=self.on).status,
            speaks_french=office.french is not None and holds(office.french.spoken, facts, on=self.on),
            accepted=code in item.accepted or not newly,
            consents=bool(in_force(facts.consents, day)),
            others=frozenset(
                each.office for each in in_force(facts.mandates, day) if each.office != office.id
            ),
            newly=newly,
        )
