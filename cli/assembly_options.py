"""What is typed behind `mist assembly`: days, times, places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

import click

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
    help="Laquelle ; à dire s'il y en a plusieurs. (Which one; needed where there are several.)",
)
place_options = (
    click.option("--place", default="", metavar="TEXTE", help="Lieu ou lien. (Place or link.)"),
    click.option(
        "--tell-place",
        is_flag=True,
        help="Écrit le lieu dans les documents. (Writes the place in documents.)",
    ),
    click.option(
        "--place-from",
        callback=day,
        default=None,
        metavar="DATE",
        help="Seulement à partir de ce jour. (From this day only.)",
    ),
    click.option(
        "--secret-place",
        is_flag=True,
        help="Garde le lieu secret, exprès : aucun courriel ne le porte. (No mail bears the place.)",
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
    type=click.Choice(["minutes", "results", "original"]),
    default="minutes",
    show_default=True,
    help="Procès-verbal, résultats, ou original à garder. (Minutes, results, or original to keep.)",
)


def hour(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Read a time of the day; click's BadParameter for anything else."""
    try:
        return f"{time.fromisoformat(value):%H:%M}"
    except ValueError:
        raise click.BadParameter("une heure s’écrit comme 14:00 (a time: HH:MM)") from None
