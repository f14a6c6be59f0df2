"""Safety limits: what a plan may not do unless it is allowed by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from mist_connector.errors import PlanRefused

from .changes import Act, Change
from .plan import HOLDS_DATA, Plan

ACCESS = ("ir.model.access", "ir.rule")
MOST_ACCESS_CHANGES = Fraction(1, 3)
ACCESS_RIGHTS = "access-rights"


def losses(plan: Plan) -> tuple[Change, ...]:
    """Return the removals that would take data with them: models, and fields that are stored."""
    removals = plan.of(Act.REMOVE)
    return tuple(change for change in removals if change.model in HOLDS_DATA and _is_stored(change, plan))


def check_limits(
    plan: Plan, *, records: Mapping[str, int], allow_data_loss: bool, forced: Collection[str]
) -> None:
    """Raise PlanRefused, naming every limit that the plan crosses.

    `records` tells, for each name in `losses`, how many records hold data there.
    """
    refusals = [*_data_loss(records, allow=allow_data_loss), *_access(plan, forced)]
    if refusals:
        raise PlanRefused(
            "\n".join(what for what, _ in refusals), todo=" ; ".join(todo for _, todo in refusals)
        )


def _data_loss(records: Mapping[str, int], *, allow: bool) -> list[tuple[str, str]]:
    held = {name: count for name, count in records.items() if count}
    if not held or allow:
        return []
    counts = ", ".join(f"{name} ({count} fiches)" for name, count in sorted(held.items()))
    return [(f"Ce plan effacerait des données : {counts}.", "ajoutez --allow-data-loss si c'est voulu")]


def _access(plan: Plan, forced: Collection[str]) -> list[tuple[str, str]]:
    deployed = [record for record in plan.observed.records.values() if record.model in ACCESS]
    touched = [change for change in plan.changes if change.model in ACCESS and change.act is not Act.RESTORE]
    touched = [change for change in touched if change.act is not Act.REVOKE]
    too_many = bool(deployed) and Fraction(len(touched), len(deployed)) > MOST_ACCESS_CHANGES
    if not too_many or ACCESS_RIGHTS in forced:
        return []
    what = f"Ce plan change {len(touched)} droits d'accès sur {len(deployed)}, plus d'un tiers."
    return [(what, f"ajoutez --force {ACCESS_RIGHTS} si c'est voulu")]


def _is_stored(change: Change, plan: Plan) -> bool:
    values = plan.observed.records[change.name].values
    if change.model == "ir.model":
        return True
    # A guard or a list of facts holds nothing of its own.
    return values.get("ttype") != "one2many" and not values.get("compute")
