"""Ways of the web client's pages and of files behind an address, in all the forms that the CRM takes."""

from __future__ import annotations

from mist_connector.bylaws.matrix import Act

from .channel import Channel, Try
from .doors import Visitor
from .planting import Planted, Target

_WRONG_TOKEN = "00000000-0000-4000-8000-000000000000"  # noqa: S105 - one that opens nothing


def _page(path: str) -> Try:
    def tried(who: Visitor, it: Target, planted: Planted) -> str:
        attachment = planted.attachments[it.model.key]
        model, column = it.model.technical, it.column
        return who.web.get(path.format(model=model, id=it.id, column=column, attachment=attachment))

    return tried


def _kw(method: str, *args: object, **kwargs: object) -> Try:
    """Return a try over the web client's own session; `@` stands for what is asked about."""

    def tried(who: Visitor, it: Target, _: Planted) -> str:
        filled = [_filled(each, it) for each in args]
        named = {key: _filled(value, it) for key, value in kwargs.items()}
        return who.web.call(it.model.technical, method, *filled, **named)

    return tried


def _filled(value: object, it: Target) -> object:
    known = {
        "@ids": [it.id],
        "@domain": [["id", "=", it.id]],
        "@columns": [it.column],
        "@spec": {it.column: {}},
    }
    return known[value] if isinstance(value, str) and value in known else value


def _bare_kw(who: Visitor, it: Target, _: Planted) -> str:
    """Call a method without its name in the address."""
    kwargs = {"domain": [["id", "=", it.id]], "fields": [it.column]}
    params = {"model": it.model.technical, "method": "search_read", "args": [], "kwargs": kwargs}
    return who.web.ask("/web/dataset/call_kw", params)


def _other_name(who: Visitor, it: Target, _: Planted) -> str:
    """Call a method of one model under the address of another."""
    params = {"model": it.model.technical, "method": "read", "args": [[it.id], [it.column]], "kwargs": {}}
    return who.web.ask("/web/dataset/call_kw/res.partner/read", params)


def _rpc(method: str) -> Try:
    """Return a try over the old routes with the password itself."""

    def tried(who: Visitor, it: Target, planted: Planted) -> str:
        secret = planted.password.get_secret_value()
        asked = ([it.id], [it.column])
        arguments = list(asked) if method == "execute" else [list(asked)]
        call = [who.web.database, who.user, secret, it.model.technical, "read", *arguments]
        return who.web.ask("/jsonrpc", {"service": "object", "method": method, "args": call})

    return tried


def _validated(who: Visitor, it: Target, _: Planted) -> str:
    """Have a condition on the record judged: it tells whether it makes sense, never how many fulfil it."""
    params = {"model": it.model.technical, "domain": [[it.column, "ilike", it.word]]}
    told = who.web.ask("/web/domain/validate", params)
    return it.word if str(it.id) in told and it.word in told else ""


PAGES: tuple[Channel, ...] = (
    Channel("web_read_form", "formulaire, par la session", _kw("web_read", "@ids", "@spec")),
    Channel("web_list", "liste, par la session", _kw("web_search_read", "@domain", "@spec")),
    Channel(
        "web_group_list",
        "liste groupée, par la session",
        _kw("formatted_read_group", "@domain", groupby="@columns", aggregates=["__count"]),
    ),
    Channel("web_bare", "requête sans nom de méthode dans l'adresse", _bare_kw),
    Channel("web_other", "requête sous l'adresse d'un autre modèle", _other_name),
    Channel("web_export_data", "export, par la session", _kw("export_data", "@ids", "@columns"), Act.EXPORT),
    Channel(
        "old_execute_kw", "ancienne voie, avec le mot de passe", _rpc("execute_kw"), on=("person", "file")
    ),
    Channel("old_execute", "plus ancienne voie, avec le mot de passe", _rpc("execute")),
    Channel("file_name", "pièce jointe sous un nom", _page("/web/content/{attachment}/x.txt")),
    Channel("file_download", "pièce jointe à télécharger", _page("/web/content/{attachment}?download=true")),
    Channel("file_query", "pièce jointe en paramètre", _page("/web/content?id={attachment}")),
    Channel(
        "file_model", "pièce jointe par son modèle", _page("/web/content/ir.attachment/{attachment}/raw")
    ),
    Channel(
        "file_model_query",
        "pièce jointe par modèle et champ",
        _page("/web/content?model=ir.attachment&id={attachment}&field=raw"),
    ),
    Channel(
        "file_datas", "pièce jointe, autre champ", _page("/web/content/ir.attachment/{attachment}/datas")
    ),
    Channel(
        "file_token",
        "pièce jointe avec un jeton inventé",
        _page(f"/web/content/{{attachment}}?access_token={_WRONG_TOKEN}"),
    ),
    Channel(
        "image_model",
        "pièce jointe comme image, par modèle",
        _page("/web/image/ir.attachment/{attachment}/raw"),
    ),
    Channel("image_size", "pièce jointe comme vignette", _page("/web/image/{attachment}/100x100")),
    Channel("image_field", "champ comme image", _page("/web/image/{model}/{id}/{column}")),
    Channel("report_page", "rapport comme page", _page("/report/html/web.report_layout/{id}")),
    Channel("report_pdf", "rapport comme PDF", _page("/report/pdf/web.report_layout/{id}")),
    Channel("report_text", "rapport comme texte", _page("/report/text/web.report_layout/{id}")),
    Channel("portal_page", "page du portail", _page("/my/{model}/{id}")),
    Channel("scoped", "application isolée", _page("/scoped_app/{model}/{id}")),
    Channel("validated", "critère jugé par le client web", _validated),
)
