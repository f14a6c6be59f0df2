"""`mist access`: who may read what about a person today, and why; or what one account may read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mist_connector.access.readers import Opening, what_reads, who_reads
from mist_connector.declared.suggestion import suggest
from mist_connector.errors import MistError
from mist_connector.language import _

from . import console
from .access_known import read_known
from .access_letter import letter
from .declared_mappings import declared
from .options import SUBCOMMAND, json_option, mappings_option, profile_option

_TIERS = {"register": _("registre"), "personal": _("dossier personnel"), "investigation": _("enquêtes")}
_OPERATIONS = {"read": _("lire"), "write": _("modifier"), "create": _("créer"), "delete": _("supprimer")}


@click.group(
    subcommand_metavar=SUBCOMMAND,
    name="access",
    help=_("Dit qui peut lire quoi aujourd'hui, et pourquoi."),
)
def command() -> None:
    """Group the two questions."""


@command.command(help=_("Qui peut lire quoi sur une personne."))
@click.argument("code", metavar="CODE")
@profile_option
@mappings_option
@json_option
def who(*, code: str, profile: str | None, mappings: Path | None, as_json: bool) -> None:
    """Show what each account may do about a person."""
    rules, wanted = declared(mappings), code.upper()
    known = read_known(profile, rules)
    if wanted not in known.register.people:
        raise MistError(
            _("Personne n'a le code {wanted}.").format(wanted=wanted),
            todo=suggest(wanted, known.register.people),
        )
    _show(who_reads(wanted, known.register, known.accounts, rules.blueprint, on=known.today), as_json=as_json)


@command.command(help=_("Ce qu'un compte peut lire."))
@click.argument("login", metavar=_("COMPTE"))
@profile_option
@mappings_option
@json_option
def what(*, login: str, profile: str | None, mappings: Path | None, as_json: bool) -> None:
    """Show what one account may do, person by person where it depends on the person."""
    rules = declared(mappings)
    known = read_known(profile, rules)
    by_login = {account.login: account for account in known.accounts}
    if login not in by_login:
        raise MistError(_("Aucun compte « {login} ».").format(login=login), todo=suggest(login, by_login))
    _show(what_reads(by_login[login], known.register, rules.blueprint, on=known.today), as_json=as_json)


command.add_command(letter)


def _show(openings: Sequence[Opening], *, as_json: bool) -> None:
    if as_json:
        console.emit_json([opening_data(each) for each in openings])
        return
    if not openings:
        console.say(_("Personne ne peut rien lire par une règle d'aujourd'hui."))
        return
    headers = (_("Compte"), _("Personne"), _("Niveau"), _("Peut"), _("Règle"), _("Jusqu'au"), _("Parce que"))
    console.table(headers, opening_rows(openings))
    console.say(
        _("Qui administre le CRM ou l'héberge n'est arrêté par aucune règle : voyez docs/confidentiality.md.")
    )


def opening_rows(openings: Sequence[Opening]) -> list[tuple[str, ...]]:
    """Return a row for each opening: which account, about whom, what, by which rule, until when, and why."""
    return [
        (
            each.login,
            _("toutes") if each.person == "*" else each.person,
            _TIERS[each.tier.value],
            ", ".join(_OPERATIONS[operation.value] for operation in each.operations),
            each.rule,
            f"{each.until:%d/%m/%Y}" if each.until else _("sans fin"),
            " ; ".join(reason.sentence for reason in each.reasons) or _("le groupe du compte"),
        )
        for each in openings
    ]


def opening_data(each: Opening) -> dict[str, object]:
    """Return one opening for a program."""
    return {
        "account": each.login,
        "person": each.person,
        "tier": each.tier.value,
        "operations": [operation.value for operation in each.operations],
        "rule": each.rule,
        "until": each.until.isoformat() if each.until else None,
        "reasons": [reason.sentence for reason in each.reasons],
    }
