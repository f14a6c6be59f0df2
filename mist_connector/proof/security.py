"""What opens a door in the CRM today, whoever opened it: looked for from outside, nothing written.

It takes an administrator's account. What it sees without one of ours being changed is a question to the CRM's
own tables; what is ours is compared with the mappings, as a plan does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.records import MODULE
from mist_connector.crm.observe import observe
from mist_connector.crm.port import Crm
from mist_connector.errors import AccessRefused, RequestInvalid
from mist_connector.planning.changes import Change
from mist_connector.planning.plan import build_plan

from .everywhere import unclassified

MOST_HOLDERS = 2
SETTINGS, ACCESS_RIGHTS = "base.group_system", "base.group_erp_manager"
_OURS = "x_mist_%"


@dataclass(frozen=True)
class SecurityFinding:
    """One open door: its kind, what it is in French, and how to close it."""

    kind: str
    what: str
    mend: str


@dataclass(frozen=True)
class Question:
    """A search that finds nothing in a CRM where all is well."""

    kind: str
    model: str
    domain: Sequence[Any]
    label: str
    what: str
    mend: str


_REMOVE = "supprimez-le, ou déclarez-le dans les règles"
QUESTIONS: tuple[Question, ...] = (
    Question(
        "thread",
        "ir.model",
        ["&", ["model", "=like", _OURS], "|", ["is_mail_thread", "=", True], ["is_mail_activity", "=", True]],
        "model",
        "le modèle {} a un fil de discussion ou des activités, qui copient ses données",
        "retirez-les du modèle",
    ),
    Question(
        "report",
        "ir.actions.report",
        [["model", "=like", _OURS]],
        "name",
        "le rapport « {} » imprime nos fiches",
        _REMOVE,
    ),
    Question(
        "template",
        "mail.template",
        [["model", "=like", _OURS]],
        "name",
        "le modèle de courriel « {} » lit nos fiches",
        _REMOVE,
    ),
    Question(
        "code",
        "ir.actions.server",
        [["code", "ilike", "x_mist"]],
        "name",
        "l'action « {} » contient du code sur nos fiches",
        _REMOVE,
    ),
    Question(
        "published",
        "ir.attachment",
        [["res_model", "=like", _OURS], ["public", "=", True]],
        "id",
        "la pièce jointe n° {} d'une fiche est publique",
        "supprimez-la",
    ),
    Question(
        "followed",
        "mail.followers",
        [["res_model", "=like", _OURS]],
        "id",
        "l'abonnement n° {} suit une de nos fiches",
        "supprimez-le",
    ),
    Question(
        "message",
        "mail.message",
        [["model", "=like", _OURS]],
        "id",
        "le message n° {} est attaché à une de nos fiches",
        "supprimez-le",
    ),
    Question(
        "activity",
        "mail.activity",
        [["res_model", "=like", _OURS]],
        "id",
        "l'activité n° {} est attachée à une de nos fiches",
        "supprimez-la",
    ),
    Question(
        "portal",
        "res.users",
        [["share", "=", True], ["active", "=", True], ["login", "!=", False]],
        "login",
        "le compte {} est un compte du portail",
        "archivez-le : les membres n'ont pas de compte",
    ),
    Question(
        "sleeping_key",
        "res.users.apikeys",
        [["user_id.active", "=", False]],
        "id",
        "la clé n° {} d'un compte archivé revivrait avec lui",
        "supprimez-la",
    ),
    Question(
        "endless_key",
        "res.users.apikeys",
        [["expiration_date", "=", False]],
        "id",
        "la clé n° {} n'a pas de fin",
        "remplacez-la par une clé qui en a une",
    ),
    Question(
        "parameter",
        "ir.config_parameter",
        [["key", "=", "web.json.enabled"]],
        "key",
        "le paramètre {} ouvre une voie de plus",
        "supprimez-le",
    ),
    Question(
        "window",
        "ir.actions.act_window",
        [["res_model", "=like", _OURS], ["group_ids", "=", False]],
        "name",
        "la fenêtre « {} » est offerte à tout le monde",
        "donnez-lui ses groupes",
    ),
    Question(
        "view",
        "ir.ui.view",
        [["model", "=like", _OURS], ["inherit_id", "!=", False]],
        "name",
        "la vue « {} » change un de nos formulaires",
        _REMOVE,
    ),
    Question(
        "saved_export",
        "ir.exports",
        [["resource", "=like", _OURS]],
        "name",
        "la liste d'export « {} » porte sur nos fiches",
        _REMOVE,
    ),
    Question(
        "automation",
        "base.automation",
        [["model_name", "=like", _OURS]],
        "name",
        "l'automatisation « {} » agit sur nos fiches",
        _REMOVE,
    ),
    Question(
        "hooked",
        "base.automation",
        [["trigger", "=", "on_webhook"]],
        "name",
        "l'automatisation « {} » se déclenche de l'extérieur",
        "désactivez-la, ou vérifiez-la",
    ),
)


def security_findings(crm: Crm, blueprint: Blueprint) -> tuple[SecurityFinding, ...]:
    """Return every door that is open and should not be; empty where all is as declared."""
    desired = compile_blueprint(blueprint)
    plan = build_plan(desired, observe(crm, desired=desired, depends=blueprint.frame.depends))
    return (
        *(_changed(change) for change in plan.changes),
        *_asked(crm),
        *_undeclared(crm, blueprint),
        *_accounts(crm),
    )


def _changed(change: Change) -> SecurityFinding:
    return SecurityFinding(f"{change.act.value}:{change.model}", change.sentence(), "mist apply")


def _asked(crm: Crm) -> Iterator[SecurityFinding]:
    for question in QUESTIONS:
        try:
            rows = crm.call(
                question.model,
                "search_read",
                domain=list(question.domain),
                fields=[question.label],
                context={"active_test": False, "lang": "fr_FR"},
            )
        except (RequestInvalid, AccessRefused):
            continue  # the module is not installed, or the CRM keeps even its administrator out
        for row in _not_ours(crm, question, rows):
            yield SecurityFinding(question.kind, question.what.format(row[question.label]), question.mend)


def _not_ours(crm: Crm, question: Question, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what we deployed ourselves."""
    if question.kind not in {"code", "window", "view"} or not rows:
        return rows
    domain = [
        ["module", "=", MODULE],
        ["model", "=", question.model],
        ["res_id", "in", [row["id"] for row in rows]],
    ]
    owned = crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
    ours = {row["res_id"] for row in owned}
    return [row for row in rows if row["id"] not in ours]


