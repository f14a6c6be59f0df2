"""`mist version`: which version runs, and on what."""

from __future__ import annotations

import platform
from importlib.metadata import version

import click

from . import console
from .options import json_option


@click.command(help="Montre la version. (Shows the version.)")
@json_option
def command(*, as_json: bool) -> None:
    """Print the versions of mist and Python."""
    versions = {"mist": version("mist-connector"), "python": platform.python_version()}
    if as_json:
        console.emit_json(versions)
    else:
        console.say(f"mist {versions['mist']} (Python {versions['python']})")
