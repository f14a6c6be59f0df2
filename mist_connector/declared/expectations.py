"""From `expectations.yaml` to what is expected, each with facts, statuses and rules that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Formatter
from typing import get_args, get_type_hints

from pydantic import Field

from mist_connector.bylaws.expectations import Expectation
from mist_connector.bylaws.fact_shapes import FactShapes, fact_shapes
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.conditions.spelling import Condition
from mist_connector.conditions.stated import NOTHING, Stated
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .facts_named import facts_not_known, values_named
from .reading import Document, Source, quoted, read, suggest

_WORDS = frozenset({"on", "since", "until", "due"})


class ExpectationsFile(Strict):
    """The shape of `expectations.yaml`; `conditions`: those that have a name."""

    conditions: dict[str, Condition] = Field(default_factory=dict)
    expectations: tuple[Expectation, ...]


def declare_expectations(
    source: Source,
    rules: Collection[str],
    statuses: Collection[StatusRule] | None,
    problems: list[Problem],
    stated: Stated = NOTHING,
    *,
    kinds: FactShapes | None = None,
) -> tuple[Expectation, ...] | None:
    """Return the expectations, or None where they cannot be read; `statuses` None: not looked up."""
    document = read(source, ExpectationsFile, problems, stated)
    if document is None:
        return None
    known = None if statuses is None else [status.id for status in statuses]
    found = [*_repeated(document), *_wrong(document, rules, known)]
    found += _unknown_facts(document, kinds or fact_shapes({}))
    problems.extend(found)
    return document.value.expectations


def _repeated(document: Document[ExpectationsFile]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, each in enumerate(document.value.expectations):
        if each.id in seen:
            place = document.place("expectations", index, "id")
            yield Problem(place, f"attente {quoted(each.id)} déjà définie")
        seen.add(each.id)


def _wrong(
    document: Document[ExpectationsFile], rules: Collection[str], statuses: Collection[str] | None
) -> Iterator[Problem]:
    for index, each in enumerate(document.value.expectations):
        if each.rule not in rules:
            place = document.place("expectations", index, "rule")
            yield Problem(place, f"règle inconnue {quoted(each.rule)}", suggest(each.rule, rules))
        for at, status in enumerate(each.status):
            if statuses is not None and status not in statuses:
                place = document.place("expectations", index, "status", at)
                yield Problem(place, f"statut inconnu {quoted(status)}", suggest(status, statuses))
        compared = {
            value
            for condition in (each.when, each.holds)
            for value in (values_named(condition, "status") if condition else ())
        }
        for status in sorted(compared.difference(statuses or compared)):
            place = document.place("expectations", index, "holds")
            yield Problem(place, f"statut inconnu {quoted(status)}", suggest(status, statuses or ()))
        for sentence in (each.fr, each.en, each.mend.fr, each.mend.en):
            for _, word, _, _ in Formatter().parse(sentence):
                if word is not None and word not in _WORDS:
                    place = document.place("expectations", index, "id")
                    yield Problem(place, f"mot inconnu entre accolades {quoted(word)}", suggest(word, _WORDS))


def _unknown_facts(document: Document[ExpectationsFile], kinds: FactShapes) -> Iterator[Problem]:
    for index, each in enumerate(document.value.expectations):
        place = document.place("expectations", index, "id")
        shape = shape_of(each.of, kinds)
        if shape is None:
            known = [*get_type_hints(kinds.everybody), "association"]
            yield Problem(place, f"fait inconnu {quoted(each.of or '')}", suggest(each.of or "", known))
            continue
        for condition in (each.when, each.holds):
            for word, known_words in facts_not_known(condition, shape, kinds) if condition else ():
                what = f"fait inconnu {quoted(word)} dans la condition"
                yield Problem(place, what, suggest(word, known_words))
        if each.due and each.due.after not in get_type_hints(shape):
            yield Problem(place, f"date inconnue {quoted(each.due.after)}")


def shape_of(relation: str | None, kinds: FactShapes) -> type | None:
    """Return the kind of fact that an expectation is about, or None where there is none of this name."""
    if relation is None:
        return kinds.person
    if relation == "association":
        return kinds.common
    hint = get_type_hints(kinds.everybody).get(relation)
    found = get_args(hint)
    return found[0] if found and isinstance(found[0], type) else None
