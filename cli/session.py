"""A connection to the CRM of a profile, while a command needs it, with no more rights than it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from mist_connector.crm.config_directory import config_directory
from mist_connector.crm.connect import connect, told_of_clock
from mist_connector.crm.other_ways import suggesting
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import load_profile
from mist_connector.crm.rights import (
    Purpose,
    deployed_bylaws,
    read_rights,
    require_bylaws,
    require_fit,
    warnings_of,
)
from mist_connector.crm.secrets import find_secret

from . import console
from .declared_mappings import digest, key_warning_days
from .options import MORE_RIGHTS, OTHER_MAPPINGS
from .page_files import tell_swept


@contextmanager
def opened(
    profile: str | None, purpose: Purpose = Purpose.RUN, *, any_mappings: bool = False
) -> Iterator[Crm]:
    """Connect as the account of a profile; None is the default one.

    Raises AccountUnfit for an account that lacks what the purpose takes, or has more, and MappingsDiffer
    where the command goes by other mappings than those that are deployed (unless `any_mappings`); `mist` may
    be told that either is meant.
    """
    _tell_swept(config_directory())
    found = load_profile(profile)
    secret = find_secret(found)
    with closing(connect(found, secret, tell=console.note)) as crm:
        if purpose is not Purpose.ANY:
            with suggesting(found, secret):
                rights = read_rights(crm)
            require_fit(rights, purpose, more_allowed=_told(MORE_RIGHTS))
            by = None if any_mappings or _told(OTHER_MAPPINGS) else digest()
            if by is not None:
                require_bylaws(deployed_bylaws(crm, rights), by)
            for warning in warnings_of(rights, datetime.now(UTC), key_warning_days()):
                console.note(warning)
            if warning := told_of_clock(crm):
                console.note(warning)
        yield crm


def _tell_swept(folder: Path) -> None:
    """Remove and name what a command that was killed left half written among the profiles and secrets."""
    for place in ("profiles", "secrets", "rotating", "signing", "lists"):
        tell_swept(folder / place)


def _told(what: str) -> bool:
    """Tell whether `mist` was told that a command may do something."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(what))
