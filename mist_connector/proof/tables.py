"""What the CRM's own tables let somebody write, or count."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .doors import Visitor
from .planting import Planted

# What whoever could write one of these tables could open everything with; what makes it worth trying on.
TABLES: Mapping[str, tuple[str, list[list[object]]]] = {
    "ir.rule": ("règles d'accès", [["model_id.model", "=", "x_mist_file"], ["active", "=", True]]),
    "ir.model.access": ("droits d'accès", [["model_id.model", "=", "x_mist_file"]]),
    "ir.model.fields": ("champs", [["model", "=", "x_mist_file"], ["state", "=", "manual"]]),
    "ir.model.fields.selection": ("choix d'un champ", [["field_id.model", "=", "x_mist_person"]]),
    "ir.model": ("modèles", [["model", "=", "x_mist_file"]]),
    "ir.model.data": ("identifiants externes", [["module", "=", "mist_connector"]]),
    "res.groups": ("groupes", [["privilege_id.name", "=", "MIST"]]),
    "res.groups.privilege": ("rubriques de droits", [["name", "=", "MIST"]]),
    "ir.config_parameter": ("paramètres", [["key", "like", "auth_signup"]]),
    "ir.actions.server": ("actions du serveur", [["model_id.model", "=like", "x_mist_%"]]),
    "ir.cron": ("tâches planifiées", [["active", "=", True]]),
    "ir.ui.view": ("vues", [["model", "=", "x_mist_file"]]),
    "ir.actions.act_window": ("fenêtres", [["res_model", "=", "x_mist_file"]]),
    "res.company": ("société", []),
    "mail.alias.domain": ("domaines de courriel", []),
    "ir.ui.menu": ("menus", [["name", "=", "MIST"]]),
    "mail.template": ("modèles de courriel", [["model", "=", "res.users"]]),
}
# What nobody can put a rule on is looked at where a column is written, be it with what it holds already.
_SAME: Mapping[str, Mapping[str, object]] = {"ir.rule": {"active": True}}


def writes(model: str, domain: list[list[object]]) -> Callable[[Visitor, Planted], bool]:
    """Return a try that changes nothing in a record of a table, which the CRM judges all the same."""
    values = _SAME.get(model, {})

    def tried(who: Visitor, _: Planted) -> bool:
        found = who.say(model, "search", domain=domain, limit=1).strip("[]")
        return found.isdigit() and who.say(model, "write", ids=[int(found)], vals=values) == "true"

    return tried


def counted(model: str, domain: list[list[object]], sign: str) -> Callable[[Visitor, Planted], bool]:
    """Return a try that learns from the CRM's own tables how many records of ours there are."""

    def tried(who: Visitor, _: Planted) -> bool:
        return sign in who.say(model, "search_read", domain=domain, fields=[sign], limit=1)

    return tried


def others_rows(model: str, path: str) -> Callable[[Visitor, Planted], bool]:
    """Return a try that counts what concerns others."""

    def tried(who: Visitor, _: Planted) -> bool:
        told = who.say(model, "search_count", domain=[[path, "!=", who.user]])
        return told.isdigit() and int(told) > 0

    return tried
