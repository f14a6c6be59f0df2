"""The one question that commands ask before they write."""

from __future__ import annotations

import click

from mist_connector.errors import MistError
from mist_connector.language import _


def consented(question: str, *, yes: bool, as_json: bool) -> bool:
    """Ask, unless the answer was given; nobody can be asked where the output is for a program."""
    if yes:
        return True
    if as_json:
        raise MistError(_("Avec --json, rien n'est demandé."), todo=_("ajoutez --yes, ou --dry-run"))
    return click.confirm(question, default=False)
