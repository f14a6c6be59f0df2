"""What to say of an answer that is not the CRM's own, by whether the request may have reached it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from mist_connector.crm.address import Address
from mist_connector.errors import Busy, CrmError, Interrupted, OutcomeUnknown, RequestInvalid
from mist_connector.language import _

from .unreachable import not_odoo

_MOST_AFTER = 3600.0
# Whoever answers so did not hand the request on.
_NOT_TAKEN = {
    HTTPStatus.TOO_MANY_REQUESTS: _("Le CRM refuse d’autres demandes pour l’instant."),
    HTTPStatus.SERVICE_UNAVAILABLE: _("Le CRM est arrêté pour l’instant, ou redémarre."),
}


def foreign(status: int, after: str, address: Address, *, known: bool) -> CrmError:
    """Return the error for an answer that no Odoo gives; `known`: an Odoo answered there before."""
    if status in _NOT_TAKEN:
        return _busy(HTTPStatus(status), seconds_after(after))
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return RequestInvalid(
            _("Le CRM refuse un envoi aussi gros."),
            todo=_("Demandez à l’hébergeur la taille d’envoi permise."),
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return OutcomeUnknown(
            _(
                "Le serveur devant le CRM a répondu à sa place (HTTP {status}) ; ce qui était "
                "demandé a pu avoir lieu ou non."
            ).format(status=status),
            todo=_("Attendez un instant, puis relancez : ce qui est fait sera retrouvé."),
        )
    if known:
        return OutcomeUnknown(
            _(
                "Une page étrangère ou coupée est venue au lieu de la réponse du CRM ; ce qui était "
                "demandé a pu avoir lieu ou non."
            ),
            todo=_(
                "Un entretien, un portail de connexion ou un pare-feu répond peut-être ; relancez ensuite."
            ),
        )
    return not_odoo(address)


def seconds_after(header: str) -> float | None:
    """Return how many seconds a `Retry-After` asks to wait, given in seconds or as a moment; else None."""
    try:
        wait = float(header)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(wait, 0.0), _MOST_AFTER)


def interrupted() -> Interrupted:
    """Return the error for a request that was in the CRM's hands when somebody stopped mist."""
    return Interrupted(
        _("Interrompu pendant que le CRM travaillait : ce qui lui était demandé a pu avoir lieu ou non."),
        todo=_("Relancez pour voir où en est le CRM : ce qui est fait sera retrouvé."),
    )


def _busy(status: HTTPStatus, after: float | None) -> Busy:
    wait = _("quelques minutes") if after is None else f"{after:.0f} s"
    todo = _("Rien n’a été fait. Attendez {wait}, puis relancez.").format(wait=wait)
    too_many = status is HTTPStatus.TOO_MANY_REQUESTS
    return Busy(f"{_NOT_TAKEN[status]} (HTTP {status.value})", todo=todo, after=after, too_many=too_many)
