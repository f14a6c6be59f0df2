"""All general assemblies by their days, and the one that a step means, without anything else about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.batches import read_all
from mist_connector.crm.days import day_of
from mist_connector.crm.port import Crm
from mist_connector.errors import MistError
from mist_connector.language import _

# Closed here, or held before the CRM knew of assemblies.
OVER = frozenset({"closed", "past"})
CANCELLED = "cancelled"
# Its members were told of it, and of figures for its day.
TOLD = frozenset({"convened", "open", "closed"})


@dataclass(frozen=True)
class AssemblyDay:
    """An assembly among the others: its code, its day, how far it is, whether members were convened."""

    code: str
    on: date
    state: str
    convened: bool = False

    @property
    def is_over(self) -> bool:
        """True once it is closed, be it before the CRM knew of assemblies."""
        return self.state in OVER

    @property
    def is_pending(self) -> bool:
        """True while it is still to be held, or to be closed or cancelled."""
        return not self.is_over and self.state != CANCELLED

    @property
    def is_told(self) -> bool:
        """True where members know of it, also where it was cancelled after they had been convened."""
        return self.state in TOLD or (self.state == CANCELLED and self.convened)


@dataclass(frozen=True)
class AssemblyDays:
    """When assemblies were held, and when others are planned."""

    held: tuple[date, ...]
    planned: tuple[date, ...]


def assembly_days(crm: Crm, model: str = "x_mist_assembly") -> tuple[AssemblyDay, ...]:
    """Return every assembly, the earliest first."""
    rows = read_all(crm, model, ["x_name", "x_on", "x_state", "x_convened_on"])
    days = (
        AssemblyDay(
            row["x_name"],
            day,
            row["x_state"] or "planned",
            convened=bool(row["x_convened_on"]),
        )
        for row in rows
        if (day := day_of(row["x_on"]))
    )
    return tuple(sorted(days, key=lambda each: (each.on, each.code)))


def read_assembly_days(crm: Crm, blueprint: Blueprint, *, on: date) -> AssemblyDays:
    """Read the days of all assemblies; one whose day has passed and that was never closed is neither."""
    days = assembly_days(crm, blueprint.model("assembly").technical)
    return AssemblyDays(
        held=tuple(each.on for each in days if each.is_over and each.on <= on),
        planned=tuple(each.on for each in days if each.is_pending and each.on >= on),
    )


def current_assembly(days: Sequence[AssemblyDay], code: str | None) -> AssemblyDay:
    """Return the assembly of a code; None: the first one that is pending, else the last one."""
    if code is not None:
        return _of_code(days, code)
    if not days:
        raise MistError(_("Aucune assemblée n'est enregistrée."), todo=_("lancez « mist assembly plan »"))
    return next((each for each in days if each.is_pending), days[-1])


def assembly_meant(
    days: Sequence[AssemblyDay], code: str | None, states: Collection[str], *, today: date
) -> AssemblyDay:
    """Return the assembly that a step of these states is about.

    Without a code: the last one of those over or cancelled, where the step follows that; else the only one
    that is pending. Raises MistError where several are pending: which one is meant is not guessed.
    """
    pending = [each for each in days if each.is_pending]
    after = [each for each in days if each.state in states and not each.is_pending]
    if code is None and after:
        return after[-1]
    if code is None and len(pending) > 1:
        raise MistError(
            _("Plusieurs assemblées ne sont ni closes ni annulées : {listed}.").format(
                listed=_listed(pending, today)
            ),
            todo=_("nommez-la (--assembly CODE) ; « mist assembly cancel » pour celle qui n'a pas eu lieu"),
        )
    return current_assembly(days, code)


def _of_code(days: Sequence[AssemblyDay], code: str) -> AssemblyDay:
    found = next((each for each in days if each.code == code), None)
    if found is None:
        raise MistError(
            _("Aucune assemblée « {code} ».").format(code=code), todo=_("voyez « mist assembly status »")
        )
    return found


def _listed(days: Sequence[AssemblyDay], today: date) -> str:
    return ", ".join(
        f"{each.code}, {each.on:%d/%m/%Y}"
        + (_(" (passée : à clore ou à annuler)") if each.on < today else "")
        for each in days
    )
