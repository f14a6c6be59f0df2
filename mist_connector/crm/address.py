"""The CRM's web address: what is accepted, and what would send a secret in the clear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from mist_connector.errors import ConnectionRefused
from mist_connector.language import _

_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[0-9A-Za-z._:-]+")  # a name beyond ASCII is to be given in its xn-- form


@dataclass(frozen=True)
class Address:
    """A web address, taken apart; `path` is empty or begins with a slash and never ends with one."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def loopback(self) -> bool:
        """Whether the address is this machine, so that nothing crosses a network."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def url(self) -> str:
        """The address as text, without a trailing slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def parse_address(url: str, *, insecure: bool = False) -> Address:
    """Take an address apart.

    Raises `ConnectionRefused` for what is no web address, for one that carries a login, and for plain
    http to anywhere but this machine, unless `insecure` accepts that.
    """
    parts = _split(url)
    address = Address(parts.scheme, parts.hostname or "", _port(parts), parts.path.rstrip("/"))
    if address.scheme == "http" and not address.loopback and not insecure:
        raise ConnectionRefused(
            _("L’adresse {url} n’est pas chiffrée : le secret et les données passeraient en clair.").format(
                url=address.url
            ),
            todo=_("Écrivez https:// ; sur un réseau que vous maîtrisez seulement, ajoutez --insecure."),
        )
    return address


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise _malformed() from None
    if parts.scheme not in _PORTS or not _HOST.fullmatch(parts.hostname or ""):
        raise _malformed()
    if "@" in parts.netloc:
        raise ConnectionRefused(
            _("L’adresse du CRM contient un identifiant ou un mot de passe."),
            todo=_("Écrivez l’adresse seule, par exemple https://crm.example.org."),
        )
    return parts


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or _PORTS[parts.scheme]
    except ValueError:
        raise _malformed() from None


def _malformed() -> ConnectionRefused:
    return ConnectionRefused(
        _("Ce n’est pas une adresse de CRM."),
        todo=_("Écrivez-la en entier, par exemple https://crm.example.org."),
    )
