"""Ways to what is attached to a record of ours, and to take it out of there."""

from __future__ import annotations

from typing import Any

from mist_connector.bylaws.matrix import Act

from .channel import Channel, Try
from .doors import Visitor
from .planting import Planted, Target

ATTACHMENT = "ir.attachment"


def _ask(method: str, **more: Any) -> Try:  # noqa: ANN401 - as the CRM's own methods
    def tried(who: Visitor, it: Target, planted: Planted) -> str:
        return who.say(ATTACHMENT, method, ids=[planted.attachments[it.model.key]], **more)

    return tried


def _search(who: Visitor, it: Target, _: Planted) -> str:
    domain = [["res_model", "=", it.model.technical], ["res_id", "=", it.id]]
    return who.say(ATTACHMENT, "search_read", domain=domain, fields=["raw"])


def _count(who: Visitor, it: Target, planted: Planted) -> str:
    domain = [["id", "=", planted.attachments[it.model.key]], ["index_content", "ilike", it.word]]
    answer = who.say(ATTACHMENT, "search_count", domain=domain)
    return it.word if answer.isdigit() and int(answer) else ""


def _changed(**values: Any) -> Try:  # noqa: ANN401
    """Return a try that succeeds where the CRM lets her change the attachment."""

    def tried(who: Visitor, it: Target, planted: Planted) -> str:
        ids = [planted.attachments[it.model.key]]
        return it.word if who.say(ATTACHMENT, "write", ids=ids, vals=values) == "true" else ""

    return tried


def _own_changed(**values: Any) -> Try:  # noqa: ANN401
    """Return the control: the same change of an attachment of her own, on nothing of ours."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        made = _own(who)
        return it.word if who.say(ATTACHMENT, "write", ids=[made], vals=values) == "true" else ""

    return tried


def _own(who: Visitor) -> int:
    """Attach something to nothing, as anybody may; return its number, 0 where she may not."""
    named = {"name": f"piece{who.persona.id}@preuve.invalid", "raw": "x"}
    made = who.say(ATTACHMENT, "create", vals_list=[named]).strip("[]")
    return int(made) if made.isdigit() else 0


def _token(who: Visitor, it: Target, planted: Planted) -> str:
    answer = who.say(ATTACHMENT, "generate_access_token", ids=[planted.attachments[it.model.key]])
    return it.word if answer.startswith("[") else ""


def _public(who: Visitor, it: Target, _: Planted) -> str:
    """Attach something public to the record."""
    values = {"name": "piece@preuve.invalid", "raw": "x", "res_model": it.model.technical, "res_id": it.id}
    answer = who.say(ATTACHMENT, "create", vals_list=[values | {"public": True}])
    return it.word if answer.startswith("[") else ""


def _unlinked(who: Visitor, it: Target, planted: Planted) -> str:
    number = planted.spare["unlink", who.persona.id, it.model.key]
    return it.word if who.say(ATTACHMENT, "unlink", ids=[number]) == "true" else ""


def _deleted(who: Visitor, it: Target, planted: Planted) -> str:
    return _gone(who, it, planted.spare["route", who.persona.id, it.model.key])


def _own_deleted(who: Visitor, it: Target, _: Planted) -> str:
    return _gone(who, it, _own(who))


def _gone(who: Visitor, it: Target, number: int) -> str:
    """Delete an attachment as the web client does, whose route answers nothing where it did."""
    told = who.web.ask("/mail/attachment/delete", {"attachment_id": number})
    return it.word if '"jsonrpc"' in told and '"error"' not in told else told


_MOVED = {"res_model": "res.partner", "res_id": 1}

ATTACHED: tuple[Channel, ...] = (
    Channel("attachment_read", "pièce jointe lue", _ask("read", fields=["raw"])),
    Channel("attachment_datas", "pièce jointe lue en base 64", _ask("read", fields=["datas"])),
    Channel("attachment_search", "pièces jointes de la fiche", _search),
    Channel("attachment_content", "pièce jointe cherchée par son texte", _count),
    Channel("attachment_unlinked", "pièce jointe effacée", _unlinked, Act.WRITE),
    Channel(
        "attachment_deleted",
        "pièce jointe effacée dans le client web",
        _deleted,
        Act.WRITE,
        control=_own_deleted,
    ),
    Channel(
        "attachment_published",
        "pièce jointe rendue publique",
        _changed(public=True),
        Act.WRITE,
        control=_own_changed(public=True),
    ),
    Channel(
        "attachment_moved",
        "pièce jointe déplacée",
        _changed(**_MOVED),
        Act.WRITE,
        control=_own_changed(name="piece@preuve.invalid"),
    ),
    Channel(
        "attachment_token",
        "jeton d'accès d'une pièce jointe",
        _token,
        Act.WRITE,
        control=_own_changed(description="x"),
    ),
    Channel(
        "attachment_born_public",
        "pièce jointe créée publique",
        _public,
        Act.WRITE,
        control=_own_changed(public=True),
    ),
)
