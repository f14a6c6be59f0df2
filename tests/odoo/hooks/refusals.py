"""The refusals that the board reads, as steps that the engine and the real server can both take."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from pydantic import Field

from mist_connector.bylaws.facts import (
    Accompaniment,
    Attendance,
    Candidacy,
    Consent,
    Departure,
    Exclusion,
    Incident,
    Investigation,
    Mandate,
    Signature,
    Step,
    Vote,
    Workgroup,
)
from mist_connector.declared.reading import Source, read
from mist_connector.sandbox.clock import ZONE
from mist_connector.strict import Strict

from .playing import Add, Change, Remove, Write

FILE = Path(__file__).parents[2] / "cases" / "refusals" / "refus.yaml"
TODAY = datetime.now(ZONE).date()
SHAPES = {
    "accompaniments": partial(Accompaniment, function=""),
    "attendances": Attendance,
    "candidacies": Candidacy,
    "consents": Consent,
    "departures": Departure,
    "exclusions": Exclusion,
    "incidents": Incident,
    "investigations": Investigation,
    "mandates": Mandate,
    "signatures": Signature,
    "steps": Step,
    "votes": Vote,
    "workgroups": Workgroup,
}
MOST_PEOPLE = 10
A_REQUEST = 15


class CaseStep(Strict):
    who: int = 0
    change: int | None = None
    remove: int | None = None
    elected: bool = False
    set: str | None = None
    to: str | bool | None = None
    on: int | None = None
    add: str | None = None
    values: dict[str, str | bool] = Field(default_factory=dict, alias="with")
    days: dict[str, int] = Field(default_factory=dict)

    def steps(self, place):
        """Return the step; a mandate that is « elected » comes after its elected candidacy."""
        if self.remove is not None:
            return [Remove(self.remove)]
        if self.change is not None:
            return [Change(self.change, self.set, self.to if self.on is None else day(self.on))]
        if self.set is not None:
            return [Write(self.who, self.set, self.to if self.on is None else day(self.on))]
        fact = SHAPES[self.add](**self.values, **{name: day(count) for name, count in self.days.items()})
        if not self.elected:
            return [Add(self.who, self.add, fact)]
        won = Candidacy(office=fact.office, elected=True, code=f"O-0000-{place:04X}")
        return [
            Add(self.who, "candidacies", won),
            Add(self.who, self.add, replace(fact, candidacy=won.code)),
        ]


class Refusal(Strict):
    title: str
    people: tuple[str, ...]
    steps: tuple[CaseStep, ...]
    refused: tuple[str, ...]
    rules: tuple[str, ...] = ()  # those that an accepted case respects: see tests/unit/bylaws
    status: str | None = None
    lacks: tuple[str, ...] | None = None  # the rules of what the status that comes next still needs

    def play(self):
        """Return every step, those that make the people what they are included."""
        begun = [step for who, kind in enumerate(self.people) for step in beginning(kind, who)]
        return (*begun, *(step for place, each in enumerate(self.steps) for step in each.steps(place)))


class RefusalsFile(Strict):
    cases: tuple[Refusal, ...]


def day(count):
    return TODAY + timedelta(days=count)


def beginning(kind, who):
    if kind == "nobody":
        return []
    steps = [Write(who, "attested_on", day(-600)), Add(who, "signatures", Signature(day(-600), "bylaws"))]
    if kind in {"provisional", "active"}:
        steps.append(Add(who, "signatures", Signature(day(-500), "active_bylaws")))
    if kind == "active":
        steps += [Add(who, "steps", Step(day(-500), "roots_meeting"))]
        steps += [Add(who, "votes", Vote(day(-490), "accepted"))]
    return steps


def _cases():
    problems = []
    document = read(Source(FILE.name, FILE.read_text(encoding="utf-8")), RefusalsFile, problems)
    assert document is not None, "\n".join(map(str, problems))
    return document.value.cases


CASES = _cases()
