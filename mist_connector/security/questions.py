"""Searches of the CRM's own tables that find nothing where all is well: each hit is an open door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .finding import Closing

OURS = "x_mist_%"
_WORD = "x_mist"
_REMOVE = "retirez-le, ou déclarez-le dans les règles"
# Tables through which somebody could read what goes out, learn keys, or write rules.
_DELICATE = (
    "base.automation",
    "bus.bus",
    "ir.actions.server",
    "ir.attachment",
    "ir.config_parameter",
    "ir.cron",
    "ir.logging",
    "ir.model.access",
    "ir.model.fields",
    "ir.rule",
    "mail.followers",
    "mail.mail",
    "mail.message",
    "mail.notification",
    "res.groups",
    "res.users",
    "res.users.apikeys",
)
# What code that a hand wrote has no business to do in a CRM that holds our records.
_ESCAPES = ("cr.execute", "ir.rule", "ir.model.access", "res.groups", "group_ids", "x_' + '", 'x_" + "')


class Known(StrEnum):
    """Whose records are as they should be."""

    NOBODY = "nobody"
    OURS = "ours"  # what we deployed
    MODULES = "modules"  # what any installed module brought


@dataclass(frozen=True)
class Question:
    """A search that finds nothing in a CRM where all is well; `known` are the records that it leaves out."""

    kind: str
    model: str
    domain: Sequence[Any]
    label: str
    what: str
    mend: str
    closing: Closing = Closing.HAND
    values: Mapping[str, Any] = field(default_factory=dict)
    known: Known = Known.NOBODY


def _any_of(*terms: Sequence[Any]) -> list[Any]:
    return [*["|"] * (len(terms) - 1), *terms]


_FOREVER = Closing.REMOVE
QUESTIONS: tuple[Question, ...] = (
    Question(
        "thread",
        "ir.model",
        [
            "&",
            ["model", "=like", OURS],
            *_any_of(["is_mail_thread", "=", True], ["is_mail_activity", "=", True]),
        ],
        "model",
        "le modèle {} a un fil de discussion ou des activités, qui copient ses données",
        "exportez ses fiches, puis « mist destroy » et « mist apply » : le CRM ne retire pas un fil",
    ),
    Question(
        "field",
        "ir.model.fields",
        ["&", ["model", "=like", OURS], ["state", "=", "manual"]],
        "name",
        "le champ {} a été ajouté à un de nos modèles",
        "déclarez-le dans les règles, ou supprimez-le : ce qu'il contient disparaît avec lui",
        known=Known.OURS,
    ),
    Question(
        "copied",
        "ir.model.fields",
        [
            "&",
            ["model", "not =like", OURS],
            *_any_of(["compute", "ilike", _WORD], ["related", "ilike", _WORD]),
        ],
        "name",
        "le champ {} d'un autre modèle calcule quelque chose à partir de nos fiches",
        "supprimez ce champ",
        known=Known.OURS,
    ),
    Question(
        "report",
        "ir.actions.report",
        [["model", "=like", OURS]],
        "name",
        "le rapport « {} » imprime nos fiches",
        _REMOVE,
        _FOREVER,
    ),
    Question(
        "template",
        "mail.template",
        _any_of(["model", "=like", OURS], ["body_html", "ilike", _WORD]),
        "name",
        "le modèle de courriel « {} » lit nos fiches",
        _REMOVE,
        _FOREVER,
    ),
    Question(
        "code",
        "ir.actions.server",
        [["code", "ilike", _WORD], ["usage", "!=", "ir_cron"]],
        "name",
        "l'action « {} » contient du code sur nos fiches",
        _REMOVE,
        _FOREVER,
        known=Known.OURS,
    ),
    Question(
        "escape",
        "ir.actions.server",
        ["&", ["state", "=", "code"], *_any_of(*(["code", "ilike", each] for each in _ESCAPES))],
        "name",
        "l'action « {} », écrite à la main, touche aux droits ou à la base elle-même",
        "relisez son code, puis supprimez-la si personne ne peut dire à quoi elle sert",
        known=Known.MODULES,
    ),
    Question(
        "scheduled",
        "ir.cron",
        ["&", ["active", "=", True], ["code", "ilike", _WORD]],
        "cron_name",
        "la tâche planifiée « {} » lit nos fiches",
        "arrêtez-la",
        Closing.WRITE,
        {"active": False},
    ),
    Question(
        "alias",
        "mail.alias",
        [["alias_model_id.model", "=like", OURS]],
        "id",
        "l'adresse n° {} fait d'un courriel reçu une de nos fiches",
        "retirez-la",
        _FOREVER,
    ),
    Question(
        "portal",
        "res.users",
        [["share", "=", True], ["active", "=", True], ["login", "!=", False]],
        "login",
        "le compte {} est un compte du portail",
        "archivez-le : les membres n'ont pas de compte",
        Closing.WRITE,
        {"active": False},
    ),
    Question(
        "sleeping_key",
        "res.users.apikeys",
        [["user_id.active", "=", False]],
        "id",
        "la clé n° {} d'un compte archivé revivrait avec lui",
        "supprimez-la",
        Closing.ELEVATED,
    ),
    Question(
        "endless_key",
        "res.users.apikeys",
        [["expiration_date", "=", False]],
        "id",
        "la clé n° {} n'a pas de fin",
        "remplacez-la par une clé qui en a une (mist init --rotate), puis supprimez-la",
    ),
    Question(
        "oauth",
        "auth.oauth.provider",
        [["enabled", "=", True]],
        "name",
        "« {} » laisse entrer avec un compte d'ailleurs",
        "désactivez-le",
        Closing.WRITE,
        {"enabled": False},
    ),
    Question(
        "ldap",
        "res.company.ldap",
        [],
        "ldap_server",
        "l'annuaire « {} » laisse entrer avec un compte d'ailleurs",
        "retirez-le",
    ),
    Question(
        "parameter",
        "ir.config_parameter",
        [["key", "=", "web.json.enabled"]],
        "key",
        "le paramètre {} ouvre une voie de plus",
        "supprimez-le",
        _FOREVER,
    ),
    Question(
        "storage",
        "ir.config_parameter",
        [["key", "=", "ir_attachment.location"], ["value", "not in", ["file", "db"]]],
        "value",
        "les pièces jointes sont gardées ailleurs : « {} »",
        "remettez « file » ou « db », avec l'hébergeur",
    ),
    Question(
        "report_url",
        "ir.config_parameter",
        [["key", "=", "report.url"]],
        "value",
        "les rapports sont faits par une autre adresse : « {} »",
        "supprimez le paramètre report.url, sauf si l'hébergeur l'a mis",
    ),
    Question(
        "window",
        "ir.actions.act_window",
        [["res_model", "=like", OURS]],
        "name",
        "la fenêtre « {} » montre nos fiches, et n'est pas de nous",
        _REMOVE,
        _FOREVER,
        known=Known.OURS,
    ),
    Question(
        "embedded",
        "ir.embedded.actions",
        [["parent_res_model", "=like", OURS]],
        "id",
        "l'action intégrée n° {} est posée sur une de nos fenêtres",
        _REMOVE,
        _FOREVER,
    ),
    Question(
        "view",
        "ir.ui.view",
        [["model", "=like", OURS]],
        "name",
        "la vue « {} » montre nos fiches autrement",
        _REMOVE,
        _FOREVER,
        known=Known.OURS,
    ),
    Question(
        "page",
        "ir.ui.view",
        ["&", ["type", "=", "qweb"], ["arch_db", "ilike", _WORD]],
        "name",
        "la page « {} » parle de nos fiches",
        _REMOVE,
        _FOREVER,
        known=Known.OURS,
    ),
    Question(
        "saved_export",
        "ir.exports",
        [["resource", "=like", OURS]],
        "name",
        "la liste d'export « {} » porte sur nos fiches",
        _REMOVE,
        _FOREVER,
    ),
    Question(
        "filter",
        "ir.filters",
        ["&", ["user_ids", "=", False], ["model_id", "=like", OURS]],
        "id",
        "le filtre n° {} sur nos fiches est montré à tout le monde, avec les valeurs qu'il cherche",
        _REMOVE,
        _FOREVER,
    ),
    Question(
        "default",
        "ir.default",
        [["field_id.model", "=like", OURS]],
        "id",
        "la valeur par défaut n° {} remplit nos fiches, et se lit sans elles",
        _REMOVE,
        _FOREVER,
    ),
    Question(
        "automation",
        "base.automation",
        [["model_name", "=like", OURS]],
        "name",
        "l'automatisation « {} » agit sur nos fiches",
        _REMOVE,
        _FOREVER,
    ),
    Question(
        "hooked",
        "base.automation",
        [["trigger", "=", "on_webhook"], ["active", "=", True]],
        "name",
        "l'automatisation « {} » se déclenche de l'extérieur",
        "désactivez-la, ou vérifiez-la",
        Closing.WRITE,
        {"active": False},
    ),
    Question(
        "for_everybody",
        "ir.model.access",
        ["&", ["group_id", "=", False], ["active", "=", True]],
        "name",
        "le droit « {} », ajouté à la main, est donné à tout le monde, portail compris",
        "archivez-le, ou donnez-lui un groupe",
        Closing.WRITE,
        {"active": False},
        Known.MODULES,
    ),
    Question(
        "delicate",
        "ir.model.access",
        ["&", ["model_id.model", "in", list(_DELICATE)], ["active", "=", True]],
        "name",
        "le droit « {} », ajouté à la main, ouvre une table délicate du CRM",
        "archivez-le",
        Closing.WRITE,
        {"active": False},
        Known.MODULES,
    ),
    Question(
        "company",
        "res.company",
        [["id", "!=", 1], ["active", "=", True]],
        "name",
        "« {} » est une société de plus, avec ses propres réglages et modèles de courriel",
        "archivez-la si elle n'est pas de l'association",
    ),
)
