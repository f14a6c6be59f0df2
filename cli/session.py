"""A connection to the CRM of a profile, while a command needs it, with no more rights than it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import click

from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import load_profile
from mist_connector.crm.rights import Purpose, read_rights, require_fit, warnings_of
from mist_connector.crm.secrets import find_secret

from . import console
from .declared_mappings import key_warning_days
from .options import MORE_RIGHTS


@contextmanager
def opened(profile: str | None, purpose: Purpose = Purpose.RUN) -> Iterator[Crm]:
    """Connect as the account of a profile; None is the default one.

    Raises AccountUnfit for an account that lacks what the purpose takes, or has more, unless `mist` was told
    that it may.
    """
    found = load_profile(profile)
    with closing(connect(found, find_secret(found))) as crm:
        if purpose is not Purpose.ANY:
            rights = read_rights(crm)
            require_fit(rights, purpose, more_allowed=_more_allowed())
            for warning in warnings_of(rights, datetime.now(UTC), key_warning_days()):
                console.note(warning)
        yield crm


def _more_allowed() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(MORE_RIGHTS))
