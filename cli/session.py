"""A connection to the CRM of a profile, for as long as a command needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import load_profile
from mist_connector.crm.secrets import find_secret


@contextmanager
def opened(profile: str | None) -> Iterator[Crm]:
    """Connect as the account of a profile; None is the default one."""
    found = load_profile(profile)
    with closing(connect(found, find_secret(found))) as crm:
        yield crm
