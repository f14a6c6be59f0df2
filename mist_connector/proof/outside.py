"""Doors around the records: opening an account, joining a group, rewriting a rule, being somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .doors import Visitor
from .elevated import editor, link_used, mail_run, module_taken
from .outcome import Outcome
from .personas import AGREEMENT, PERSONAS, ROLE, Door
from .planting import MARKER, Planted
from .tables import TABLES, counted, others_rows, writes

# What stands around the records, beside their tiers: whoever holds the settings is in there by right.
SETTINGS_TIER = "settings"
_OPEN = ("200 ", "303 ")
_NO_HOOK = "00000000-0000-4000-8000-000000000000"  # one that no automation has
_SETTINGS = frozenset({"administrator"})
_NOBODY: frozenset[str] = frozenset()
_MERGING = (
    frozenset(each.id for each in PERSONAS if "mist_connector.group_direction" in each.groups) | _SETTINGS
)


@dataclass(frozen=True)
class Escalation:
    """One way to more than one has: who may go it, and what tries it without harm."""

    id: str
    fr: str
    tried: Callable[[Visitor, Planted], bool]
    may: frozenset[str] = _NOBODY
    live: bool | None = True  # None: somebody who may must have gone it


def try_outside(who: Visitor, planted: Planted) -> Iterator[Outcome]:
    """Try what would open the door for later."""
    if who.persona.door is Door.NONE:
        yield from _anonymous(who)
        return
    for each in ESCALATIONS:
        expected = who.persona.id in each.may
        done = each.tried(who, planted)
        yield Outcome(who.persona.id, each.id, each.fr, SETTINGS_TIER, expected, done, live=each.live)


def _anonymous(who: Visitor) -> Iterator[Outcome]:
    for channel, fr, path in (
        ("signup", "ouverture d'un compte par soi-même", "/web/signup"),
        ("reset", "page du mot de passe oublié", "/web/reset_password"),
        ("manager", "page des bases de données", "/web/database/manager"),
        ("menus", "menus du CRM", "/web/webclient/load_menus"),
        ("doc", "description des modèles", "/doc/index.json"),
        ("hook", "adresse qu'une automatisation ouvre", f"/web/hook/{_NO_HOOK}"),
        ("apps", "page du client web", "/odoo/action-mist_connector.window_person"),
    ):
        told = who.web.get(path)
        seen = (
            told.startswith(_OPEN) and "x_mist" in told
            if channel in {"menus", "doc", "apps"}
            else (told.startswith(_OPEN) and "database_manager" not in told and "disabled" not in told)
        )
        yield Outcome(who.persona.id, channel, fr, SETTINGS_TIER, expected=False, seen=seen, live=True)
    told = who.web.ask("/web/database/list", {})
    yield Outcome(
        who.persona.id,
        "databases",
        "liste des bases de données",
        SETTINGS_TIER,
        expected=False,
        seen='"result": [' in told,
        live=True,
    )


def _joined(who: Visitor, _: Planted) -> bool:
    """Enter a group of the register by writing one's own account."""
    found = who.say("res.groups", "search", domain=[["name", "in", ["Pilotage", "Steering"]]]).strip("[]")
    return found.isdigit() and _enters(who, int(found))


def _promoted(who: Visitor, planted: Planted) -> bool:
    """Enter the group of the CRM's administrators."""
    return _enters(who, planted.numbers["group_system"])


def _enters(who: Visitor, group: int) -> bool:
    return who.say("res.users", "write", ids=[who.user], vals={"group_ids": [[4, group]]}) == "true"


def _joined_from_group(who: Visitor, _: Planted) -> bool:
    found = who.say("res.groups", "search", domain=[["name", "in", ["Pilotage", "Steering"]]]).strip("[]")
    members = {"user_ids": [[4, who.user]]}
    return found.isdigit() and who.say("res.groups", "write", ids=[int(found)], vals=members) == "true"


def _account_made(who: Visitor, _: Planted) -> bool:
    """Make an account in a group of the register."""
    found = who.say("res.groups", "search", domain=[["name", "in", ["Équipe", "Team"]]], limit=1).strip("[]")
    groups = [[4, int(found)]] if found.isdigit() else []
    login = f"cree.{who.persona.id}{MARKER}"
    values = {"name": login, "login": login, "group_ids": groups}
    context = {"no_reset_password": True}
    made = who.say("res.users", "create", vals_list=[values], context=context)
    return bool(groups) and made.startswith("[")


def _other_account(who: Visitor, planted: Planted) -> bool:
    """Write the account of somebody who opens files."""
    other = _somebody(who, planted)
    return (
        bool(other)
        and who.say("res.users", "write", ids=[other], vals={"login": _login(planted, other)}) == "true"
    )


def _password(who: Visitor, planted: Planted) -> bool:
    """Give somebody who opens files another password: the one that she has."""
    other = _somebody(who, planted)
    line = {"user_id": other, "user_login": "x", "new_passwd": planted.password.get_secret_value()}
    made = who.say("change.password.wizard", "create", vals_list=[{"user_ids": [[0, 0, line]]}]).strip("[]")
    if not other or not made.isdigit():
        return False
    told = who.say("change.password.wizard", "change_password_button", ids=[int(made)])
    return not told.startswith("refused")


