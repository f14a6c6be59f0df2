"""How a general assembly is held: who is invited, who votes, and what the statutes say of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import Field

from mist_connector.bylaws.offices import Because, Number, Office
from mist_connector.bylaws.statuses import ID, StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, read
from .suggestion import quoted, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mist_connector.bylaws.decisions import Decision


class Counts(StrEnum):
    """Who counts towards a quorum."""

    PRESENT = "present"
    REPRESENTED = "represented"


class Base(StrEnum):
    """What a majority is a share of: the votes for and against, or everybody who has a vote."""

    CAST = "cast"
    ENTITLED = "entitled"


class Method(StrEnum):
    """How an election is won."""

    MOST_VOTES = "most_votes"
    MAJORITY = "majority"


class Ties(StrEnum):
    """What follows a tie for the last seat."""

    RUN_OFF = "run_off"


class ItemKind(StrEnum):
    """What is done with an item of the agenda."""

    INFORMATION = "information"
    PRESENTATION = "presentation"
    RESOLUTION = "resolution"
    ELECTION = "election"


class Share(Strict):
    """A share of people or of votes."""

    numerator: int = Field(ge=1)
    denominator: int = Field(ge=1)

    def least(self, total: int) -> int:
        """Return the smallest whole number that is at least this share of the total."""
        return -(-total * self.numerator // self.denominator)


class Quorum(Share):
    """How many of those who have a vote must be there; `counts`: with or without those represented."""

    counts: Counts


class Majority(Share):
    """How many votes adopt; `exceeded`: more than this share, not just this share."""

    exceeded: bool
    of: Base

    def needed(self, total: int) -> int:
        """Return the smallest number of votes that adopts."""
        return total * self.numerator // self.denominator + 1 if self.exceeded else self.least(total)


class Proxies(Strict):
    """That somebody absent may give her vote; how many such votes one person may carry."""

    per_receiver: int = Field(ge=1)


class Statutes(Strict):
    """What the statutes say; None: they have not been read into the mappings, and nothing is invented."""

    decision: str
    notice_days: int | None = Field(ge=1)
    quorum: Quorum | None
    majority: Majority | None
    elections: Method | None
    ties: Ties | None
    proxies: Proxies | None


class Invited(Because):
    """Who is invited."""

    statuses: tuple[str, ...] = Field(min_length=1)


class ElectorateRule(Because):
    """For each answer to a decision, the statuses that have a vote."""

    decision: str
    answers: dict[str, tuple[str, ...]]


class Reminders(Because):
    """How many days before a limit it is recalled."""

    days: tuple[int, ...] = Field(min_length=1)


class StandardItem(Because):
    """An item that agendas begin with."""

    id: str = Field(pattern=ID)
    kind: ItemKind
    office: str | None = None
    secret: bool = False
    always: bool = False
    label: Text


class AssemblySettings(Strict):
    """Everything that the mappings say of general assemblies."""

    every: Number
    reminders: Reminders
    invited: Invited
    electorate: ElectorateRule
    statutes: Statutes
    secret_apart: int = Field(ge=1)
    items: tuple[StandardItem, ...]


class AssemblyFile(Strict):
    """The shape of `assembly.yaml`."""

    assembly: AssemblySettings


def declare_assembly(
    source: Source,
    decisions: Iterable[Decision],
    rules: Iterable[str],
    known: tuple[Iterable[StatusRule], Iterable[Office]],
    problems: list[Problem],
) -> AssemblySettings | None:
    """Return how assemblies are held, or None where it cannot be read, after adding every problem.

    `known`: statuses and offices.
    """
    found: list[Problem] = []
    document = read(source, AssemblyFile, found)
    if document is not None:
        statuses, offices = ({each.id for each in each_kind} for each_kind in known)
        found.extend(_inconsistencies(document, tuple(decisions), set(rules), statuses, offices))
    problems.extend(found)
    return document.value.assembly if document is not None else None


def _inconsistencies(
    document: Document[AssemblyFile],
    decisions: tuple[Decision, ...],
    rules: set[str],
    statuses: set[str],
    offices: set[str],
) -> Iterator[Problem]:
    """Yield what leads nowhere."""
    settings = document.value.assembly
    answers = {each.id: {answer.id for answer in each.answers} for each in decisions}
    for part, decision in (
        ("electorate", settings.electorate.decision),
        ("statutes", settings.statutes.decision),
    ):
        yield from _unknown(document, ("assembly", part, "decision"), decision, set(answers), "décision")
    yield from _answers(document, answers.get(settings.electorate.decision, set()))
    for status in settings.invited.statuses:
        yield from _unknown(document, ("assembly", "invited", "statuses"), status, statuses, "statut")
    for answer, voting in settings.electorate.answers.items():
        for status in voting:
            path = ("assembly", "electorate", "answers", answer)
            yield from _unknown(document, path, status, set(settings.invited.statuses), "statut invité")
    for part in ("every", "reminders", "invited", "electorate"):
        yield from _unknown(
            document, ("assembly", part, "rule"), getattr(settings, part).rule, rules, "règle"
        )
    for index, item in enumerate(settings.items):
        at = ("assembly", "items", index)
        yield from _unknown(document, (*at, "rule"), item.rule, rules, "règle")
        if item.office is not None:
            yield from _unknown(document, (*at, "office"), item.office, offices, "mandat")
        if (item.office is None) == (item.kind in {ItemKind.ELECTION, ItemKind.PRESENTATION}):
            what = "une élection ou une présentation a un mandat « office », et elle seule"
            yield Problem(document.place(*at, "kind"), what)


def _answers(document: Document[AssemblyFile], possible: set[str]) -> Iterator[Problem]:
    """Yield the answers that the decision does not have, and those left out."""
    place = document.key("assembly", "electorate", "answers")
    for answer in sorted(possible ^ set(document.value.assembly.electorate.answers)):
        yield Problem(place, f"réponse {quoted(answer)} : chacune de la décision, une fois, et elles seules")


def _unknown(
    document: Document[AssemblyFile], path: tuple[str | int, ...], name: str, known: set[str], noun: str
) -> Iterator[Problem]:
    if name not in known:
        yield Problem(document.place(*path), f"{noun} {quoted(name)} inexistant·e", suggest(name, known))
