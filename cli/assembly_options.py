"""What is typed behind `mist assembly`: days, times, items of the agenda."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, TypeVar

import click

from mist_connector.bylaws.text import Text
from mist_connector.crm.assembly_writing import NewItem
from mist_connector.declared.assembly import AssemblySettings, ItemKind
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.errors import MistError

from .options import dry_run_option, json_option, mappings_option, profile_option, yes_option

F = TypeVar("F", bound=Callable[..., Any])


def options(*several: Callable[[F], F]) -> Callable[[F], F]:
    """Return several options as one decorator."""

    def decorated(function: F) -> F:
        for option in reversed(several):
            function = option(function)
        return function

    return decorated


def day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """Read a day; click's BadParameter for anything else."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("une date s’écrit comme 2026-11-24 (a date: YYYY-MM-DD)") from None


assembly_option = click.option(
    "--assembly",
    "code",
    default=None,
    metavar="CODE",
    help="Laquelle ; sinon la première qui n'est pas close. (Which one.)",
)
place_options = (
    click.option("--place", default="", metavar="TEXTE", help="Lieu ou lien. (Place or link.)"),
    click.option(
        "--tell-place",
        is_flag=True,
        help="Écrit le lieu dans les documents ; sinon il reste secret. (Writes the place in documents.)",
    ),
    click.option(
        "--place-from",
        callback=day,
        default=None,
        metavar="DATE",
        help="Seulement à partir de ce jour. (From this day only.)",
    ),
)
by_option = click.option(
    "--by", type=click.Choice(["bureau", "board", "members"]), default=None, help="Qui convoque (Q22). (Who.)"
)
step = options(assembly_option, profile_option, mappings_option, dry_run_option, yes_option, json_option)
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
    return [*items, *(NewItem(both(title), ItemKind.RESOLUTION.value) for title in titles)]


def both(title: str) -> Text:
    """Return a text typed in both languages; MistError where one is missing."""
    french, _, english = (part.strip() for part in title.partition("|"))
    if not french or not english:
        raise MistError(f"{quoted(title)} : il manque une langue.", todo="écrivez « français|anglais »")
    return Text(fr=french, en=english)
