"""An assembly to come: its day, its agenda, and the limit that it should keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mist_connector.assembly.terms import limit_after
from mist_connector.bylaws.text import Text
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.declared.assembly import AssemblySettings, ItemKind
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.errors import MistError
from mist_connector.language import _

from .assemblies import ASSEMBLY
from .days import CANCELLED, assembly_days
from .writing import NewItem, Place, create_assembly


@dataclass(frozen=True)
class AssemblyPlan:
    """An assembly that is not recorded yet; `limit`: the last day that the bylaws leave for it."""

    on: date
    hour: str
    place: Place
    items: Sequence[NewItem]
    by: str | None
    limit: date | None

    @property
    def is_late(self) -> bool:
        """True where its day lies after the limit."""
        return self.limit is not None and self.on > self.limit


def prepare_plan(
    crm: Crm,
    settings: AssemblySettings,
    items: Sequence[NewItem],
    *,
    on: date,
    hour: str,
    place: Place,
    by: str | None,
    today: date,
) -> AssemblyPlan:
    """Return the plan of an assembly; MistError for a day that is past, or that another one has."""
    if on < today:
        raise MistError(
            _("Le {on:%d/%m/%Y} est passé : une assemblée se prévoit pour un jour à venir.").format(on=on),
            todo=_("notez celle qui s'est tenue avant le CRM dans le CRM (état « Tenue avant le CRM »)"),
        )
    days = assembly_days(crm)
    if any(each.on == on for each in days if each.state != CANCELLED):
        raise MistError(
            _("Une assemblée est déjà prévue ce jour-là."), todo=_("voyez « mist assembly status »")
        )
    held = [each.on for each in days if each.is_over]
    limit = limit_after(held[-1], settings) if held else None
    return AssemblyPlan(on, hour, place, items, by, limit)


def record_plan(crm: Crm, plan: AssemblyPlan) -> str:
    """Record the assembly with its agenda; return its code."""
    row = create_assembly(crm, on=plan.on, hour=plan.hour, place=plan.place, items=plan.items, by=plan.by)
    [made] = read_all(crm, ASSEMBLY, ["x_name"], domain=[["id", "=", row]])
    return str(made["x_name"])


def agenda(settings: AssemblySettings, extra: Sequence[str], titles: Sequence[str]) -> list[NewItem]:
    """Return the agenda: what always comes, what is asked for by its id, and resolutions.

    Raises MistError for an id that the mappings do not have, or a resolution in one language only.
    """
    known = {item.id: item for item in settings.items}
    for name in extra:
        if name not in known:
            hint = suggest(name, known) or _("connus : {known}").format(known=", ".join(known))
            raise MistError(_("Point inconnu : {name}.").format(name=quoted(name)), todo=hint)
    chosen = [item for item in settings.items if item.always or item.id in extra]
    items = [NewItem(item.label, item.kind.value, item.office, secret=item.secret) for item in chosen]
    return [*items, *(NewItem(both_languages(title), ItemKind.RESOLUTION.value) for title in titles)]


def both_languages(title: str) -> Text:
    """Return a text typed as « français|anglais »; MistError where one is missing."""
    french, _bar, english = (part.strip() for part in title.partition("|"))
    if not french or not english:
        raise MistError(
            _("{title} : il manque une langue.").format(title=quoted(title)),
            todo=_("écrivez « français|anglais »"),
        )
    return Text(fr=french, en=english)
