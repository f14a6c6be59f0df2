"""Whom the CRM's mails come from, against what `hardening.yaml` names: no mail leaves until they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mist_connector.blueprint.hardening import Hardening
from mist_connector.crm.port import Crm
from mist_connector.language import _

_COLUMNS = ("email", "default_from_email", "catchall_email", "bounce_email")
_PLACES = dict(
    zip(
        _COLUMNS,
        (
            _("l'adresse de la société"),
            _("l'expéditeur du domaine"),
            _("les réponses (catchall)"),
            _("les retours (bounce)"),
        ),
        strict=True,
    )
)


# What a new CRM calls its company, in every mail, until somebody says how the association is called.
UNNAMED = "My Company"


def read_mail_servers(crm: Crm) -> tuple[str, ...]:
    """Return the host of each outgoing mail server in force; only an administrator may read them."""
    rows = crm.call("ir.mail_server", "search_read", domain=[], fields=["smtp_host"])
    return tuple(sorted({str(row["smtp_host"] or "") for row in rows}))


def read_company(crm: Crm) -> Mapping[str, Any]:
    """Return the id, name and addresses of the CRM's first company, whose mails they are."""
    fields = ["name", *_COLUMNS]
    [row] = crm.call("res.company", "search_read", domain=[], fields=fields, order="id", limit=1)
    return dict(row)


def differences(
    company: Mapping[str, Any], servers: Sequence[str], hardening: Hardening, *, placeholder: str
) -> tuple[str, ...]:
    """Say what of the CRM, or of the rules, keeps our mails from leaving.

    `placeholder`: the invented address that the delivered rules name, and that is nobody's.
    """
    return tuple(_differences(company, servers, hardening, placeholder))


def _differences(
    company: Mapping[str, Any], servers: Sequence[str], hardening: Hardening, placeholder: str
) -> Iterator[str]:
    sender = hardening.sender
    if sender is None or sender.address == placeholder:
        yield _("les règles (hardening.yaml, sender) ne disent pas encore l'adresse de l'association")
        return
    if not company["email"]:
        yield _("la société n'a pas d'adresse dans le CRM")
    for column, place in _PLACES.items():
        there = str(company.get(column) or "").strip().lower()
        if there and there not in sender.known:
            yield _("{place} est « {there} », les règles disent « {address} »").format(
                place=place, there=there, address=sender.address
            )
    unknown = [host for host in servers if host not in hardening.mail_servers]
    if unknown:
        yield _("les règles (mail_servers) ne connaissent pas le serveur de courriel {unknown}").format(
            unknown=", ".join(unknown)
        )


def set_company_address(crm: Crm, company: Mapping[str, Any], address: str) -> None:
    """Give the CRM's company the association's address."""
    crm.call("res.company", "write", ids=[int(company["id"])], vals={"email": address})