def _other_number(who: Visitor, planted: Planted) -> bool:
    """Come with one's own key under the number of somebody else."""
    other = _somebody(who, planted)
    key = planted.keys[who.persona.id][1].get_secret_value()
    call = [who.web.database, other, key, "res.users", "read", [[other], ["login"]]]
    told = who.web.ask("/jsonrpc", {"service": "object", "method": "execute_kw", "args": call})
    return bool(other) and '"result"' in told


def _became(who: Visitor, _: Planted) -> bool:
    """Ask to become the CRM's own superuser."""
    who.web.get("/web/become")
    told = who.web.ask("/web/session/get_session_info", {})
    return '"uid": 1,' in told


def _ran(key: str) -> Callable[[Visitor, Planted], bool]:
    """Return a try to run code of ours that has all rights."""

    def tried(who: Visitor, planted: Planted) -> bool:
        told = who.web.ask(
            "/web/action/run", {"action_id": planted.numbers.get(f"action_{key}", 0), "context": {}}
        )
        return '"result"' in told

    return tried


def _merged(who: Visitor, planted: Planted) -> bool:
    """Begin to merge contacts, which moves a person's link to hers past every rule; nothing is merged."""
    wizard = {"partner_ids": [[6, 0, [planted.contact]]], "dst_partner_id": planted.contact}
    return who.say("base.partner.merge.automatic.wizard", "create", vals_list=[wizard]).startswith("[")


def _accompanied(who: Visitor, planted: Planted) -> bool:
    """Write an accompaniment: whoever could would give herself a file. Direction alone may, and signed."""
    target = planted.targets["accompaniment"]
    same = {"x_until": target.values["x_until"]}
    told = who.say("x_mist_accompaniment", "write", ids=[target.id], vals=same)
    may = who.persona.role == "direction" and {ROLE, AGREEMENT} <= who.persona.keys
    return told == "true" and not may


def _somebody(who: Visitor, planted: Planted) -> int:
    """Return the account of somebody else who opens files."""
    other = "direction" if who.persona.id != "direction" else "accompanying"
    return planted.keys[other][0] if other in planted.keys else 0


def _login(planted: Planted, user: int) -> str:
    return next(f"{key}{MARKER}" for key, (number, _) in planted.keys.items() if number == user)


ESCALATIONS: tuple[Escalation, ...] = (
    Escalation("settings_join", "entrer dans un groupe du registre", _joined, _SETTINGS),
    Escalation("settings_group", "entrer dans un groupe depuis le groupe", _joined_from_group, _SETTINGS),
    Escalation(
        "settings_promote",
        "entrer dans le groupe des réglages",
        _promoted,
        _SETTINGS,
    ),
    Escalation("settings_account", "créer un compte dans un groupe du registre", _account_made, _SETTINGS),
    Escalation(
        "settings_other", "modifier le compte de quelqu'un qui ouvre des dossiers", _other_account, _SETTINGS
    ),
    Escalation("settings_password", "changer le mot de passe de quelqu'un d'autre", _password, _SETTINGS),
    *(
        Escalation(f"settings_table:{model}", f"réécrire : {fr}", writes(model, domain), _SETTINGS, live=None)
        for model, (fr, domain) in TABLES.items()
    ),
    Escalation(
        "settings_editor", "entrer dans le groupe qui écrit des modèles exécutables", editor, _SETTINGS
    ),
    Escalation("mail_run", "faire exécuter un courriel comme du code", mail_run, _SETTINGS, live=None),
    Escalation("module_taken", "remettre un module à installer", module_taken, _SETTINGS, live=None),
    Escalation("link_used", "se servir du lien pour le mot de passe d'une autre", link_used),
    Escalation("other_number", "se présenter sous le numéro d'une autre", _other_number),
    Escalation("became", "devenir le superutilisateur", _became, _SETTINGS),
    Escalation("ran_watch", "lancer une action des réglages", _ran("watch"), _SETTINGS, live=None),
    Escalation(
        "ran_align", "lancer une action du connecteur", _ran("align_accounts"), frozenset({"connector"})
    ),
    Escalation("merged", "fusionner des contacts", _merged, _MERGING, live=None),
    Escalation(
        "models_counted",
        "nombre de fiches d'un modèle",
        counted("ir.model", [["model", "=", "x_mist_person"]], "count"),
        _SETTINGS,
        live=None,
    ),
    Escalation(
        "records_named",
        "fiches qui ont un nom externe",
        counted("ir.model.data", [["model", "=like", "x_mist_%"]], "res_id"),
        _SETTINGS,
        live=None,
    ),
    Escalation(
        "notifications",
        "avis adressés à d'autres",
        others_rows("mail.notification", "res_partner_id.user_ids"),
    ),
    Escalation("followers", "abonnements des autres", others_rows("mail.followers", "partner_id.user_ids")),
    Escalation("accompany", "se donner un accompagnement", _accompanied),
)
