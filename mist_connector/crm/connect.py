"""Connect to the CRM of a profile: the one place that chooses a transport."""

from __future__ import annotations

from pydantic import SecretStr

from mist_connector.errors import CrmError

from .address import parse_address
from .json2 import FIRST_MAJOR, Json2
from .jsonrpc import JsonRpc
from .port import Crm
from .profiles import Profile, TransportName
from .secrets import looks_like_key
from .transport import Account, Transport
from .version import ask_version
from .wire import Wire
from .xmlrpc import XmlRpc

_TRANSPORTS: dict[TransportName, type[Transport]] = {
    TransportName.JSON2: Json2,
    TransportName.JSONRPC: JsonRpc,
    TransportName.XMLRPC: XmlRpc,
}


def connect(profile: Profile, secret: SecretStr, *, transport: TransportName | str | None = None) -> Crm:
    """Return the CRM of a profile, over the given transport, the profile's, or the best there is.

    The account is not checked before the first call; `uid()` checks it. Choosing costs one request,
    and only where the secret is an API key. Close the result when done (`contextlib.closing`).

    Raises `ConnectionRefused` for an address that is unsafe, unreachable or no Odoo.
    """
    wire = Wire(parse_address(profile.url, insecure=profile.insecure), timeout=profile.timeout)
    account = Account(profile.database, profile.login, secret)
    wanted = transport or profile.transport
    if wanted is not None:
        return _TRANSPORTS[TransportName(wanted)](wire, account)
    return _best(wire, account)


def _best(wire: Wire, account: Account) -> Crm:
    """Prefer the API that stays; where it is not to be had, odoorpc's."""
    if not looks_like_key(account.secret):
        return JsonRpc(wire, account)
    try:
        version = ask_version(wire)
    except CrmError:
        wire.close()
        raise
    chosen = Json2 if version.major >= FIRST_MAJOR else JsonRpc
    return chosen(wire, account, version)


def transport_of(crm: Crm) -> TransportName | None:
    """Return which way a connection goes, to be kept in a profile; None for one that is not of ours."""
    return next((name for name, kind in _TRANSPORTS.items() if isinstance(crm, kind)), None)
