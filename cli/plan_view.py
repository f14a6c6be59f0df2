"""A plan in words and as data."""

from __future__ import annotations

from collections import Counter

from mist_connector.planning.changes import Act, Change
from mist_connector.planning.plan import Plan

from . import console

SIGNS = {Act.CREATE: "+", Act.CHANGE: "~", Act.RESTORE: "↺", Act.REMOVE: "-", Act.REVOKE: "✗"}
COUNTS = {
    Act.CREATE: "à créer",
    Act.CHANGE: "à modifier",
    Act.RESTORE: "à rétablir",
    Act.REMOVE: "à retirer",
    Act.REVOKE: "ajoutés à la main, à retirer",
}


def show_plan(plan: Plan) -> None:
    """Print every change with its sentence, its rules and its values, then a summary."""
    for change in plan.changes:
        console.say(f"{SIGNS[change.act]} {change.sentence()}")
        for line in change.details():
            console.say(f"    {line}", style="dim")
    console.say(summary(plan))


def summary(plan: Plan) -> str:
    """Return one sentence on how much the plan changes."""
    if plan.empty:
        return "Rien à faire : le CRM suit le règlement. (Nothing to do.)"
    counts = Counter(change.act for change in plan.changes)
    return "Plan : " + ", ".join(f"{counts[act]} {COUNTS[act]}" for act in Act if counts[act]) + "."


def plan_data(plan: Plan) -> dict[str, object]:
    """Return the plan as JSON data; its fingerprint ties it to the state it was made for."""
    changes = [_change(change) for change in plan.changes]
    return {"format": 1, "fingerprint": plan.fingerprint, "changes": changes, "summary": summary(plan)}


def _change(change: Change) -> dict[str, object]:
    return {
        "act": change.act.value,
        "model": change.model,
        "name": change.name,
        "label": change.label,
        "sentence": change.sentence(),
        "rules": list(change.rules),
        "values": [
            {"column": each.column, "before": _plain(each.before), "after": _plain(each.after)}
            for each in change.values
        ],
    }


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return value if value is None or isinstance(value, bool | int) else str(value)
