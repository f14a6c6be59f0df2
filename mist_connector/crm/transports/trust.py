"""The HTTP client of one address: which certificates it trusts, and through which proxy it goes."""

from __future__ import annotations

import os
import ssl

import httpx

from mist_connector.crm.address import Address
from mist_connector.errors import ConnectionRefused
from mist_connector.language import _

_CONNECT_SECONDS = 10.0


def client(address: Address, timeout: float) -> httpx.Client:
    """Return a client; a private authority counts on this machine too, where a tunnel may end.

    Raises ConnectionRefused for certificates that cannot be read, and for a proxy of an unknown kind.
    """
    try:
        return httpx.Client(
            base_url=address.url,
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
            headers={"Accept-Language": "fr-FR"},  # the CRM's own sentences in French, its data as asked for
            trust_env=not address.loopback,  # a proxy has no business between this machine and itself
            verify=_trusted(),
        )
    except (ImportError, ValueError):
        failure = ConnectionRefused(
            _("Le proxy que cette machine demande n’est pas d’une sorte connue (HTTPS_PROXY, ALL_PROXY)."),
            todo=_("Donnez un proxy http:// ; pour socks, installez le paquet Python « socksio »."),
        )
    raise failure


def _trusted() -> ssl.SSLContext:
    """Return the authorities that are trusted: of SSL_CERT_FILE or SSL_CERT_DIR, else the usual ones."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not file and not folder:
        return _lenient(httpx.create_ssl_context())
    try:
        return _lenient(ssl.create_default_context(cafile=file or None, capath=folder or None))
    except (OSError, ssl.SSLError):
        name = "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
    raise ConnectionRefused(
        _("Le fichier que donne {name} ne peut pas être lu, ou n’est pas un certificat.").format(name=name),
        todo=_("Corrigez {name}, ou retirez-le si aucune autorité privée n’est en jeu.").format(name=name),
    )


def _lenient(context: ssl.SSLContext) -> ssl.SSLContext:
    """Accept authorities without key identifiers, as private ones often are; signatures are checked."""
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context
