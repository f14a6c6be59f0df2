"""Conditions that are declared once under a name, put where they are named."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.bylaws.conditions import Condition, Requirement


def resolved(requirement: Requirement, names: Mapping[str, Condition]) -> Requirement:
    """Return the requirement without names; KeyError for a name that is not declared."""
    when = requirement.when and put_in_place(requirement.when, names)
    return requirement.model_copy(update={"when": when, "holds": put_in_place(requirement.holds, names)})


def put_in_place(condition: Condition, names: Mapping[str, Condition]) -> Condition:
    """Return the condition without names; KeyError for a name that is not declared."""
    if condition.named is not None:
        return put_in_place(names[condition.named], names)
    parts = {
        key: tuple(put_in_place(part, names) for part in value)
        for key in ("where", "after", "all_of", "any_of")
        if (value := getattr(condition, key)) is not None
    }
    crowd = condition.together
    if crowd is not None and crowd.where is not None:
        crowd = crowd.model_copy(update={"where": put_in_place(crowd.where, names)})
    contrary = condition.contrary and put_in_place(condition.contrary, names)
    return condition.model_copy(update={**parts, "together": crowd, "contrary": contrary})
