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
        _("clé"): partial(_key, days=key_warning_days),
    }
    for topic, examine in examinations.items():
        try:
            yield examine(crm)
        except MistError as error:
            yield failed(topic, error)
            return


def _reachable(crm: Crm) -> Finding:
    return Finding(ADDRESS, Verdict.FINE, _("Le CRM répond : Odoo {text}.").format(text=crm.version().text))


def _version(crm: Crm) -> Finding:
    version = crm.version()
    require_supported(version)
    if support(version) is Support.TRIED:
        return Finding(
            "version", Verdict.FINE, _("La version {text} est prise en charge.").format(text=version.text)
        )
    return Finding(
        "version",
        Verdict.WARNING,
        _("La version {text} n’a pas été essayée.").format(text=version.text),
        _("Essayez d’abord sur une copie de la base."),
    )


def _transport(crm: Crm) -> Finding:
    name = type(crm).__name__
    if name == "Json2":
        return Finding("transport", Verdict.FINE, _("JSON-2, avec une clé API."))
    return Finding(
        "transport",
        Verdict.WARNING,
        _("{name} : Odoo annonce la fin de cette voie.").format(name=name),
        _("Créez une clé API pour ce compte, puis relancez « mist init »."),
    )


def _account(crm: Crm) -> Finding:
    check_account(crm)
    return Finding(_("compte"), Verdict.FINE, _("Le compte {login} est accepté.").format(login=crm.login))


def _rights(crm: Crm) -> Finding:
    if crm.call("res.users", "has_group", ids=[crm.uid()], group_ext_id="base.group_system"):
        return Finding(_("droits"), Verdict.FINE, _("Ce compte peut installer (Paramètres)."))
    return Finding(
        _("droits"),
        Verdict.WARNING,
        _("Ce compte ne peut pas installer : « mist plan » et « mist apply » lui sont fermés."),
        _("Pour installer, prenez un compte qui a le droit Paramètres ; pour le reste, il peut suffire."),
    )


def _key(crm: Crm, days: int) -> Finding:
    rights = Rights(crm.login, frozenset(), read_keys(crm))
    for warning in warnings_of(rights, datetime.now(UTC), days):
        return Finding(_("clé"), Verdict.WARNING, warning, _("Sinon : une clé neuve, dans le CRM."))
    if None in rights.keys:
        return Finding(
            _("clé"), Verdict.WARNING, _("Une clé de ce compte n’a pas de fin."), "mist init --rotate"
        )
    return Finding(_("clé"), Verdict.FINE, _("Aucune clé de ce compte n’expire bientôt."))


def _modules(crm: Crm) -> Finding:
    domain = [("name", "in", MODULES), ("state", "=", "installed")]
    rows = crm.call("ir.module.module", "search_read", domain=domain, fields=["name"])
    missing = sorted(set(MODULES) - {row["name"] for row in rows})
    if not missing:
        return Finding("modules", Verdict.FINE, _("Les modules nécessaires sont installés."))
    return Finding(
        "modules",
        Verdict.WARNING,
        _("Il manque : {missing}.").format(missing=", ".join(missing)),
        _("« mist apply » les installe ; ou installez-les dans le CRM, menu Applications."),
    )


def _language(crm: Crm) -> Finding:
    if crm.call("res.lang", "search_count", domain=[["code", "=", "fr_FR"]]):
        return Finding(_("langue"), Verdict.FINE, _("Le français est actif."))
    return Finding(
        _("langue"),
        Verdict.WARNING,
        _("Le français n’est pas actif : le règlement s’y écrit."),
        _("« mist apply » l’active, avec votre accord ; ou, dans le CRM : Paramètres, Langues."),
    )


def _mail(crm: Crm) -> Finding:
    try:
        servers = crm.call("ir.mail_server", "search_count", domain=[])
    except AccessRefused:
        what = _("Non examiné : seul un compte qui a les Réglages voit les serveurs de courriel.")
        return Finding(_("courriel"), Verdict.FINE, what)
    if servers:
        return Finding(_("courriel"), Verdict.FINE, _("Un serveur de courriel sortant est réglé."))
    return Finding(
        _("courriel"),
        Verdict.WARNING,
        _("Aucun serveur de courriel sortant n’est réglé : chez la plupart des hébergeurs, rien ne part."),
        _("Dans le CRM : Paramètres, Technique, Serveurs de courriel sortant ; envoyez-y un essai."),
    )


def _latency(crm: Crm) -> Finding:
    begun = time.perf_counter()
    crm.call("res.users", "context_get")
    seconds = time.perf_counter() - begun
    told = _("Une demande prend {seconds:.0f} ms.").format(seconds=seconds * 1000)
    if seconds < _SLOW_SECONDS:
        return Finding(_("délai"), Verdict.FINE, told)
    return Finding(
        _("délai"), Verdict.WARNING, told, _("C’est lent : comptez plusieurs minutes pour un gros registre.")
    )


_EXAMINATIONS: dict[str, Callable[[Crm], Finding]] = {
    ADDRESS: _reachable,
    "version": _version,
    "transport": _transport,
    _("compte"): _account,
    _("droits"): _rights,
    "modules": _modules,
    _("langue"): _language,
    _("courriel"): _mail,
    _("délai"): _latency,
}
