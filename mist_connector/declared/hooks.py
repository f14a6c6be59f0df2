"""The hooks of `blueprint/hooks.yaml`: written out, and following from the offices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Formatter

from mist_connector.blueprint.declaration import Hook
from mist_connector.bylaws.offices import Office
from mist_connector.errors import Problem

from .blueprint_shapes import HooksFile
from .office_hooks import office_hooks, parts_that_hook
from .reading import Document, quoted, suggest

_WORDS = frozenset({"office", "value", "others"})


def all_hooks(file: HooksFile, offices: Sequence[Office]) -> tuple[Hook, ...]:
    """Return every hook: those that are written out, and those that follow from the offices."""
    return (*file.hooks, *office_hooks(offices, file.offices, file.conditions))


def wrong_hooks(document: Document[HooksFile], offices: Sequence[Office]) -> Iterator[Problem]:
    """Yield sentences about no part of an office, and statuses that no condition describes."""
    file = document.value
    for name, sentence in file.offices.items():
        if name not in parts_that_hook():
            place = document.key("offices", name)
            yield Problem(place, f"partie inconnue {quoted(name)}", suggest(name, parts_that_hook()))
        words = {word for text in (sentence.fr, sentence.en) for _, word, _, _ in Formatter().parse(text)}
        for word in sorted(each for each in words - _WORDS if each):
            place = document.place("offices", name, "fr")
            yield Problem(place, f"mot inconnu entre accolades {quoted(word)}", suggest(word, _WORDS))
    yield from _statuses_without_condition(document, offices)


def _statuses_without_condition(
    document: Document[HooksFile], offices: Sequence[Office]
) -> Iterator[Problem]:
    known = document.value.conditions
    wanted = {
        demand.value
        for office in offices
        for part, demand in (("requires_status", office.requires_status), ("half", office.half))
        if demand is not None and part in document.value.offices
    }
    for status in sorted(wanted - set(known)):
        what = f"aucune condition ne dit qui était {quoted(status)} au début d'un mandat"
        yield Problem(document.key("offices"), what, "ajoutez-la sous « conditions »")
