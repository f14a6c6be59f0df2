"""`mist demo`: the whole product on a real Odoo of this machine, from an empty CRM to mails in mailboxes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mist_connector import sandbox
from mist_connector.crm.today import today_of
from mist_connector.language import _

from . import console
from .declared_mappings import declared
from .demo_accounts import Accounts
from .demo_reading import show_reading, show_refusal
from .demo_steps import deploy, run

REGISTER = "examples/register"
WRITTEN_ON = date(2026, 11, 24)  # the day that the dates of the example are told from
DIRECTION_ONLY = "accompaniments,files"


@click.command(help=_("Montre tout le produit sur un vrai Odoo de cette machine, avec un registre inventé."))
@click.option("--name", default="demo", show_default=True, metavar=_("NOM"), help=_("Le bac à sable."))
@click.option(
    "--register",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=REGISTER,
    show_default=True,
    metavar=_("DOSSIER"),
    help=_("Le registre inventé à charger."),
)
def command(*, name: str, register: Path) -> None:
    """Run every step; each may be run again, and goes on from where things stand."""
    _step(1, "Un vrai Odoo démarre sur cette machine (a real Odoo starts)")
    running = sandbox.up(name, console.reporter())
    accounts = Accounts(running)
    _step(2, "Le règlement est déployé dans le CRM, en une transaction (the bylaws are deployed)")
    accounts.add_administrator()
    deploy(accounts.administrator)
    accounts.add_connector()
    _step(3, "Le registre inventé est chargé (an invented register is loaded)")
    written = ("--written-on", _written_on(accounts).isoformat(), "--yes")
    run("import", str(register), *written, profile=accounts.connector)
    # Functions open files: the first ones are given by the account that installs, never by the connector.
    run("import", str(register), "--only", "functions", *written, profile=accounts.administrator)
    _step(4, "Statuts, contacts et comptes suivent les faits (statuses, contacts, accounts)")
    run("sync", "--brief", "--yes", profile=accounts.connector)
    accounts.set_passwords()
    _step(5, "La direction ouvre des dossiers et dit qui accompagne qui (direction opens files)")
    accounts.add_direction()
    run("import", str(register), "--only", DIRECTION_ONLY, *written, profile=accounts.direction)
    # Reminders about a person go to whoever accompanies her, which is known from here on.
    run("sync", "--brief", "--yes", profile=accounts.connector)
    _step(6, "Le CRM refuse ce que le règlement interdit, et dit pourquoi (a forbidden change)")
    show_refusal(accounts)
    _step(7, "Un dossier ne s'ouvre qu'à qui le règlement l'ouvre (who can read files)")
    show_reading(accounts)
    _step(8, "Le rapport d'assemblée part, un courriel par personne (a report is mailed)")
    document = ("--document", "assembly_report", "--on", accounts.loaded_on().isoformat())
    run("report", "send", *document, "--yes", profile=accounts.connector)
    _farewell(accounts)


def _written_on(accounts: Accounts) -> date:
    """Return the day to tell the example's dates from: the same dates on every run of one sandbox."""
    today = today_of(declared().blueprint)
    return WRITTEN_ON + (today - accounts.loaded_on())


def _step(number: int, sentence: str) -> None:
    console.say()
    console.say(f"{number}. {sentence}", style="bold")


def _farewell(accounts: Accounts) -> None:
    """Say where everything is, and how to stop it."""
    running = accounts.running
    console.say()
    console.say("À vous (your turn)", style="bold")
    console.say(f"   Adresse (address) : {running.url}/odoo   base : {running.database}")
    console.table(("   Compte (account)", "Mot de passe (password)", "Rôle (role)"), accounts.rows())
    console.say(f"   Courriels (mails) : {_mails(running.mail_dir)}, dans {running.mail_dir}")
    stop = "mist sandbox down" + ("" if running.name == "demo" else f" --name {running.name}")
    console.say(f"   Arrêter (stop)    : .venv/bin/{stop}")


def _mails(folder: Path) -> str:
    count = sum(1 for _ in folder.glob("new/*")) + sum(1 for _ in folder.glob("cur/*"))
    return f"{count} reçus"
