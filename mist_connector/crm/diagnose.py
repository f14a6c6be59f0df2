"""Examine a CRM from outside, writing nothing: can mist work with it, and what is to be done if not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from mist_connector.errors import AccessRefused, MistError
from mist_connector.language import _

from .account import check_account
from .gate import Support, require_supported, support
from .port import Crm
from .rights import Rights, read_keys, warnings_of

MODULES = ("base_automation", "base_import", "base_import_module", "contacts", "mail")
_SLOW_SECONDS = 0.5
ADDRESS = _("adresse")  # the topic of the first examination: the CRM answers


class Verdict(StrEnum):
    """How an examination ended; only a failure keeps mist from working."""

    FINE = "fine"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    """One thing that was examined: what was found, and what to do if it is not fine."""

    topic: str
    verdict: Verdict
    what: str
    todo: str = ""


def failed(topic: str, error: MistError) -> Finding:
    """Return the finding that an error makes."""
    return Finding(topic, Verdict.FAILURE, error.what, error.todo)


def diagnose(crm: Crm, *, key_warning_days: int) -> Iterator[Finding]:
    """Examine a CRM, each thing in turn, as far as the one before allows; a key that ends is told in time."""
    examinations: dict[str, Callable[[Crm], Finding]] = {
        **_EXAMINATIONS,
        "clé": partial(_key, days=key_warning_days),
    }
    for topic, examine in examinations.items():
        try:
            yield examine(crm)
        except MistError as error:
            yield failed(topic, error)
            return


def _reachable(crm: Crm) -> Finding:
    return Finding(ADDRESS, Verdict.FINE, f"Le CRM répond : Odoo {crm.version().text}.")


def _version(crm: Crm) -> Finding:
    version = crm.version()
    require_supported(version)
    if support(version) is Support.TRIED:
        return Finding("version", Verdict.FINE, f"La version {version.text} est prise en charge.")
    return Finding(
        "version",
        Verdict.WARNING,
        f"La version {version.text} n’a pas été essayée.",
        "Essayez d’abord sur une copie de la base.",
    )


def _transport(crm: Crm) -> Finding:
    name = type(crm).__name__
    if name == "Json2":
        return Finding("transport", Verdict.FINE, "JSON-2, avec une clé API.")
    return Finding(
        "transport",
        Verdict.WARNING,
        f"{name} : Odoo annonce la fin de cette voie.",
        "Créez une clé API pour ce compte, puis relancez « mist init ».",
    )


def _account(crm: Crm) -> Finding:
    check_account(crm)
    return Finding("compte", Verdict.FINE, f"Le compte {crm.login} est accepté.")


def _rights(crm: Crm) -> Finding:
    if crm.call("res.users", "has_group", ids=[crm.uid()], group_ext_id="base.group_system"):
        return Finding("droits", Verdict.FINE, "Ce compte peut installer (Paramètres).")
    return Finding(
        "droits",
        Verdict.WARNING,
        "Ce compte ne peut pas installer : « mist plan » et « mist apply » lui sont fermés.",
        "Pour installer, prenez un compte qui a le droit Paramètres ; pour le reste, il peut suffire.",
    )


def _key(crm: Crm, days: int) -> Finding:
    rights = Rights(crm.login, frozenset(), read_keys(crm))
    for warning in warnings_of(rights, datetime.now(UTC), days):
        return Finding("clé", Verdict.WARNING, warning, "Sinon : une clé neuve, dans le CRM.")
    if None in rights.keys:
        return Finding("clé", Verdict.WARNING, "Une clé de ce compte n’a pas de fin.", "mist init --rotate")
    return Finding("clé", Verdict.FINE, "Aucune clé de ce compte n’expire bientôt.")


def _modules(crm: Crm) -> Finding:
    domain = [("name", "in", MODULES), ("state", "=", "installed")]
    rows = crm.call("ir.module.module", "search_read", domain=domain, fields=["name"])
    missing = sorted(set(MODULES) - {row["name"] for row in rows})
    if not missing:
        return Finding("modules", Verdict.FINE, "Les modules nécessaires sont installés.")
    return Finding(
        "modules",
        Verdict.WARNING,
        f"Il manque : {', '.join(missing)}.",
        "« mist apply » les installe ; ou installez-les dans le CRM, menu Applications.",
    )


def _language(crm: Crm) -> Finding:
    if crm.call("res.lang", "search_count", domain=[["code", "=", "fr_FR"]]):
        return Finding("langue", Verdict.FINE, "Le français est actif.")
    return Finding(
        "langue",
        Verdict.WARNING,
        "Le français n’est pas actif : le règlement s’y écrit.",
        "« mist apply » l’active, avec votre accord ; ou, dans le CRM : Paramètres, Langues.",
    )


def _mail(crm: Crm) -> Finding:
    try:
        servers = crm.call("ir.mail_server", "search_count", domain=[])
    except AccessRefused:
        what = "Non examiné : seul un compte qui a les Réglages voit les serveurs de courriel."
        return Finding("courriel", Verdict.FINE, what)
    if servers:
        return Finding("courriel", Verdict.FINE, "Un serveur de courriel sortant est réglé.")
    return Finding(
        "courriel",
        Verdict.WARNING,
        "Aucun serveur de courriel sortant n’est réglé : chez la plupart des hébergeurs, rien ne part.",
        "Dans le CRM : Paramètres, Technique, Serveurs de courriel sortant ; envoyez-y un essai.",
    )


def _latency(crm: Crm) -> Finding:
    begun = time.perf_counter()
    crm.call("res.users", "context_get")
    seconds = time.perf_counter() - begun
    told = f"Une demande prend {seconds * 1000:.0f} ms."
    if seconds < _SLOW_SECONDS:
        return Finding("délai", Verdict.FINE, told)
    return Finding(
        "délai", Verdict.WARNING, told, "C’est lent : comptez plusieurs minutes pour un gros registre."
    )


_EXAMINATIONS: dict[str, Callable[[Crm], Finding]] = {
    ADDRESS: _reachable,
    "version": _version,
    "transport": _transport,
    "compte": _account,
    "droits": _rights,
    "modules": _modules,
    "langue": _language,
    "courriel": _mail,
    "délai": _latency,
}
