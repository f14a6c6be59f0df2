"""Check that a profile's account is the one that logs in."""

from __future__ import annotations

from mist_connector.errors import AuthenticationRefused
from mist_connector.language import _

from .port import Crm


def check_account(crm: Crm) -> int:
    """Log in, and return the user's id.

    Raises `AuthenticationRefused` if the CRM does not accept the account, or if the key is another's.
    """
    user = crm.uid()
    [row] = crm.call("res.users", "read", ids=[user], fields=["login"])
    if row["login"] != crm.login:
        raise AuthenticationRefused(
            _("La clé API n’est pas celle de ce compte."),
            todo=_("Donnez l’identifiant du compte à qui est la clé, ou une clé de ce compte."),
        )
    return user
