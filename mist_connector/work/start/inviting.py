"""Invitations: the mail by which each of the team sets her password, or the link that it would bear."""

from __future__ import annotations

from collections.abc import Sequence

from mist_connector.blueprint.server_files import joined
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm

from .accounts import Account

_NAME = "invitations"
_LINKS = joined("start", "links")


def invite(crm: Crm, accounts: Sequence[Account]) -> None:
    """Have the CRM send each account the mail by which it sets its password.

    Raises WriteRefused where the CRM reaches no mail server; no invitation has left then.
    """
    if accounts:
        ids = [account.id for account in accounts]
        crm.call("res.users", "action_reset_password", ids=ids, context={"create_user": 1, "lang": "fr_FR"})


def invitation_links(crm: Crm, accounts: Sequence[Account]) -> tuple[tuple[str, str], ...]:
    """Return each account's login and link; whoever has the link sets the password."""
    with Elevated.opened(crm, _NAME, _LINKS) as elevated:
        answer = elevated.run(_LINKS, {"accounts": [account.id for account in accounts]})
    return tuple((str(login), str(link)) for login, link in answer["links"])


def give_address(crm: Crm, account: Account, email: str) -> None:
    """Note the e-mail to which an account's invitation goes."""
    crm.call("res.users", "write", ids=[account.id], vals={"email": email})
