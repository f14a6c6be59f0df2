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
    _step(1, _("Un vrai Odoo démarre sur cette machine"))
    running = sandbox.up(name, console.reporter())
    accounts = Accounts(running)
    _step(2, _("Le règlement est déployé dans le CRM, en une transaction"))
    accounts.add_administrator()
    deploy(accounts.administrator)
    accounts.add_connector()
    _step(3, _("Le registre inventé est chargé"))
    written = ("--written-on", _written_on(accounts).isoformat(), "--yes")
    run("import", str(register), *written, profile=accounts.connector)
    # Functions open files: the first ones are given by the account that installs, never by the connector.
    run("import", str(register), "--only", "functions", *written, profile=accounts.administrator)
    _step(4, _("Statuts, contacts et comptes suivent les faits"))
    run("sync", "--brief", "--yes", profile=accounts.connector)
    accounts.set_passwords()
    _step(5, _("La direction ouvre des dossiers et dit qui accompagne qui"))
    accounts.add_direction()
    run("import", str(register), "--only", DIRECTION_ONLY, *written, profile=accounts.direction)
    # Reminders about a person go to whoever accompanies her, which is known from here on.
    run("sync", "--brief", "--yes", profile=accounts.connector)
    _step(6, _("Le CRM refuse ce que le règlement interdit, et dit pourquoi"))
    show_refusal(accounts)
    _step(7, _("Un dossier ne s'ouvre qu'à qui le règlement l'ouvre"))
    show_reading(accounts)
    _step(8, _("Le rapport d'assemblée part, un courriel par personne"))
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
    console.say(_("À vous"), style="bold")
    console.say(_("   Adresse : {running.url}/odoo   base : {running.database}").format(running=running))
    console.table((_("   Compte"), _("Mot de passe"), _("Rôle")), accounts.rows())
    console.say(
        _("   Courriels : {mails}, dans {running.mail_dir}").format(
            mails=_mails(running.mail_dir), running=running
        )
    )
    stop = "mist sandbox down" + ("" if running.name == "demo" else f" --name {running.name}")
    console.say(_("   Arrêter : .venv/bin/{stop}").format(stop=stop))


def _mails(folder: Path) -> str:
    count = sum(1 for _ in folder.glob("new/*")) + sum(1 for _ in folder.glob("cur/*"))
    return _("{count} reçus").format(count=count)
