"""Ways of forms: values that come back from what is never saved, and requests that claim to be more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mist_connector.bylaws.matrix import Act
from mist_connector.crm.profiles import TransportName

from .channel import Channel, Try, text
from .doors import Visitor, said
from .planting import Planted, Target

_PERSON = ("person",)
_FACT = "x_mist_signature"
Ask = Callable[[Visitor, str, int], str]


def _claiming(**context: Any) -> Try:  # noqa: ANN401 - as the CRM's own contexts
    """Return a try that reads with a context that a client has no right to make up."""
    return text("read", lambda it: {"ids": [it.id], "fields": [it.column], "context": context})


def _spec(it: Target) -> dict[str, Any]:
    return {"x_person_id": {"fields": {it.column: {}, "display_name": {}}}}


def _by_default(who: Visitor, it: Target, _: Planted) -> str:
    """Open a new fact with a person chosen in advance."""
    context = {"default_x_person_id": it.id}
    return who.say(_FACT, "onchange", values={}, field_names=[], fields_spec=_spec(it), context=context)


def _default_code(who: Visitor, it: Target, _: Planted) -> str:
    """Ask for the defaults of the record's own model, as a client with a context of its own."""
    context = {"default_x_person_id": it.id, "active_id": it.id, "active_model": it.model.technical}
    return who.say(it.model.technical, "default_get", fields=[it.column, "x_name"], context=context)


def _reopened(who: Visitor, it: Target, _: Planted) -> str:
    """Change nothing in a form of the record itself, and see what comes back."""
    arguments = {"values": {}, "field_names": [], "fields_spec": {it.column: {}}}
    return who.say(it.model.technical, "onchange", ids=[it.id], **arguments)


def _unfolded(who: Visitor, it: Target, _: Planted) -> str:
    """Read a fact about a person and, through it, the person with the file on her."""
    path: dict[str, Any] = {
        "x_person_id": {"fields": {it.column: {}, "x_association_id": {"fields": {"display_name": {}}}}}
    }
    told = who.say("x_mist_accompaniment", "search", domain=[["x_person_id", "=", it.id]], limit=5)
    ids = [int(each) for each in told.strip("[]").split(",") if each.strip().isdigit()]
    return who.say("x_mist_accompaniment", "web_read", ids=ids, specification=path) if ids else told


def _saved(who: Visitor, it: Target, _: Planted) -> str:
    """Save the value that is there, and be told the record."""
    spec: Mapping[str, Any] = {it.column: {}}
    return who.say(it.model.technical, "web_save", ids=[it.id], vals={it.column: it.word}, specification=spec)


def _imported(who: Visitor, it: Target, _: Planted) -> str:
    """Import over the record by its number."""
    rows = [[str(it.id), it.word]]
    told = who.say(it.model.technical, "load", fields=[".id", it.column], data=rows)
    return it.word if f'"ids": [{it.id}]' in told else ""


def _on_any(ask: Ask) -> Try:
    return lambda who, it, _: ask(who, it.model.technical, it.id)


def _on_contact(ask: Ask) -> Try:
    """Return the control: the same about an ordinary contact, whose name anybody may read."""

    def control(who: Visitor, it: Target, planted: Planted) -> str:
        return it.word if planted.contact_word in ask(who, "res.partner", planted.contact).lower() else ""

    return control


def _activity(who: Visitor, model: str, row_id: int) -> str:
    """Begin an activity on a record: the CRM names the record with all rights."""
    found = who.say("ir.model", "search", domain=[["model", "=", model]]).strip("[]")
    values = {"res_model_id": int(found) if found.isdigit() else 0, "res_model": model, "res_id": row_id}
    spec: dict[str, Any] = {"res_name": {}, "res_model": {}}
    return who.say("mail.activity", "onchange", values=values, field_names=["res_id"], fields_spec=spec)


def _followed(who: Visitor, model: str, row_id: int) -> str:
    """Begin to invite followers to a record."""
    values = {"res_model": model, "res_ids": f"[{row_id}]"}
    spec: dict[str, Any] = {"message": {}, "res_model": {}, "res_ids": {}}
    context = {"default_res_model": model, "default_res_ids": f"[{row_id}]"}
    arguments = {"values": values, "field_names": ["res_model", "res_ids"], "fields_spec": spec}
    return who.say("mail.followers.edit", "onchange", **arguments, context=context)


def _named(who: Visitor, model: str, row_id: int) -> str:
    """Ask for what any reference to a record shows."""
    return said(who.ways[TransportName.JSONRPC], model, "read", ids=[row_id], fields=["display_name"])


_TWISTS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("claims_su", "requête qui se dit superutilisateur", {"su": True, "sudo": True, "uid": 1}),
    ("claims_user", "requête qui se dit d'une autre", {"uid": 2, "user_id": 2, "active_id": 2}),
    ("claims_company", "requête qui choisit sa société", {"allowed_company_ids": [1], "force_company": 1}),
    ("claims_zone_behind", "requête d'un fuseau en retard", {"tz": "Etc/GMT+12"}),
    ("claims_zone_ahead", "requête d'un fuseau en avance", {"tz": "Etc/GMT-14"}),
    ("claims_install", "requête qui se dit une installation", {"install_mode": True, "module": "base"}),
    ("claims_import", "requête qui se dit un import", {"import_file": True, "tracking_disable": True}),
    ("claims_debug", "requête en mode développeur", {"debug": "1", "bin_size": True}),
    (
        "claims_test",
        "requête qui saute les contrôles",
        {"no_check": True, "skip_access": True, "bypass": True},
    ),
)

FORMS: tuple[Channel, ...] = (
    *(Channel(key, fr, _claiming(**context)) for key, fr, context in _TWISTS),
    Channel("by_default", "personne choisie d'avance", _by_default, on=_PERSON),
    Channel("unfolded_fact", "personne lue à travers un fait", _unfolded, on=_PERSON),
    Channel("saved", "enregistrement du formulaire", _saved, Act.WRITE),
    Channel("imported", "import par numéro", _imported, Act.WRITE),
    Channel("defaults", "valeurs par défaut", _default_code),
    Channel("reopened", "formulaire rouvert sans rien changer", _reopened),
    Channel(
        "activity_name", "activité commencée sur la fiche", _on_any(_activity), control=_on_contact(_activity)
    ),
    Channel("invited", "abonnés invités sur la fiche", _on_any(_followed)),
    Channel(
        "named_jsonrpc", "référence affichée, par JSON-RPC", _on_any(_named), control=_on_contact(_named)
    ),
)
