"""Invented content, to look at a document before there is any register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.facts import Session, Suggestion
from mist_connector.declared.everything import Declared

from .access_letter import access_letter, sample_access
from .catalogue import CONTENTS, MANDATE_LETTER, MadeFrom, find_document
from .composing import PersonTold, for_person, from_nothing, from_register, members
from .counting import Attended, occasions
from .figures import Day
from .mandates_told import Held
from .paper_samples import sample_paper
from .register_told import RegisterTold

_COUNTS = ((60, 32, 14), (75, 34, 9), (77, 52, 12), (92, 64, 26))


def sample(declared: Declared, key: str, *, on: date, language: str) -> object:
    """Return invented content for a document, in one language."""
    made_from = CONTENTS[find_document(declared, key).id].made_from
    if made_from is MadeFrom.NOTHING:
        return from_nothing(declared, key, language=language)
    if made_from is MadeFrom.REGISTER:
        return from_register(declared, key, sample_register(declared, on), language=language)
    if made_from is MadeFrom.PERSON:
        [first, *_] = sample_people(key, on, language)
        return for_person(declared, key, first)
    if made_from is MadeFrom.ACCESS:
        subject = find_document(declared, key).subject
        return access_letter(sample_access(on), subject=subject, language=language)
    return sample_paper(declared, key, on=on, language=language)


def sample_people(key: str, on: date, language: str) -> list[PersonTold]:
    """Return invented people that a letter or card is for."""
    offices = ("delegate", "spokesperson") if key == MANDATE_LETTER else (None,)
    until = on + relativedelta(months=6)
    return [PersonTold("P-EXEM-PLE1", "Exemple A.", language, office, on, until) for office in offices]


def sample_register(declared: Declared, on: date) -> RegisterTold:
    """Return four invented half-years: some figures large enough to be shown, some that are masked."""
    ends = [on - relativedelta(months=6 * back) for back in reversed(range(len(_COUNTS)))]
    keys = members(declared)
    days = tuple(
        Day(day, dict(zip(keys, counts, strict=False)), arrivals=14, departures=2)
        for day, counts in zip(ends, _COUNTS, strict=True)
    )
    return RegisterTold(
        days=days,
        held=_held(ends),
        attended=[Attended(day, 180 + 20 * place, 40) for place, day in enumerate(ends[1:])],
        sessions=_sessions(on),
        occasions=occasions((), _sessions(on)),
        suggestions=[
            Suggestion(on - relativedelta(days=each), "idea", done_on=on if each % 2 else None)
            for each in range(1, 31)
        ],
    )


def _held(ends: Sequence[date]) -> list[Held]:
    names = {"delegate": (None, "Exemple B."), "spokesperson": ("Exemple A.", None), "board": (None,) * 7}
    return [
        Held(office, day, day + relativedelta(months=6, days=-1), name)
        for day in ends
        for office, holders in names.items()
        for name in holders
    ]


def _sessions(on: date) -> list[Session]:
    kinds = ("talk_group", "working_group", "meeting", "talk_group", "outing", "celebration")
    return [
        Session(on + relativedelta(days=9 * place - 70), kinds[place % len(kinds)]) for place in range(16)
    ]
