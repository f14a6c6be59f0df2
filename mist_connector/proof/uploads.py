"""Ways to a record's attachments through forms: files sent, packed, shown, copied to where others read."""

from __future__ import annotations

import re

from mist_connector.bylaws.matrix import Act

from .channel import Channel, Try
from .doors import FILE, Visitor
from .planting import Planted, Target

_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def _sent(path: str, sign: str, **names: str) -> Try:
    """Return a try that sends a file to the record; `names` are what the route calls model and number."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        values: dict[str, object] = {names["model"]: it.model.technical, names["id"]: it.id}
        told = who.web.submit(path, values, {"ufile": "x"})
        return it.word if sign in told else told

    return tried


def _sent_to_contact(who: Visitor, it: Target, planted: Planted) -> str:
    """Return the control: the same to an ordinary contact, which has a thread."""
    about: dict[str, object] = {"thread_model": "res.partner", "thread_id": planted.contact}
    return (
        it.word if '"store_data"' in who.web.submit("/mail/attachment/upload", about, {"ufile": "x"}) else ""
    )


def _packed(who: Visitor, it: Target, planted: Planted) -> str:
    number = planted.attachments[it.model.key]
    return who.web.submit("/mail/attachment/zip", {"file_ids": number, "zip_name": "x.zip"})


def _pasted(who: Visitor, it: Target, _: Planted) -> str:
    """Paste a picture into a text of the record: the editor attaches it there, with a token."""
    about = {"res_model": it.model.technical, "res_id": it.id}
    picture = {"name": f"{FILE}.png", "data": _PIXEL, "is_image": True}
    told = who.web.ask("/html_editor/attachment/add_data", {**picture, **about})
    made = re.search(r'"result": {"id": (\d+)', told)
    if made is None:
        return told
    who.say("ir.attachment", "unlink", ids=[int(made[1])])
    return it.word


def _copied(who: Visitor, it: Target, planted: Planted) -> str:
    """Have the editor copy an attachment to a contact, which everybody reads."""
    path = f"/html_editor/modify_image/{planted.attachments[it.model.key]}"
    told = who.web.ask(path, {"res_model": "res.partner", "res_id": planted.contact, "name": FILE})
    if '"result"' not in told:
        return told
    # Else whoever comes next would read it there.
    there = [
        ["res_model", "=", "res.partner"],
        ["res_id", "=", planted.contact],
        ["name", "=like", f"{FILE}%"],
    ]
    made = who.say("ir.attachment", "search", domain=there).strip("[]")
    numbers = [int(each) for each in made.split(",") if each.strip().isdigit()]
    who.say("ir.attachment", "unlink", ids=numbers)
    return it.word


def _thumbnail(who: Visitor, number: int) -> str:
    """Ask for another thumbnail: whoever may is told that this is for PDF files only."""
    return who.web.ask("/mail/attachment/update_thumbnail", {"attachment_id": number})


def _changed(who: Visitor, it: Target, planted: Planted) -> str:
    told = _thumbnail(who, planted.attachments[it.model.key])
    return it.word if "PDF" in told else told


def _own_changed(who: Visitor, it: Target, _: Planted) -> str:
    made = who.say("ir.attachment", "create", vals_list=[{"name": FILE, "raw": "x"}]).strip("[]")
    return it.word if made.isdigit() and "PDF" in _thumbnail(who, int(made)) else ""


def _first_page(who: Visitor, it: Target, planted: Planted) -> str:
    told = who.web.get(f"/mail/attachment/pdf_first_page/{planted.attachments[it.model.key]}")
    return it.word if told.startswith(("200", "415")) else told


def _described(who: Visitor, it: Target, planted: Planted) -> str:
    source = {"src": f"/web/image/{planted.attachments[it.model.key]}"}
    told = who.web.ask("/html_editor/get_image_info", source)
    return it.word if '"image_src"' in told else told


UPLOADS: tuple[Channel, ...] = (
    Channel(
        "upload",
        "pièce jointe envoyée par un formulaire",
        _sent("/web/binary/upload_attachment", '"id":', model="model", id="id"),
        Act.WRITE,
    ),
    Channel(
        "upload_thread",
        "pièce jointe envoyée à un fil de discussion",
        _sent("/mail/attachment/upload", '"store_data"', model="thread_model", id="thread_id"),
        control=_sent_to_contact,
    ),
    Channel("attachment_zip", "pièces jointes dans une archive", _packed),
    Channel("attachment_pasted", "image collée dans un texte de la fiche", _pasted, Act.WRITE),
    Channel("attachment_copied", "pièce jointe copiée sur un contact", _copied),
    Channel(
        "attachment_thumbnail",
        "vignette d'une pièce jointe",
        _changed,
        control=_own_changed,
    ),
    Channel("attachment_page", "première page d'une pièce jointe", _first_page),
    Channel("attachment_info", "image décrite par l'éditeur", _described),
)
