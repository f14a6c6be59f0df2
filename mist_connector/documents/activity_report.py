"""The activity report: four chapters, one for each mission, and what changed over time, as figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mist_connector.bylaws.facts import Suggestion
from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.declared.missions import Mission

from .figures import TOTAL, Figures
from .linear import Sum
from .register_told import RegisterTold
from .said import said
from .shown_texts import TextGroup, TextGroups
from .suppression import Figure, Scheme, groups
from .tiered import CommonCount, CommonText, PublicDate, PublicNumber, PublicText, Tiered, common, public

LONGEST_SERIES = 6
FEWEST_POINTS = 2
OPEN, DONE = "open", "done"


@dataclass(frozen=True)
class ActivityRow:
    """How often an activity took place."""

    label: PublicText
    times: Annotated[Tiered[int], Tier.COMMON]


@dataclass(frozen=True)
class Chapter:
    """A mission, and what was done for it."""

    number: PublicNumber
    title: PublicText
    words: CommonText
    picture: PublicText
    drawing: PublicText
    activities: Annotated[tuple[ActivityRow, ...], Tier.COMMON]


@dataclass(frozen=True)
class CountOn:
    """A figure about people on a day, or in the time that ends on it; None: masked."""

    on: PublicDate
    count: CommonCount


@dataclass(frozen=True)
class ActivityReport:
    """Everything that the templates of `activity_report` may use."""

    language: PublicText
    subject: PublicText
    since: PublicDate
    until: PublicDate
    minimum: PublicNumber
    masked: Annotated[Tiered[bool], Tier.COMMON]
    chapters: Annotated[tuple[Chapter, ...], Tier.COMMON]
    members: Annotated[tuple[CountOn, ...], Tier.COMMON]
    presences: Annotated[tuple[CountOn, ...], Tier.COMMON]
    mandates: Annotated[tuple[CountOn, ...], Tier.COMMON]
    seats: PublicNumber
    ideas: CommonCount
    ideas_done: CommonCount
    groups: TextGroups


@dataclass(frozen=True)
class ActivityFrame:
    """What the mappings say of the report."""

    missions: Sequence[Mission]
    activities: Mapping[str, Text]
    offices: Sequence[Office]
    subject: Text
    minimum: int
    months: int
    entitled: tuple[str, ...]


def activity_report(
    told: RegisterTold, frame: ActivityFrame, groups_shown: tuple[TextGroup, ...], *, language: str
) -> ActivityReport:
    """Return the report's values in one language."""
    since = told.since(frame.months)
    days = [day.on for day in told.days][-LONGEST_SERIES:]
    figures = Figures(told.days, frame.minimum, frame.entitled)
    courses = [
        _course(days, [figures.at(TOTAL, on) for on in days]),
        _course(days, [_presences(told, on, frame.minimum) for on in days]),
        # Offices and their seats are told one by one elsewhere: how many are held tells nothing of anybody.
        _course(days, [len(_seats_held(told, frame.offices, on)) for on in days]),
    ]
    ideas = _ideas(told.suggestions, since, told.on, frame.minimum)
    return ActivityReport(
        language=public(language),
        subject=public(said(frame.subject, language)),
        since=public(since),
        until=public(told.on),
        minimum=public(frame.minimum),
        masked=common(None in [*ideas, *(each.count.value for course in courses for each in course)]),
        chapters=tuple(
            _chapter(number, each, told, frame.activities, since, language=language)
            for number, each in enumerate(frame.missions, start=1)
        ),
        members=courses[0],
        presences=courses[1],
        mandates=courses[2],
        seats=public(sum(each.seats.value for each in frame.offices if each.seats)),
        ideas=common(ideas[0]),
        ideas_done=common(ideas[1]),
        groups=groups_shown,
    )


def _course(days: Sequence[date], counts: Sequence[int | None]) -> tuple[CountOn, ...]:
    """Return a figure on each day; nothing where fewer than two of them are shown: that is no course."""
    if sum(count is not None for count in counts) < FEWEST_POINTS:
        return ()
    return tuple(CountOn(public(on), common(count)) for on, count in zip(days, counts, strict=True))


def _presences(told: RegisterTold, on: date, minimum: int) -> int | None:
    """Return how often people came; masked where few did, however often."""
    found = next((each for each in told.attended if each.on == on), None)
    return found.presences if found is not None and found.people >= minimum else None


def _seats_held(told: RegisterTold, offices: Sequence[Office], on: date) -> list[str]:
    known = {each.id for each in offices if each.seats}
    return [each.office for each in told.held_on(on) if each.office in known]


def _ideas(
    suggestions: Iterable[Suggestion], since: date, until: date, minimum: int
) -> tuple[int | None, int | None]:
    """Return how many ideas were said and how many were done; each comes from somebody."""
    said_now = [each for each in suggestions if since < each.on <= until]
    done = sum(each.done_on is not None and each.done_on <= until for each in said_now)
    whole, part = Figure("said", Sum.of(OPEN, DONE)), Figure(DONE, Sum.of(DONE))
    scheme = Scheme((whole, part), guarded=groups((OPEN, DONE)))
    shown = scheme.shown({OPEN: len(said_now) - done, DONE: done}, minimum=minimum)
    return (len(said_now) if "said" in shown else None, done if DONE in shown else None)


def _chapter(
    number: int,
    mission: Mission,
    told: RegisterTold,
    activities: Mapping[str, Text],
    since: date,
    *,
    language: str,
) -> Chapter:
    held = [activity for activity, on in told.occasions if since < on <= told.on]
    return Chapter(
        number=public(number),
        title=public(said(mission.label, language)),
        words=common(said(mission.words, language)),
        picture=public(mission.picture),
        drawing=public(said(mission.drawing, language)),
        activities=tuple(
            ActivityRow(public(said(activities[each], language)), common(held.count(each)))
            for each in mission.activities
            if each in activities and each in held
        ),
    )
