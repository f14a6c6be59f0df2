"""Connect to the CRM of a profile: the one place that chooses a transport."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from mist_connector.crm.transports.again import Tell
from mist_connector.crm.transports.json2 import FIRST_MAJOR, Json2
from mist_connector.crm.transports.jsonrpc import JsonRpc
from mist_connector.crm.transports.transport import Account, Transport
from mist_connector.crm.transports.wire import Wire
from mist_connector.crm.transports.xmlrpc import XmlRpc
from mist_connector.errors import CrmError
from mist_connector.language import _

from .address import parse_address
from .port import Crm
from .profiles import Profile, TransportName
from .secrets import looks_like_key
from .version import ask_version

_CLOCKS_APART = timedelta(minutes=5)
_TRANSPORTS: dict[TransportName, type[Transport]] = {
    TransportName.JSON2: Json2,
    TransportName.JSONRPC: JsonRpc,
    TransportName.XMLRPC: XmlRpc,
}


def connect(
    profile: Profile,
    secret: SecretStr,
    *,
    transport: TransportName | str | None = None,
    tell: Tell | None = None,
    answered: bool = False,
) -> Crm:
    """Return the CRM of a profile, over the given transport, the profile's, or the best there is.

    The account is not checked before the first call; `uid()` checks it. Choosing costs one request,
    and only where the secret is an API key. `tell` hears that something is asked again. `answered`: this
    run has heard the CRM at this address, so that a page of something else stands in its place for now. Close
    the result when done (`contextlib.closing`).

    Raises `ConnectionRefused` for an address that is unsafe, unreachable or no Odoo.
    """
    wire = Wire(parse_address(profile.url, insecure=profile.insecure), timeout=profile.timeout)
    wire.pace(profile.calls_per_second)
    if answered:
        wire.understood()
    account = Account(profile.database, profile.login, secret)
    wanted = transport or profile.transport
    crm = _best(wire, account) if wanted is None else _TRANSPORTS[TransportName(wanted)](wire, account)
    crm.tell, crm.mails_per_day = tell, profile.mails_per_day
    return crm


def mails_per_day(crm: Crm) -> int | None:
    """Return how many mails a day the host lets leave, as the profile says; None where it says nothing."""
    return crm.mails_per_day if isinstance(crm, Transport) else None


def clock_of(crm: Crm) -> datetime:
    """Return which moment it is by the CRM's clock."""
    behind = crm.behind if isinstance(crm, Transport) else None
    return datetime.now(UTC) + (behind or timedelta(0))


def told_of_clock(crm: Crm) -> str:
    """Return what to tell of this machine's clock where it is not the CRM's; empty where it is."""
    behind = crm.behind if isinstance(crm, Transport) else None
    if behind is None or abs(behind) < _CLOCKS_APART:
        return ""
    late = _("retarde") if behind > timedelta(0) else _("avance")
    minutes = abs(behind).total_seconds() / 60
    return _(
        "L’horloge de cette machine {late} de {minutes:.0f} min sur celle du CRM : le jour "
        "que mist compte pourrait ne pas être le sien. Réglez-la."
    ).format(late=late, minutes=minutes)


def _best(wire: Wire, account: Account) -> Transport:
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
