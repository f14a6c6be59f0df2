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

from . import console
from .options import json_option, mappings_option, profile_option

_ASK = "Clé API ou mot de passe (ne s’affiche pas)"


@click.command(
    help=(
        "Relie mist à un CRM : vérifie l’adresse et le compte, puis garde le profil.\n\n"
        "Le secret va dans le trousseau du système, ou à défaut dans un fichier lisible de vous seul. "
        "Il n’est jamais une option de la commande : les autres utilisateurs de la machine la verraient.\n\n"
        "(Connects mist to a CRM: checks the address and the account, then stores a profile.)"
    )
)
@click.option("--url", default=None, metavar="ADRESSE", help="Par exemple https://crm.example.org.")
@click.option("--database", default=None, metavar="NOM", help="Nom de la base. (Database.)")
@click.option("--login", default=None, metavar="NOM", help="Compte du CRM. (Account.)")
@click.option(
    "--rotate",
    is_flag=True,
    help="Remplace la clé du profil par une neuve, et supprime l'ancienne. (Renews the profile's key.)",
)
@click.option(
    "--secret-stdin", is_flag=True, help="Lit le secret sur l’entrée standard. (Secret from stdin.)"
)
@click.option(
    "--transport",
    type=click.Choice([str(name) for name in TransportName]),
    default=None,
    help="Impose une voie ; sinon mist choisit. (Forces a transport.)",
)
@click.option("--timeout", type=float, default=120.0, show_default=True, help="Secondes de silence tolérées.")
@click.option(
    "--calls-per-second",
    "pace",
    type=float,
    default=None,
    metavar="NOMBRE",
    help="Ce que l'hébergeur permet ; sinon, sans attente. (What the host allows.)",
)
@click.option(
    "--mails-per-day",
    type=int,
    default=None,
    metavar="NOMBRE",
    help="Courriels que l'hébergeur laisse partir en un jour. (Mails that the host lets leave in a day.)",
)
@click.option("--insecure", is_flag=True, help="Accepte http sans chiffrement. (Accepts plain http.)")
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
    mappings: Path | None,
    profile: str | None,
    as_json: bool,
) -> None:
    """Ask, check, keep, in this order: nothing is kept of an account that does not work."""
    if rotate:
        _rotate(profile, as_json=as_json)
        return
    if mappings is not None and not (url or database or login):
        _keep_mappings(profile, mappings, as_json=as_json)
        return
    url = url or click.prompt("Adresse du CRM")
    database = database or click.prompt("Base de données")
    login = login or click.prompt("Identifiant du compte")
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
        mappings=None if mappings is None else str(mappings.resolve()),
    )
    secret = _read_secret(from_stdin=secret_stdin)
    version, chosen = _check(wanted, secret)
    # The way is kept, so that no later command has to ask for it again.
    kept = keep_secret(wanted.model_copy(update={"transport": chosen}), secret)
    save_profile(kept)
    _tell(kept, version, as_json=as_json)


def _keep_mappings(name: str | None, mappings: Path, *, as_json: bool) -> None:
    """Note in a profile that is there which bylaws its CRM follows."""
    found = load_profile(name).model_copy(update={"mappings": str(mappings.resolve())})
    save_profile(found)
    if as_json:
        console.emit_json(found.model_dump(mode="json"))
    else:
        console.say(f"Profil « {found.name} » : règles de {found.mappings}, sauf --mappings.")


def _rotate(name: str | None, *, as_json: bool) -> None:
    found = load_profile(name)
    until = rotate_key(found)
    if as_json:
        console.emit_json({"profile": found.name, "until": until})
    else:
        console.say(f"Profil « {found.name} » : clé neuve jusqu'au {until} ; l'ancienne est supprimée.")


def _read_secret(*, from_stdin: bool) -> SecretStr:
    text = sys.stdin.readline() if from_stdin else click.prompt(_ASK, hide_input=True, err=True)
    secret = text.strip("\r\n")
    if looks_like_key(SecretStr("".join(secret.split()))):
        secret = "".join(secret.split())  # a key holds no blanks: these came with the copy
    if not secret:
        raise MistError(
            "Aucun secret n’a été donné.", todo="Donnez la clé API du compte, ou son mot de passe."
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
    console.say(f"Le compte {profile.login} est accepté par {profile.url} (Odoo {version}).")
    if profile.secret_file is None:
        console.say("Le secret est dans le trousseau du système.")
    else:
        console.say(
            f"Cette machine n’a pas de trousseau : le secret est dans {profile.secret_file} (mode 600)."
        )
    console.say(f"Profil « {profile.name} » enregistré. Ensuite : mist doctor")
