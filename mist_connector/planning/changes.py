"""What would change in the CRM, record by record and value by value, each with its sentence and rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mist_connector.blueprint.records import Record, Value

SHORT = 90
CONTEXT = 20


class Act(StrEnum):
    """What is done with a record."""

    CREATE = "create"  # it is declared and not there
    CHANGE = "change"  # its declaration changed since it was deployed
    RESTORE = "restore"  # somebody changed or deleted it by hand in the CRM
    REMOVE = "remove"  # it is no longer declared
    REVOKE = "revoke"  # somebody added it by hand to what we manage


VERBS = {
    Act.CREATE: ("crée", "créera"),
    Act.CHANGE: ("modifie", "modifiera"),
    Act.RESTORE: ("rétablit (modifié à la main)", "rétablira (modifié à la main)"),
    Act.REMOVE: ("retire", "retirera"),
    Act.REVOKE: ("retire (ajouté à la main)", "retirera (ajouté à la main)"),
}

NOUNS = {
    "res.groups.privilege": "la rubrique de droits",
    "res.groups": "le groupe",
    "ir.model": "le modèle",
    "ir.model.fields": "le champ",
    "ir.model.fields.selection": "le choix",
    "ir.model.access": "le droit d'accès",
    "ir.rule": "la règle d'accès",
    "ir.actions.server": "l'action du serveur",
    "ir.ui.view": "la vue",
    "ir.actions.act_window": "la fenêtre",
    "ir.ui.menu": "le menu",
    "ir.attachment": "le script",
    "ir.asset": "la place du script",
    "mist.setting": "le réglage",
    "x_mist_association": "la fiche de l'association",
}


@dataclass(frozen=True)
class ValueChange:
    """One value: what the CRM holds and what it must hold."""

    column: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Change:
    """One record to create, change, restore or remove."""

    act: Act
    model: str
    name: str
    label: str
    values: tuple[ValueChange, ...] = ()
    rules: tuple[str, ...] = ()
    record: Record | None = None  # what to write; None where it is removed
    id: int | None = None  # the record's id, where it has no external id of ours
    strayed: bool = False  # its external id points to a record that is another's

    def sentence(self, *, done: bool = False) -> str:
        """Say the change in French, in the present once done, in the future before."""
        verb = VERBS[self.act][0 if done else 1]
        because = f" [{', '.join(self.rules)}]" if self.rules else ""
        return f"{verb} {NOUNS.get(self.model, self.model)} « {self.label} »{because}"

    def details(self) -> list[str]:
        """Say each value that changes: column, before, after."""
        return [_detail(value) for value in self.values]


def _detail(change: ValueChange) -> str:
    """Say one value before and after; of long texts, what stands around the first difference."""
    before, after = _text(change.before), _text(change.after)
    if max(len(before), len(after)) > SHORT:
        start = max(0, _first_difference(before, after) - CONTEXT)
        before, after = (_cut(text, start) for text in (before, after))
    return f"{change.column} : {before} → {after}"


def _first_difference(before: str, after: str) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))


def _text(value: Value) -> str:
    if value is None:
        return "(vide)"
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value))) or "(aucun)"
    return " ".join(str(value).split())


def _cut(text: str, start: int) -> str:
    part = text[start : start + SHORT]
    return ("…" if start else "") + part + ("…" if start + SHORT < len(text) else "")
