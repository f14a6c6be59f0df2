"""Conditions as they are in force: names put in place, with what the association's decisions say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mist_connector.bylaws.conditions import Condition, Requirement, Span
from mist_connector.bylaws.decisions import Decision

Names = Mapping[str, Condition]
Decisions = Mapping[str, Decision]


def resolved(requirement: Requirement, names: Names, decisions: Decisions) -> Requirement:
    """Return the requirement without names; KeyError for a name or a decision that is not declared."""
    when = requirement.when and put_in_place(requirement.when, names, decisions)
    holds = put_in_place(requirement.holds, names, decisions)
    return requirement.model_copy(update={"when": when, "holds": holds})


def put_in_place(condition: Condition, names: Names, decisions: Decisions) -> Condition:
    """Return the condition without names; KeyError for a name or a decision that is not declared."""
    if condition.named is not None:
        return put_in_place(names[condition.named], names, decisions)
    parts = {
        key: tuple(_counting(value, names, decisions))
        for key in ("where", "after", "all_of", "any_of")
        if (value := getattr(condition, key)) is not None
    }
    crowd = condition.together
    if crowd is not None and crowd.where is not None:
        crowd = crowd.model_copy(update={"where": put_in_place(crowd.where, names, decisions)})
    contrary = condition.contrary and put_in_place(condition.contrary, names, decisions)
    lasts = condition.lasts and _counted(condition.lasts, decisions)
    return condition.model_copy(update={**parts, "together": crowd, "contrary": contrary, "lasts": lasts})


def _counting(parts: Iterable[Condition], names: Names, decisions: Decisions) -> Iterator[Condition]:
    for part in parts:
        if in_force(part.decided, decisions):
            yield put_in_place(part, names, decisions)


def in_force(answer: str | None, decisions: Decisions, *, settled: bool = False) -> bool:
    """Tell whether an answer is in force, `settled` by the association itself; True where there is none."""
    if answer is None:
        return True
    question, _, wanted = answer.partition(".")
    decision = decisions[question]
    return decision.answer == wanted and not (settled and decision.is_open)


def _counted(span: Span, decisions: Decisions) -> Span:
    if isinstance(span.months, int):
        return span
    question, _, number = span.months.partition(".")
    return Span(start=span.start, end=span.end, months=decisions[question].numbers[number] or 0)
