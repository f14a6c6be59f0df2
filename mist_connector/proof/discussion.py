"""Ways through messages, threads, searches for somebody to write to, and what the CRM pushes to browsers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .channel import Channel, Try
from .doors import Visitor
from .planting import Planted, Target

Ask = Callable[[Visitor, str, int, str], str]
_LATEST = 60
_FILE = ("file",)


def _on_record(ask: Ask) -> Try:
    return lambda who, it, _: ask(who, it.model.technical, it.id, it.word)


def _on_contact(ask: Ask) -> Try:
    """Return the control: the same about an ordinary contact, who has a thread."""

    def control(who: Visitor, it: Target, planted: Planted) -> str:
        word = planted.contact_word
        return it.word if word in ask(who, "res.partner", planted.contact, word).lower() else ""

    return control


def _acted(who: Visitor, model: str, row_id: int, _: str) -> str:
    lists = ["attachments", "followers", "suggestedRecipients"]
    params = {"thread_model": model, "thread_id": row_id, "request_list": lists}
    return who.web.ask("/mail/action", {"fetch_params": [["mail.thread", params]]})


def _thread(path: str, **more: Any) -> Ask:  # noqa: ANN401 - as the CRM's own routes
    def ask(who: Visitor, model: str, row_id: int, _: str) -> str:
        return who.web.ask(path, {"thread_model": model, "thread_id": row_id, **more})

    return ask


def _posted(who: Visitor, model: str, row_id: int, word: str) -> str:
    post = {"body": word, "message_type": "comment", "subtype_xmlid": "mail.mt_note"}
    return _thread("/mail/message/post", post_data=post)(who, model, row_id, word)


def _from_mail(who: Visitor, model: str, row_id: int, word: str) -> str:
    """Look for whom an address of a record belongs to; where there is nobody, the CRM may make a contact."""
    return _thread("/mail/partner/from_email", emails=[f"{word} <contact@preuve.invalid>"])(
        who, model, row_id, ""
    )


def _searched(who: Visitor, it: Target, _: Planted) -> str:
    return who.web.ask("/discuss/search", {"term": it.word})


def _mentioned(who: Visitor, _: str, __: int, word: str) -> str:
    return who.say("res.partner", "get_mention_suggestions", search=word)


def _boxes(who: Visitor, _: Target, __: Planted) -> str:
    """Open every box of messages, and what the web client loads when it starts."""
    boxes = [who.web.ask(f"/mail/{box}/messages", {}) for box in ("inbox", "history", "starred")]
    begun = ["init_messaging", "failures", "systray_get_activities", "mail.canned.response"]
    return " ".join([*boxes, who.web.ask("/mail/data", {"fetch_params": begun})])


def _read(who: Visitor, it: Target, _: Planted) -> str:
    about = [["model", "=", it.model.technical], ["res_id", "=", it.id]]
    return who.say("mail.message", "search_read", domain=about, fields=["body"])


def _latest(who: Visitor, _: Target, __: Planted) -> str:
    arguments = {"domain": [], "fields": ["body", "record_name"], "limit": _LATEST, "order": "id desc"}
    return who.say("mail.message", "search_read", **arguments)


def _guessed(who: Visitor, it: Target, _: Planted) -> str:
    told = who.say("mail.message", "search_count", domain=[["body", "ilike", it.word]])
    return it.word if told.isdigit() and int(told) else ""


def _pushed(who: Visitor, it: Target, planted: Planted) -> str:
    """Listen to what the CRM pushes, under the names that a record and others' accounts would have there."""
    names = [f"{it.model.technical}_{it.id}", f"{it.model.technical}({it.id},)", it.model.technical]
    others = [f"odoo-presence-res.partner_{planted.contact}", f"res.partner_{planted.contact}"]
    # Everything since the first: 0 would ask for the last minute alone.
    params = {"channels": [*names, *others], "last": -1, "is_first_poll": True}
    told = who.web.ask("/websocket/peek_notifications", params)
    return (
        json.dumps(json.loads(told).get("result", {}).get("notifications", []))
        if told.startswith("{")
        else told
    )


def _structure(path: str, name: str) -> Try:
    """Return a try to have a model described: never more than what it is made of."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        return who.web.submit(path, {name: json.dumps([it.model.technical])})

    return tried


def _columns(who: Visitor, it: Target, _: Planted) -> str:
    params = {"model": it.model.technical, "domain": [["id", "=", it.id]]}
    return who.web.ask("/web/export/get_fields", params)


def _record(key: str, fr: str, ask: Ask) -> Channel:
    return Channel(key, fr, _on_record(ask), on=_FILE, control=_on_contact(ask))


DISCUSSION: tuple[Channel, ...] = (
    Channel("message_read", "messages d'une fiche", _read),
    Channel("message_latest", "derniers messages du CRM", _latest),
    Channel("message_guessed", "message deviné par son texte", _guessed),
    _record("thread_action", "action sur le fil de la fiche", _acted),
    _record("thread_posted", "message envoyé à la fiche", _posted),
    _record(
        "thread_suggested",
        "destinataires proposés",
        _thread("/mail/thread/recipients/get_suggested_recipients"),
    ),
    _record("thread_address", "contact d'une adresse", _from_mail),
    _record("chatter", "fil montré au portail", _thread("/mail/chatter_fetch")),
    _record("chatter_begun", "fil du portail ouvert", _thread("/portal/chatter_init")),
    _record("mentioned", "personne à citer", _mentioned),
    Channel("discuss", "recherche de quelqu'un à qui parler", _searched, on=_FILE),
    Channel("boxes", "boîtes de messages et démarrage du client", _boxes, on=_FILE),
    Channel("pushed", "avis poussés au navigateur", _pushed, on=_FILE),
    Channel(
        "defined",
        "modèle décrit au client",
        _structure("/web/model/get_definitions", "model_names"),
        on=_FILE,
    ),
    Channel(
        "defined_bus",
        "modèle décrit au bus",
        _structure("/bus/get_model_definitions", "model_names_to_fetch"),
        on=_FILE,
    ),
    Channel("exportable", "champs à exporter", _columns, on=_FILE),
)
