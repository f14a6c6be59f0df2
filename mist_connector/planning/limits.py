"""Safety limits: what a plan may not do unless it is allowed by name."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from mist_connector.errors import PlanRefused

from .changes import Act, Change
from .plan import HOLDS_DATA, Plan

ACCESS = ("ir.model.access", "ir.rule")
MOST_ACCESS_CHANGES = Fraction(1, 3)
_RENAME = "regardez ce qu'ils contiennent, puis retirez-les du CRM (Paramètres, Technique, Modèles)"
ACCESS_RIGHTS = "access-rights"


def losses(plan: Plan) -> dict[str, int]:
    """Return what the plan would take data from: the removal's label, and at most how many records lose.

    A guard or a list of facts holds nothing of its own; the association's own record is not counted.
    """
    removals = [change for change in plan.of(Act.REMOVE) if change.model in HOLDS_DATA]
    counts = {change.label: _records(change, plan) for change in removals if _is_stored(change, plan)}
    return {label: count for label, count in counts.items() if count}


def check_limits(plan: Plan, *, allow_data_loss: bool, forced: Collection[str]) -> None:
    """Raise PlanRefused, naming every limit that the plan crosses."""
    refusals = [*_lacking(plan), *_data_loss(plan, allow=allow_data_loss), *_access(plan, forced)]
    if refusals:
        whats, todos = zip(*refusals, strict=True)
        raise PlanRefused("\n".join(whats), todo=" ; ".join(todos))


def _lacking(plan: Plan) -> list[tuple[str, str]]:
    """Return what the CRM lacks, or has of somebody else's, so that the import could not end well."""
    unknown, taken = ", ".join(sorted(plan.observed.unknown)), ", ".join(sorted(plan.observed.taken))
    refusals = []
    if unknown:
        refusals.append((f"Le serveur n'a pas ces modules d'Odoo : {unknown}.", "demandez-les à l'hébergeur"))
    if taken:
        refusals.append((f"Ces modèles existent déjà, et mist ne les a pas faits : {taken}.", _RENAME))
    return refusals


def _data_loss(plan: Plan, *, allow: bool) -> list[tuple[str, str]]:
    lost = {} if allow else losses(plan)
    if not lost:
        return []
    counts = ", ".join(f"{label} ({count} fiches)" for label, count in sorted(lost.items()))
    return [(f"Ce plan effacerait des données : {counts}.", "ajoutez --allow-data-loss si c'est voulu")]


def _records(change: Change, plan: Plan) -> int:
    """Return how many records the model holds that goes, or whose field goes."""
    values = plan.observed.records[change.name].values
    if change.model == "ir.model":
        return plan.observed.counts.get(str(values["model"]), 0)
    model = str(values["model_id"]).partition(".model_")[2]
    return plan.observed.counts.get(f"x_mist_{model}", 0)


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
    # A guard or a list of facts holds nothing of its own; what the CRM only ends, people wrote.
    return values.get("ttype") != "one2many" and not (values.get("compute") and values.get("readonly"))
