"""A plan in words and as data."""

from __future__ import annotations

from collections import Counter

from mist_connector.blueprint.numbers import BylawNumber, changed
from mist_connector.bylaws.text import Text
from mist_connector.language import _, worded
from mist_connector.planning.changes import Act, Change
from mist_connector.planning.plan import Plan

from . import console

SIGNS = {Act.CREATE: "+", Act.CHANGE: "~", Act.RESTORE: "↺", Act.REMOVE: "-", Act.REVOKE: "✗"}
COUNTS = {
    Act.CREATE: _("à créer"),
    Act.CHANGE: _("à modifier"),
    Act.RESTORE: _("à rétablir"),
    Act.REMOVE: _("à retirer"),
    Act.REVOKE: _("ajoutés à la main, à retirer"),
}
KINDS = {
    "res.groups.privilege": _("rubrique(s) de droits"),
    "res.groups": "groupe(s)",
    "ir.model": _("modèle(s)"),
    "ir.model.fields": "champ(s)",
    "ir.model.fields.selection": _("choix"),
    "ir.model.access": _("droit(s) d'accès"),
    "ir.rule": _("règle(s) d'accès"),
    "ir.actions.server": _("action(s) du serveur"),
    "ir.ui.view": "vue(s)",
    "ir.actions.act_window": _("fenêtre(s)"),
    "ir.ui.menu": "menu(s)",
    "ir.asset": _("script(s) des pages, à leur place"),
    "ir.attachment": _("script(s) des pages"),
    "mist.setting": _("réglage(s)"),
    "x_mist_association": _("fiche de l'association"),
}


def show_plan(plan: Plan, numbers: tuple[BylawNumber, ...] = ()) -> None:
    """Print every change with its sentence, its rules and its values, then a summary.

    First come the numbers of the bylaws that change, in words.
    """
    _show_numbers(plan, numbers)
    for change in plan.changes:
        console.say(f"{SIGNS[change.act]} {change.sentence()}")
        for line in change.details():
            console.say(f"    {line}", style="dim")
    if plan.observed.missing:
        missing = ", ".join(sorted(plan.observed.missing))
        console.say(
            _("Modules d'Odoo à installer d'abord, hors de la transaction : {missing}.").format(
                missing=missing
            )
        )
    console.say(summary(plan))


def show_brief_plan(plan: Plan, numbers: tuple[BylawNumber, ...] = ()) -> None:
    """Print the numbers that change, how many records of each kind the plan changes, then the summary."""
    _show_numbers(plan, numbers)
    counts = Counter((change.act, change.model) for change in plan.changes)
    for (act, model), count in sorted(counts.items(), key=lambda each: (SIGNS[each[0][0]], each[0][1])):
        console.say(f"{SIGNS[act]} {count} {KINDS.get(model, model)}")
    console.say(summary(plan))


def _show_numbers(plan: Plan, numbers: tuple[BylawNumber, ...]) -> None:
    for sentence in numbers_said(plan, numbers):
        console.say(_("• Le règlement : {sentence}").format(sentence=worded(sentence)))


def numbers_said(plan: Plan, numbers: tuple[BylawNumber, ...]) -> list[Text]:
    """Return a sentence for each number of the bylaws that a plan changes."""
    values = (each for change in plan.changes if change.model == "res.groups" for each in change.values)
    before = next((str(each.before) for each in values if each.column == "comment"), "")
    return list(changed(numbers, before))


def summary(plan: Plan) -> str:
    """Return one sentence on how much the plan changes."""
    if plan.empty:
        at = plan.observed.deployed.at if plan.observed.deployed else None
        since = _(", déployé le {at:%d/%m/%Y} à {at:%H:%M}").format(at=at.astimezone()) if at else ""
        return _("Rien à faire : le CRM suit le règlement{since}.").format(since=since)
    counts = Counter(change.act for change in plan.changes)
    return _("Plan : ") + ", ".join(f"{counts[act]} {COUNTS[act]}" for act in Act if counts[act]) + "."


def plan_data(plan: Plan, numbers: tuple[BylawNumber, ...] = ()) -> dict[str, object]:
    """Return the plan as JSON data; its fingerprint ties it to the state it was made for."""
    return {
        "format": 1,
        "fingerprint": plan.fingerprint,
        "numbers": [sentence.fr for sentence in numbers_said(plan, numbers)],
        "changes": [_change(change) for change in plan.changes],
        "summary": summary(plan),
    }


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