def _undeclared(crm: Crm, blueprint: Blueprint) -> Iterator[SecurityFinding]:
    for path in unclassified(crm, blueprint):
        what = f"le champ {path.model}.{path.field} mène à {path.to}, et les règles ne le connaissent pas"
        yield SecurityFinding("undeclared", what, _REMOVE)


def _accounts(crm: Crm) -> Iterator[SecurityFinding]:
    """Look at who administers the CRM and who is in which of our groups."""
    groups = _groups(crm)
    rows = crm.call(
        "res.users",
        "search_read",
        domain=[],
        fields=["login", "active", "all_group_ids", "group_ids"],
        context={"active_test": False},
    )
    held = {row["login"]: {groups[each] for each in row["all_group_ids"] if each in groups} for row in rows}
    active = {row["login"] for row in rows if row["active"]}
    yield from _holders(held, active)
    for login, names in sorted(held.items()):
        ours = sorted(name for name in names if name.startswith(f"{MODULE}."))
        if ours and names & {SETTINGS, ACCESS_RIGHTS}:
            what = f"le compte {login} administre le CRM et ouvre le registre"
            yield SecurityFinding("both", what, "donnez-lui deux comptes")
        if ours and login not in active:
            what = f"le compte archivé {login} est encore dans {', '.join(ours)}"
            yield SecurityFinding("archived_member", what, "mist sync")
        exports = "base.group_allow_export" in names and not names & {SETTINGS, f"{MODULE}.group_direction"}
        if exports and login in active:
            what = f"le compte {login} peut exporter sans être de la direction"
            yield SecurityFinding("exports", what, "retirez-lui le droit d'exporter")
        if "base.group_no_one" in names and SETTINGS not in names and login in active:
            what = f"le compte {login} a les fonctions techniques, dont les refus nomment les fiches"
            yield SecurityFinding("technical", what, "retirez-les-lui")


def _holders(held: dict[str, set[str]], active: set[str]) -> Iterator[SecurityFinding]:
    settings = sorted(login for login in active if SETTINGS in held[login])
    access = sorted(login for login in active if ACCESS_RIGHTS in held[login] and login not in settings)
    connectors = sorted(login for login in active if f"{MODULE}.group_connector" in held[login])
    for kind, logins, most in (
        ("settings", settings, MOST_HOLDERS),
        ("access_rights", access, MOST_HOLDERS),
        ("connectors", connectors, 1),
    ):
        if len(logins) > most:
            what = f"{len(logins)} comptes là où {most} suffisent ({kind}) : {', '.join(logins)}"
            yield SecurityFinding(kind, what, "retirez ce droit à qui n'en a pas besoin")


def _groups(crm: Crm) -> dict[int, str]:
    """Return the external ids of groups that matter, by id."""
    domain = [["model", "=", "res.groups"], ["module", "in", ["base", MODULE]]]
    rows = crm.call("ir.model.data", "search_read", domain=domain, fields=["module", "name", "res_id"])
    return {row["res_id"]: f"{row['module']}.{row['name']}" for row in rows}
