"""Invented content for an assembly's papers, to look at them before there is any assembly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dateutil.relativedelta import relativedelta

from mist_connector.bylaws.text import Text
from mist_connector.declared.assembly import AssemblySettings

from .assembly_papers import (
    AssemblyNotice,
    AssemblyOutcome,
    ItemInput,
    NoticeInput,
    OutcomeInput,
    notice,
    outcome,
)

ELECTED = Text(fr="Élection proclamée", en="Election proclaimed")


def sample_notice(
    on: date, settings: AssemblySettings, kinds: Mapping[str, Text], *, subject: Text, language: str
) -> AssemblyNotice:
    """Return an invented convocation."""
    told = NoticeInput(
        on=on,
        hour="14:00",
        place=None,
        items=[(item.label, kinds[item.kind]) for item in settings.items],
        who_votes=Text(fr="Exemple : les membres actifs.", en="Example: active members."),
        secret=True,
        carries=2,
    )
    return notice(told, subject=subject, language=language)


def sample_outcome(
    on: date, settings: AssemblySettings, *, subject: Text, minimum: int, language: str
) -> AssemblyOutcome:
    """Return invented results: names, figures, and what hides them."""
    first, *rest = settings.items
    votes = [(Text(fr="Pour", en="For"), 34), (Text(fr="Contre", en="Against"), 12)]
    items = [
        ItemInput(first.label, Text(fr="Fait", en="Done")),
        ItemInput(
            Text(fr="Rapport d’activité", en="Activity report"), Text(fr="Adoptée", en="Adopted"), votes=votes
        ),
        *(ItemInput(item.label, ELECTED, names=("Exemple A.",), unnamed=1, hidden=True) for item in rest),
    ]
    told = OutcomeInput(
        on=on,
        hour="14:00",
        voters=80,
        present=46,
        represented=14,
        quorum=True,
        items=items,
        next_limit=on + relativedelta(months=settings.every.value),
    )
    return outcome(told, subject=subject, minimum=minimum, language=language)
