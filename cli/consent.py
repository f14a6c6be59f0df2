"""The one question that commands ask before they write."""

from __future__ import annotations

from functools import partial

import click

from mist_connector.errors import MistError
from mist_connector.language import _

# What is typed for an answer, whatever language is spoken: fingers keep their habits.
_ANSWERS = {"o": True, "oui": True, "y": True, "yes": True, "n": False, "non": False, "no": False}


def consented(question: str, *, yes: bool, as_json: bool) -> bool:
    """Ask, unless the answer was given; nobody can be asked where the output is for a program."""
    if yes:
        return True
    if as_json:
        raise MistError(_("Avec --json, rien n'est demandé."), todo=_("ajoutez --yes, ou --dry-run"))
    return confirmed(question)


def confirmed(question: str, *, default: bool = False) -> bool:
    """Ask until the answer is yes or no; the Enter key alone is the default."""
    choice = _("O/n") if default else _("o/N")
    return bool(
        click.prompt(
            f"{question} [{choice}]",
            default="",
            show_default=False,
            prompt_suffix=_(" : "),
            value_proc=partial(_answer, default=default),
        )
    )


def _answer(typed: str, *, default: bool) -> bool:
    word = typed.strip().casefold()
    if not word:
        return default
    if word not in _ANSWERS:
        raise click.UsageError(_("répondez par oui ou par non"))
    return _ANSWERS[word]
