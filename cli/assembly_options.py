"""What is typed behind `mist assembly`: days, times, items of the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

import click

from mist_connector.bylaws.text import Text
from mist_connector.crm.assembly_writing import NewItem
from mist_connector.declared.assembly import AssemblySettings, ItemKind
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.errors import MistError

assembly_option = click.option(
    "--assembly",
    "code",
    default=None,
    metavar="CODE",
    help="Laquelle ; sinon la première qui n'est pas close. (Which one.)",
)
item_option = click.option(
    "--resolution",
    "titles",
    multiple=True,
    metavar="FR|EN",
    help="Une résolution à voter, en français puis en anglais. (A resolution to vote.)",
)
kind_of_paper = click.option(
    "--document",
    "paper",
    type=click.Choice(["minutes", "results"]),
    default="minutes",
    show_default=True,
    help="Procès-verbal ou résultats. (Minutes or results.)",
)


def day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """Read a day; click's BadParameter for anything else."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("une date s’écrit comme 2026-11-24 (a date: YYYY-MM-DD)") from None


def hour(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Read a time of the day; click's BadParameter for anything else."""
    try:
        return f"{time.fromisoformat(value):%H:%M}"
    except ValueError:
        raise click.BadParameter("une heure s’écrit comme 14:00 (a time: HH:MM)") from None


def agenda(settings: AssemblySettings, extra: Sequence[str], titles: Sequence[str]) -> list[NewItem]:
    """Return the agenda: what always comes, what is asked for by its id, and resolutions.

    Raises MistError for an id that the mappings do not have, or a resolution in one language only.
    """
    known = {item.id: item for item in settings.items}
    for name in extra:
        if name not in known:
            hint = suggest(name, known) or f"connus : {', '.join(known)}"
            raise MistError(f"Point inconnu : {quoted(name)}.", todo=hint)
    chosen = [item for item in settings.items if item.always or item.id in extra]
    items = [NewItem(item.label, item.kind.value, item.office, secret=item.secret) for item in chosen]
    return [*items, *(NewItem(_both(title), ItemKind.RESOLUTION.value) for title in titles)]


def _both(title: str) -> Text:
    french, _, english = (part.strip() for part in title.partition("|"))
    if not french or not english:
        raise MistError(
            f"Résolution {quoted(title)} : il manque une langue.", todo="écrivez « français|anglais »"
        )
    return Text(fr=french, en=english)
