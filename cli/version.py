"""`mist version`: which version runs, and on what."""

from __future__ import annotations

import platform
from importlib.metadata import version

import click

from mist_connector.language import _

from . import console
from .options import json_option


@click.command(help=_("Montre la version."))
@json_option
def command(*, as_json: bool) -> None:
    """Print the versions of mist and Python."""
    versions = {"mist": version("mist-connector"), "python": platform.python_version()}
    if as_json:
        console.emit_json(versions)
    else:
        console.say(f"mist {versions['mist']} (Python {versions['python']})")
