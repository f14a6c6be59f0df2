"""Doors that the CRM keeps even its administrator from seeing: told by an action of ours, as numbers only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mist_connector.blueprint.records import MODULE
from mist_connector.crm.port import Crm
from mist_connector.errors import CrmError

from .finding import Closing, SecurityFinding, trace_of
from .holders import Holders

# By kind: the model, what it is, how to close it, and what closes it.
_HANGING: Mapping[str, tuple[str, str, str, Closing, Mapping[str, Any]]] = {
    "message": (
        "mail.message",
        "le message n° {} est attaché à une de nos fiches",
        "lisez-le avec qui le peut, notez dans le dossier ce qui doit l'être, puis supprimez-le",
        Closing.HAND,
        {},
    ),
    "followed": (
        "mail.followers",
        "l'abonnement n° {} suit une de nos fiches",
        "retirez-le",
        Closing.ELEVATED,
        {},
    ),
    "activity": (
        "mail.activity",
        "l'activité n° {} est attachée à une de nos fiches",
        "notez dans le dossier ce qui doit l'être, puis supprimez-la",
        Closing.HAND,
        {},
    ),
    "published": (
        "ir.attachment",
        "la pièce jointe n° {} d'une fiche est publique",
        "rendez-la privée",
        Closing.ELEVATED,
        {"public": False},
    ),
    "shared": (
        "ir.attachment",
        "la pièce jointe n° {} d'une fiche a un jeton, qui l'ouvre à qui le connaît",
        "retirez le jeton",
        Closing.ELEVATED,
        {"access_token": False},
    ),
}


def watched(crm: Crm, holders: Holders) -> Iterator[SecurityFinding]:
    """Yield the accounts in our groups for which no function stands today, and what hangs on our records."""
    domain = [["module", "=", MODULE], ["name", "=", "action_watch"]]
    found = crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
    if not found:
        return  # not deployed: that is a finding of its own
    try:
        answer = crm.call("ir.actions.server", "run", ids=[found[0]["res_id"]])
    except CrmError:
        return  # its code was changed, which is another
    if isinstance(answer, Mapping):
        yield from _members(answer.get("members", []), holders)
        yield from _hanging(answer.get("found", []))


def _members(rows: list[tuple[str, str]], holders: Holders) -> Iterator[SecurityFinding]:
    by_login = {account.login: account for account in holders.accounts}
    for login, group in rows:
        account = by_login[login]
        what = f"le compte {login} est dans {group} sans fonction en cours"
        leave = {"group_ids": [[3, holders.groups[group]]]} if group in account.own else {}
        closing = Closing.WRITE if leave else Closing.HAND
        yield SecurityFinding(
            "member", what, "mist sync", closing, "res.users", account.id, leave, account.trace
        )


def _hanging(rows: list[tuple[str, int, str, str]]) -> Iterator[SecurityFinding]:
    for kind, row_id, who, when in rows:
        model, what, mend, closing, values = _HANGING[kind]
        trace = trace_of({"write_uid": [0, who] if who else None, "write_date": when})
        yield SecurityFinding(kind, what.format(row_id), mend, closing, model, row_id, values, trace)
