"""`mist init`: make a profile of a CRM, after checking that it works."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click
from pydantic import SecretStr

from mist_connector.crm.account import check_account
from mist_connector.crm.address import parse_address
from mist_connector.crm.connect import connect, transport_of
from mist_connector.crm.gate import require_supported
from mist_connector.crm.other_ways import suggesting
from mist_connector.crm.profiles import (
    DEFAULT,
    Profile,
    TransportName,
    load_profile,
    make_profile,
    save_profile,
)
from mist_connector.crm.rotation import rotate as rotate_key
from mist_connector.crm.secrets import keep_secret, looks_like_key
from mist_connector.errors import MistError
from mist_connector.language import LANGUAGES, _

from . import console
from .options import json_option, mappings_option, profile_option

_ASK = _("Clé API ou mot de passe (ne s’affiche pas)")


@click.command(
    help=_(
        "Relie mist à un CRM : vérifie l’adresse et le compte, puis garde le profil.\n\n"
        "Le secret va dans le trousseau du système, ou à défaut dans un fichier lisible de vous "
        "seul. Il n’est jamais une option de la commande : les autres utilisateurs de la machine "
        "la verraient."
    )
)
@click.option("--url", default=None, metavar=_("ADRESSE"), help=_("Par exemple https://crm.example.org."))
@click.option("--database", default=None, metavar=_("NOM"), help=_("Nom de la base."))
@click.option("--login", default=None, metavar=_("NOM"), help=_("Compte du CRM."))
@click.option(
    "--rotate",
    is_flag=True,
    help=_("Remplace la clé du profil par une neuve, et supprime l'ancienne."),
)
@click.option("--secret-stdin", is_flag=True, help=_("Lit le secret sur l’entrée standard."))
@click.option(
    "--transport",
    type=click.Choice([str(name) for name in TransportName]),
    default=None,
    help=_("Impose une voie ; sinon mist choisit."),
)
@click.option(
    "--timeout",
    metavar=_("SECONDES"),
    type=float,
    default=120.0,
    show_default=True,
    help=_("Durée de silence tolérée."),
)
@click.option(
    "--calls-per-second",
    "pace",
    type=float,
    default=None,
    metavar=_("NOMBRE"),
    help=_("Ce que l'hébergeur permet ; sinon, sans attente."),
)
@click.option(
    "--mails-per-day",
    type=int,
    default=None,
    metavar=_("NOMBRE"),
    help=_("Courriels que l'hébergeur laisse partir en un jour."),
)
@click.option("--insecure", is_flag=True, help=_("Accepte http sans chiffrement."))
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=None,
    help=_("Langue que mist parle avec ce profil, sauf --lang."),
)
@mappings_option
@profile_option
@json_option
def command(
    *,
    url: str | None,
    database: str | None,
    login: str | None,
    rotate: bool,
    secret_stdin: bool,
    transport: str | None,
    timeout: float,
    pace: float | None,
    mails_per_day: int | None,
    insecure: bool,
    language: str | None,
    mappings: Path | None,
    profile: str | None,
    as_json: bool,
) -> None:
    """Ask, check, keep, in this order: nothing is kept of an account that does not work."""
    if rotate:
        _rotate(profile, as_json=as_json)
        return
    noted: dict[str, str] = {} if mappings is None else {"mappings": str(mappings.resolve())}
    if language is not None:
        noted["language"] = language
    if noted and not (url or database or login):
        _note(profile, noted, as_json=as_json)
        return
    url = url or click.prompt(_("Adresse du CRM"))
    database = database or click.prompt(_("Base de données"))
    login = login or click.prompt(_("Identifiant du compte"))
    parse_address(url, insecure=insecure)
    wanted = make_profile(
        name=profile or DEFAULT,
        url=url,
        database=database,
        login=login,
        transport=transport,
        timeout=timeout,
        calls_per_second=pace,
        mails_per_day=mails_per_day,
        insecure=insecure,
        **noted,
    )
    secret = _read_secret(from_stdin=secret_stdin)
    version, chosen = _check(wanted, secret)
    # The way is kept, so that no later command has to ask for it again.
    kept = keep_secret(wanted.model_copy(update={"transport": chosen}), secret)
    save_profile(kept)
    _tell(kept, version, as_json=as_json)


def _note(name: str | None, noted: dict[str, str], *, as_json: bool) -> None:
    """Note in an existing profile which bylaws its CRM follows, or which language mist speaks with it."""
    found = load_profile(name).model_copy(update=noted)
    save_profile(found)
    if as_json:
        console.emit_json(found.model_dump(mode="json"))
        return
    if "mappings" in noted:
        console.say(
            _("Profil « {found.name} » : règles de {found.mappings}, sauf --mappings.").format(found=found)
        )
    if "language" in noted:
        console.say(
            _("Profil « {found.name} » : mist parle « {found.language} », sauf --lang.").format(found=found)
        )


def _rotate(name: str | None, *, as_json: bool) -> None:
    found = load_profile(name)
    until = rotate_key(found)
    if as_json:
        console.emit_json({"profile": found.name, "until": until})
    else:
        console.say(
            _("Profil « {found.name} » : clé neuve jusqu'au {until} ; l'ancienne est supprimée.").format(
                found=found, until=until
            )
        )


def _read_secret(*, from_stdin: bool) -> SecretStr:
    text = sys.stdin.readline() if from_stdin else click.prompt(_ASK, hide_input=True, err=True)
    secret = text.strip("\r\n")
    if looks_like_key(SecretStr("".join(secret.split()))):
        secret = "".join(secret.split())  # a key holds no blanks: these came with the copy
    if not secret:
        raise MistError(
            _("Aucun secret n’a été donné."), todo=_("Donnez la clé API du compte, ou son mot de passe.")
        )
    return SecretStr(secret)


def _check(profile: Profile, secret: SecretStr) -> tuple[str, TransportName | None]:
    """Log in; return the CRM's version, and the way that was chosen."""
    with suggesting(profile, secret), closing(connect(profile, secret)) as crm:
        require_supported(crm.version())
        check_account(crm)
        return crm.version().text, transport_of(crm)


def _tell(profile: Profile, version: str, *, as_json: bool) -> None:
    if as_json:
        console.emit_json({**profile.model_dump(mode="json"), "version": version})
        return
    console.say(
        _("Le compte {profile.login} est accepté par {profile.url} (Odoo {version}).").format(
            profile=profile, version=version
        )
    )
    if profile.secret_file is None:
        console.say(_("Le secret est dans le trousseau du système."))
    else:
        console.say(
            _(
                "Cette machine n’a pas de trousseau : le secret est dans {profile.secret_file} (mode 600)."
            ).format(profile=profile)
        )
    console.say(_("Profil « {profile.name} » enregistré. Ensuite : mist doctor").format(profile=profile))
