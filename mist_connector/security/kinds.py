"""What may open a door in a CRM: every table that runs code, shows a page, sends a mail or widens a right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .finding import Closing

ARCHIVED: Mapping[str, Any] = {"active": False}
# What the CRM itself writes as time passes, in any of these tables.
PASSING = (
    "write_date",
    "write_uid",
    "create_date",
    "create_uid",
    "nextcall",
    "lastcall",
    "failure_count",
    "first_failure_date",
    "last_run",
    "next_run_date",
    "date",
    "error_date",
    "error_message",
    "alias_status",
    "arch_prev",
    "arch_updated",
    "parent_path",
    "owner_limit_count",
    "owner_limit_time",
    "google_gmail_access_token",
    "google_gmail_access_token_expiration",
    "microsoft_outlook_access_token",
    "microsoft_outlook_access_token_expiration",
)
_BUNDLE = ["url", "=like", "/web/assets/%"]
# A file that a browser runs, or shows as a page.
_RUNS = ("javascript", "css", "html", "svg", "xml")


@dataclass(frozen=True)
class Kind:
    """One table: what a record of it is in French, what one may open, and how a new one is closed.

    `only`: the columns that count; all but those of passing where none is named. `told` is the column by
    which a record is named.
    """

    model: str
    what: str
    opens: str
    told: str = "name"
    domain: Sequence[Any] = ()
    only: tuple[str, ...] = ()
    closing: Closing = Closing.HAND
    values: Mapping[str, Any] = field(default_factory=dict)

    def asked(self) -> dict[str, object]:
        """Return what the CRM is asked to digest."""
        return {
            "model": self.model,
            "domain": list(self.domain),
            "only": list(self.only),
            "leaves": [*PASSING],
        }


_ARCHIVE = (Closing.WRITE, ARCHIVED)
_TAKE: tuple[Closing, Mapping[str, Any]] = (Closing.REMOVE, {})


def _kind(model: str, what: str, opens: str, closed: tuple[Closing, Mapping[str, Any]], **more: Any) -> Kind:  # noqa: ANN401 - fields of Kind
    return Kind(model, what, opens, closing=closed[0], values=closed[1], **more)


_CODE = "son code tourne avec tous les droits"
_PAGE = "ce qu'elle montre, ou le code qu'elle porte, va dans le navigateur de qui l'ouvre"
_RIGHT = "il peut donner plus de droits que le règlement"
_MAIL = "des courriels peuvent partir, ou arriver, ailleurs"
_WAY = "elle mène à des fiches, ou à du code"
_HAND: tuple[Closing, Mapping[str, Any]] = (Closing.HAND, {})

KINDS: tuple[Kind, ...] = (
    _kind("ir.actions.server", "l'action de serveur", _CODE, _TAKE),
    _kind("ir.cron", "la tâche planifiée", _CODE, _ARCHIVE, told="cron_name"),
    _kind("base.automation", "l'automatisation", f"{_CODE}, parfois de l'extérieur", _ARCHIVE),
    _kind(
        "ir.model.fields",
        "le champ ajouté",
        "il peut copier ou calculer ce que d'autres ne lisent pas",
        _HAND,
        domain=(("state", "=", "manual"),),
    ),
    _kind("ir.model", "le modèle", _RIGHT, _HAND, told="model"),
    _kind("ir.ui.view", "la vue ou la page", _PAGE, _ARCHIVE),
    _kind("ir.asset", "le fichier chargé par le client web", _PAGE, _ARCHIVE),
    _kind(
        "ir.attachment",
        "le fichier servi à une adresse",
        _PAGE,
        _TAKE,
        domain=(
            "|",
            "&",
            ("url", "!=", False),
            ("url", "not =like", "/web/assets/%"),
            "|",
            "&",
            tuple(_BUNDLE),
            "|",
            ("create_uid", "!=", 1),
            ("write_uid", "!=", 1),
            "&",
            ("public", "=", True),
            *["|"] * (len(_RUNS) - 1),
            *(("mimetype", "ilike", each) for each in _RUNS),
        ),
        only=("name", "url", "type", "checksum", "public", "res_model", "res_id", "access_token", "mimetype"),
    ),
    _kind("ir.actions.report", "le rapport", _PAGE, _TAKE),
    _kind("mail.template", "le modèle de courriel", f"{_CODE}, et {_MAIL}", _ARCHIVE),
    _kind(
        "ir.config_parameter",
        "le paramètre",
        "il change ce que le CRM ouvre ou envoie",
        _HAND,
        told="key",
        domain=(
            ("key", "not =like", "mist_connector.%"),
            ("key", "not in", ["database.expiration_date", "database.expiration_reason"]),
        ),
    ),
    _kind("ir.mail_server", "le serveur d'envoi", _MAIL, _ARCHIVE),
    _kind("fetchmail.server", "la boîte relevée", _MAIL, _ARCHIVE),
    _kind("mail.alias", "l'adresse qui reçoit", _MAIL, _TAKE, told="alias_full_name"),
    _kind("mail.alias.domain", "le domaine de courriel", _MAIL, _HAND),
    _kind(
        "res.company",
        "la société",
        _MAIL,
        _HAND,
        only=("name", "partner_id", "email", "alias_domain_id", "active", "external_report_layout_id"),
    ),
    _kind("mail.message.subtype", "le type de message", "il abonne des comptes sans qu'ils le disent", _HAND),
    _kind("mail.activity.type", "le type d'activité", "il confie à quelqu'un ce qu'on y note", _HAND),
    _kind("digest.tip", "le conseil du bulletin", _CODE, _TAKE),
    _kind("digest.digest", "le bulletin", _MAIL, _HAND),
    _kind("ir.model.access", "le droit", _RIGHT, _ARCHIVE),
    _kind("ir.rule", "la règle d'accès", _RIGHT, _HAND),
    _kind("res.groups", "le groupe", _RIGHT, _HAND),
    _kind("ir.ui.menu", "le menu", _WAY, _ARCHIVE),
    _kind("ir.actions.act_window", "la fenêtre", _WAY, _TAKE),
    _kind("ir.actions.act_url", "l'action vers une adresse", _WAY, _TAKE),
    _kind("ir.actions.client", "l'action du client web", _WAY, _TAKE),
    _kind("ir.embedded.actions", "l'action intégrée", _WAY, _TAKE),
    _kind(
        "ir.filters",
        "le filtre partagé",
        "il montre ce qu'il cherche",
        _TAKE,
        domain=(("user_ids", "=", False),),
    ),
    _kind(
        "ir.default",
        "la valeur par défaut",
        "elle remplit ce que d'autres enregistrent",
        _TAKE,
        told="id",
        domain=(("user_id", "=", False),),
    ),
    _kind(
        "res.users.apikeys",
        "la clé",
        "elle ouvre un compte sans mot de passe ni second facteur",
        (Closing.ELEVATED, {}),
        told="user_id",
        only=("user_id", "scope", "index", "expiration_date"),
    ),
    _kind(
        "auth.oauth.provider", "l'entrée par un autre service", "on entre avec un compte d'ailleurs", _HAND
    ),
    _kind("res.company.ldap", "l'annuaire", "on entre avec un compte d'ailleurs", _HAND, told="ldap_server"),
)
BY_MODEL: Mapping[str, Kind] = {kind.model: kind for kind in KINDS}
