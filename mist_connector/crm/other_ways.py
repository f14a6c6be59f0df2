"""Which other way to the CRM works, where the one that was chosen does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from pydantic import SecretStr

from mist_connector.errors import ConnectionRefused, CrmError, DatabaseUnknown, RequestInvalid
from mist_connector.language import _

from .connect import connect
from .profiles import Profile, TransportName

# What a host answers that shuts one way and not the others; a wrong key is no such thing, nor is silence.
_SHUT = (ConnectionRefused, DatabaseUnknown, RequestInvalid)


@contextmanager
def suggesting(profile: Profile, secret: SecretStr) -> Iterator[None]:
    """Add to the error of a way that is shut which other way answers this account."""
    try:
        yield
    except CrmError as error:
        # Where nobody was reached, or nobody can tell what happened, another way tells nothing either.
        if type(error) in _SHUT and (other := _working(profile, secret)) is not None:
            error.todo = (
                _("« mist init --transport {other} » : cette voie-là répond. {todo}")
                .format(other=other, todo=error.todo)
                .rstrip()
            )
        raise


def _working(profile: Profile, secret: SecretStr) -> TransportName | None:
    for name in TransportName:
        if name is not profile.transport and _answers(profile, secret, name):
            return name
    return None


def _answers(profile: Profile, secret: SecretStr, name: TransportName) -> bool:
    try:
        with closing(connect(profile, secret, transport=name)) as crm:
            return crm.uid() > 0
    except CrmError:
        return False
