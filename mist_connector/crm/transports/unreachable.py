"""What to say when no answer came back: the address, the network, TLS or the time ran out."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.request import getproxies, proxy_bypass

import httpx

from mist_connector.crm.address import Address
from mist_connector.errors import ConnectionRefused, CrmError, NotReached, OutcomeUnknown
from mist_connector.language import _


def unreachable(error: httpx.HTTPError, address: Address, timeout: float) -> CrmError:
    """Return the sentence for a request that got no answer; the cause, which holds it, is not kept."""
    if isinstance(error, httpx.TimeoutException):
        return _timed_out(error, address, timeout)
    causes = tuple(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return _untrusted(address)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return ConnectionRefused(
            _("Le nom {host} n’existe pas, ou cette machine n’est pas reliée au réseau.").format(
                host=address.host
            ),
            todo=_("Vérifiez l’adresse du CRM et la connexion à Internet."),
        )
    if isinstance(error, httpx.ProxyError) or (
        isinstance(error, httpx.ConnectError) and _through_proxy(address)
    ):
        return ConnectionRefused(
            _("Le proxy de cette machine ne répond pas, ou refuse (HTTPS_PROXY, ALL_PROXY)."),
            todo=_("Vérifiez le proxy ; pour s’en passer : NO_PROXY avec le nom du CRM."),
        )
    if isinstance(error, httpx.ConnectError):
        return NotReached(
            _("Personne ne répond à l’adresse {url}.").format(url=address.url),
            todo=_("Vérifiez l’adresse et que le CRM est en marche."),
        )
    return _cut_off(address)


def redirected(address: Address, elsewhere: str) -> CrmError:
    """Return the sentence for an address that sends elsewhere: a secret must not follow."""
    return ConnectionRefused(
        _("L’adresse {url} renvoie ailleurs ; mist ne suit pas, pour ne pas y envoyer le secret.").format(
            url=address.url
        ),
        todo=_("Si c’est bien le CRM, relancez « mist init » avec l’adresse {elsewhere}.").format(
            elsewhere=elsewhere
        )
        if elsewhere
        else "",
    )


def not_odoo(address: Address) -> CrmError:
    """Return the sentence for an answer that no Odoo gives."""
    return ConnectionRefused(
        _("Ce qui répond à l’adresse {url} n’est pas un CRM Odoo.").format(url=address.url),
        todo=_("Vérifiez l’adresse, sans chemin après le nom, et qu’aucun pare-feu ne répond à sa place."),
    )


def _timed_out(error: httpx.TimeoutException, address: Address, timeout: float) -> CrmError:
    if isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        return NotReached(
            _("L’adresse {url} ne répond pas dans le temps imparti ({timeout:g} s).").format(
                url=address.url, timeout=timeout
            ),
            todo=_("Vérifiez l’adresse, le réseau et le pare-feu."),
        )
    return OutcomeUnknown(
        _("Le CRM n’a pas répondu en {timeout:g} s ; l’opération demandée a pu avoir lieu ou non.").format(
            timeout=timeout
        ),
        todo=_("Relancez pour voir où en est le CRM ; au besoin, augmentez le délai du profil (--timeout)."),
    )


def _untrusted(address: Address) -> CrmError:
    return ConnectionRefused(
        _("La connexion chiffrée à {host} n’est pas sûre : certificat refusé ou TLS absent.").format(
            host=address.host
        ),
        todo=_("Vérifiez l’adresse ; pour une autorité privée, donnez son certificat par SSL_CERT_FILE."),
    )


def _cut_off(address: Address) -> CrmError:
    return OutcomeUnknown(
        _("La connexion à {url} a été coupée ; l’opération demandée a pu avoir lieu ou non.").format(
            url=address.url
        ),
        todo=_("Relancez pour voir où en est le CRM."),
    )


def _through_proxy(address: Address) -> bool:
    """Say whether this machine asks for a proxy on the way to an address."""
    return (
        not address.loopback
        and any(map(getproxies().get, (address.scheme, "all")))
        and not proxy_bypass(address.host)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
