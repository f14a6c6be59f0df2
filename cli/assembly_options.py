"""What is typed behind `mist assembly`: days, times, places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

import click

from mist_connector.language import _

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
        raise click.BadParameter(_("une date s’écrit comme 2026-11-24")) from None


assembly_option = click.option(
    "--assembly",
    "code",
    default=None,
    metavar="CODE",
    help=_("Laquelle ; à dire s'il y en a plusieurs."),
)
place_options = (
    click.option("--place", default="", metavar=_("TEXTE"), help=_("Lieu ou lien.")),
    click.option(
        "--tell-place",
        is_flag=True,
        help=_("Écrit le lieu dans les documents."),
    ),
    click.option(
        "--place-from",
        callback=day,
        default=None,
        metavar=_("DATE"),
        help=_("Seulement à partir de ce jour."),
    ),
    click.option(
        "--secret-place",
        is_flag=True,
        help=_("Garde le lieu secret, exprès : aucun courriel ne le porte."),
    ),
)
by_option = click.option(
    "--by", type=click.Choice(["bureau", "board", "members"]), default=None, help=_("Qui convoque (Q22).")
)
step = options(assembly_option, profile_option, mappings_option, dry_run_option, yes_option, json_option)
item_option = click.option(
    "--resolution",
    "titles",
    multiple=True,
    metavar="FR|EN",
    help=_("Une résolution à voter, en français puis en anglais."),
)
kind_of_paper = click.option(
    "--document",
    "paper",
    type=click.Choice(["minutes", "results", "original"]),
    default="minutes",
    show_default=True,
    help=_("Procès-verbal, résultats, ou original à garder."),
)


def hour(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Read a time of the day; click's BadParameter for anything else."""
    try:
        return f"{time.fromisoformat(value):%H:%M}"
    except ValueError:
        raise click.BadParameter(_("une heure s’écrit comme 14:00")) from None
