"""The step of a start that settles whom mails come from, in the association's rules and in the CRM alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from mist_connector.blueprint.hardening import ADDRESS
from mist_connector.crm.config_directory import config_directory
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import load_profile, save_profile
from mist_connector.declared.sender_text import OwnSender
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.start.sender import (
    UNNAMED,
    differences,
    read_company,
    read_mail_servers,
    set_company_address,
)

from . import console
from .consent import consented
from .own_mappings import delivered_address, export_mappings, hardening_of, write_sender


@dataclass(frozen=True)
class Sending:
    """What the CRM has of its own mails: its company, and the hosts of its mail servers."""

    company: Mapping[str, Any]
    servers: tuple[str, ...]

    @classmethod
    def of(cls, crm: Crm) -> Sending:
        """Read both, in two requests."""
        return cls(read_company(crm), read_mail_servers(crm))

    def differs(self, folder: Path | None) -> tuple[str, ...]:
        """Say what keeps mails from leaving by the rules of a folder."""
        return differences(self.company, self.servers, hardening_of(folder), placeholder=delivered_address())

    def own(self, address: str) -> OwnSender:
        """Return what the rules must name for mails of this address to leave by this CRM."""
        others = {
            str(self.company[key] or "").strip().lower() for key in ("default_from_email", "catchall_email")
        }
        return OwnSender(
            address=address,
            returns_to=str(self.company["bounce_email"] or address),
            also=tuple(sorted(others - {"", address.lower()})),
            servers=self.servers,
        )


def settle_sender(
    crm: Crm, profile: str, *, folder: Path | None, address: str | None, yes: bool
) -> Path | None:
    """Bring rules and CRM together on one address, if whoever starts agrees; return the folder of rules.

    Nothing is asked where they agree already. An association that has no folder of rules of its own gets one,
    in which this is changed.
    """
    sending = Sending.of(crm)
    if sending.company["name"] == UNNAMED:
        console.note(
            _("Vos courriels diront « {UNNAMED} » : nommez l'association (Paramètres, Sociétés).").format(
                UNNAMED=UNNAMED
            )
        )
    if address is None and not sending.differs(folder):
        return folder
    for sentence in sending.differs(folder):
        console.note(_("Courriels : {sentence}.").format(sentence=sentence))
    address = address or _asked(yes=yes)
    if not address:
        console.note(_("Expéditeur : plus tard, avec « mist start --sender ADRESSE »."))
        return folder
    question = _("Écrire {address} dans les règles et sur la fiche de la société ?").format(address=address)
    if not consented(question, yes=yes, as_json=False):
        return folder
    mine = _own_folder(profile, folder)
    write_sender(mine, sending.own(address))
    if str(sending.company["email"] or "").strip().lower() != address.lower():
        set_company_address(crm, sending.company, address)
    console.say(
        _("Les courriels partiront de {address} (règles : {mine}).").format(address=address, mine=mine)
    )
    return mine


def _asked(*, yes: bool) -> str | None:
    """Ask for the association's address; empty to leave it for later."""
    if yes:
        return None
    question = _("Adresse de l'association, d'où partent ses courriels (vide : plus tard)")
    return str(click.prompt(question, default="", show_default=False, value_proc=_address)) or None


def _address(text: str) -> str:
    """Return what was typed; click asks again where it is no address."""
    text = text.strip()
    if text and not re.fullmatch(ADDRESS, text):
        raise click.UsageError(_("ce n'est pas une adresse de courriel, comme association@exemple.org"))
    return text


def _own_folder(profile: str, folder: Path | None) -> Path:
    """Return the folder of rules that may be changed, made and kept in the profile where there is none."""
    if folder is not None:
        return folder
    mine = config_directory() / "mappings" / profile
    if not mine.exists():
        export_mappings(mine)
    save_profile(load_profile(profile).model_copy(update={"mappings": str(mine.resolve())}))
    return mine


def require_address(address: str | None) -> None:
    """Raise MistError for what is no address."""
    if address is not None and not re.fullmatch(ADDRESS, address):
        raise MistError(_("Ce n'est pas une adresse de courriel."), todo=_("comme association@exemple.org"))
