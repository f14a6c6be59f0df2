"""The ways of the web client: its own routes, with a session or without one."""

from __future__ import annotations

import json

from mist_connector.bylaws.matrix import Act

from .channel import ALL, SECRETS, Channel, Try, refused
from .doors import Visitor
from .planting import Planted, Target


def _call(method: str, *, debug: bool = False) -> Try:
    def tried(who: Visitor, it: Target, _: Planted) -> str:
        context = {"debug": "1"} if debug else {}
        return who.web.call(it.model.technical, method, [it.id], [it.column], context=context)

    return tried


def _button(who: Visitor, it: Target, _: Planted) -> str:
    params = {"model": it.model.technical, "method": "read", "args": [[it.id], [it.column]], "kwargs": {}}
    return who.web.ask(f"/web/dataset/call_button/{it.model.technical}/read", params)


def _exported(path: str) -> Try:
    def tried(who: Visitor, it: Target, _: Planted) -> str:
        wanted = {
            "model": it.model.technical,
            "fields": [{"name": it.column, "label": "x", "type": "char"}],
            "ids": [it.id],
            "domain": [],
            "groupby": [],
            "import_compat": False,
            "context": {},
        }
        return who.web.get(path, data=json.dumps(wanted))

    return tried


def _action(who: Visitor, it: Target, _: Planted) -> str:
    """Follow the web client from a menu's window to its records."""
    told = who.web.ask("/web/action/load", {"action_id": f"mist_connector.window_{it.model.key}"})
    if "ir.actions.act_window" not in told or it.model.technical not in told:
        return told
    return who.web.call(it.model.technical, "web_search_read", [], {it.column: {}}, limit=80, order="id desc")


def _breadcrumb(who: Visitor, it: Target, _: Planted) -> str:
    action = {"model": it.model.technical, "resId": it.id}
    told = who.web.ask("/web/action/load_breadcrumbs", {"actions": [action]})
    return it.word if it.code in told else told


def _page(path: str) -> Try:
    def tried(who: Visitor, it: Target, planted: Planted) -> str:
        attached = planted.attachments[it.model.key]
        return who.web.get(
            path.format(model=it.model.technical, id=it.id, column=it.column, attachment=attached)
        )

    return tried


def _json(path: str, **params: object) -> Try:
    def tried(who: Visitor, it: Target, _: Planted) -> str:
        return who.web.ask(
            path, {"thread_model": it.model.technical, "thread_id": it.id, "message_id": it.id, **params}
        )

    return tried


def _thread(who: Visitor, it: Target, _: Planted) -> str:
    params = {
        "thread_model": it.model.technical,
        "thread_id": it.id,
        "request_list": ["attachments", "followers"],
    }
    return who.web.ask("/mail/data", {"fetch_params": [["mail.thread", params]]})


_DEBUG = _call("write", debug=True)

ROUTES: tuple[Channel, ...] = (
    Channel("web_call", "requête du client web", _call("read"), on=ALL),
    Channel("web_call_debug", "requête du client web, mode développeur", _call("read", debug=True)),
    Channel("web_button", "bouton du client web", _button),
    Channel("web_action", "menu, fenêtre et liste", _action, on=ALL),
    Channel("web_breadcrumb", "fil d'Ariane", _breadcrumb),
    Channel("web_csv", "export CSV", _exported("/web/export/csv"), Act.EXPORT, on=SECRETS),
    Channel("web_xlsx", "export Excel", _exported("/web/export/xlsx"), Act.EXPORT),
    Channel("web_content", "pièce jointe par son numéro", _page("/web/content/{attachment}")),
    Channel("web_image", "pièce jointe comme image", _page("/web/image/{attachment}")),
    Channel("web_field", "champ comme fichier", _page("/web/content/{model}/{id}/{column}")),
    Channel("json", "pages JSON du client", _page("/json/1/{model}/{id}")),
    Channel("odoo", "page de la fiche", _page("/odoo/{model}/{id}")),
    Channel("mail_view", "lien d'un courriel", _page("/mail/view?model={model}&res_id={id}")),
    Channel("mail_thread", "fil de discussion de la fiche", _json("/mail/thread/messages")),
    Channel("mail_data", "pièces jointes et abonnés du fil", _thread),
    Channel("mail_recipients", "destinataires suggérés", _json("/mail/thread/recipients")),
    Channel("error_debug", "texte d'un refus, mode développeur", _DEBUG, control=refused(_DEBUG)),
)
