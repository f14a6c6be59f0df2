"""`mist sandbox`: a real Odoo on this machine, to try everything on without touching the association's."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector import sandbox
from mist_connector.language import _
from mist_connector.sandbox import Running, Status

from . import console
from .options import SUBCOMMAND, json_option

_DEFAULT = "demo"
_name_option = click.option(
    "--name", default=_DEFAULT, show_default=True, metavar=_("NOM"), help=_("Lequel.")
)
_source_option = click.option(
    "--odoo-source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    metavar=_("DOSSIER"),
    help=_("Des sources d'Odoo 19 ou suivant, au lieu du paquet Debian."),
)


@click.group(
    subcommand_metavar=SUBCOMMAND,
    name="sandbox",
    help=_("Un vrai Odoo sur cette machine, pour essayer sans risque."),
)
def command() -> None:
    """Group the commands."""


@command.command(help=_("Démarre le bac à sable ; le crée s'il le faut."))
@_name_option
@_source_option
@json_option
def up(*, name: str, odoo_source: Path | None, as_json: bool) -> None:
    """Bring a sandbox up and say how to log in."""
    _show(sandbox.up(name, console.reporter(), odoo_source=odoo_source), as_json=as_json)


@command.command(help=_("Arrête le bac à sable ; ses données restent."))
@_name_option
@json_option
def down(*, name: str, as_json: bool) -> None:
    """Take a sandbox down."""
    ran = sandbox.down(name, console.reporter())
    if as_json:
        console.emit_json({"name": name, "stopped": ran})
    else:
        console.say(
            (
                _("Le bac à sable « {name} » est arrêté.")
                if ran
                else _("Le bac à sable « {name} » ne tournait pas.")
            ).format(name=name)
        )


@command.command(help=_("Dit quels bacs à sable existent et tournent."))
@json_option
def status(*, as_json: bool) -> None:
    """List the sandboxes."""
    found = sandbox.status()
    if as_json:
        console.emit_json([_facts(each) for each in found])
    elif not found:
        console.say(_("Aucun bac à sable. Pour en créer un : mist sandbox up"))
    else:
        rows = [
            (each.name, _("tourne") if each.running else _("arrêté"), each.url, str(each.mail_dir))
            for each in found
        ]
        console.table((_("nom"), _("état"), _("adresse"), _("courriels")), rows)


@command.command(help=_("Efface tout et recommence à neuf."))
@_name_option
@_source_option
@json_option
def reset(*, name: str, odoo_source: Path | None, as_json: bool) -> None:
    """Begin a sandbox anew."""
    _show(sandbox.reset(name, console.reporter(), odoo_source=odoo_source), as_json=as_json)


@command.command(
    help=_(
        "Déplace l'horloge d'un bac à sable qui tourne, sans rien faire tourner d'autre. QUAND : "
        "un jour (2027-01-31), un jour et une heure de Paris (2027-01-31T00:30), un décalage "
        "depuis l'heure vraie (+7d, +30m, -- -2h), ou real."
    )
)
@click.argument("move", metavar=_("QUAND"))
@_name_option
@json_option
def clock(*, move: str, name: str, as_json: bool) -> None:
    """Move the clock and say what it shows."""
    shown = sandbox.move_clock(name, move, console.reporter())
    if as_json:
        console.emit_json({"name": name, "now": shown.isoformat(timespec="seconds")})
    else:
        console.say(
            _("Le bac à sable « {name} » croit qu'il est {shown:%d/%m/%Y %H:%M} UTC.").format(
                name=name, shown=shown
            )
        )


@command.command(help=_("Montre la fin du journal d'Odoo."))
@_name_option
@click.option("--lines", default=50, show_default=True, metavar="N", help=_("Combien de lignes."))
@json_option
def logs(*, name: str, lines: int, as_json: bool) -> None:
    """Show the end of the log."""
    said = sandbox.logs(name, lines=lines)
    if as_json:
        console.emit_json(said)
    else:
        console.say("\n".join(said))


def _show(running: Running, *, as_json: bool) -> None:
    """Say where a sandbox is and how to log in: its secrets are its owner's, and good for nothing else."""
    facts = {
        "name": running.name,
        "url": running.url,
        "database": running.database,
        "login": running.admin_login,
        "password": running.admin_password,
        "api_key": running.admin_api_key,
        "mail_dir": str(running.mail_dir),
        "log_file": str(running.log_file),
    }
    if as_json:
        console.emit_json(facts)
        return
    console.say(_("Le bac à sable « {running.name} » tourne : {running.url}").format(running=running))
    console.say(
        _(
            "  base {running.database} — compte {running.admin_login} — mot de passe {running.admin_password}"
        ).format(running=running)
    )
    console.say(_("  clé d'API : {running.admin_api_key}").format(running=running))
    console.say(_("  courriels : {running.mail_dir}").format(running=running))
    console.say(_("  pour l'arrêter : mist sandbox down --name {running.name}").format(running=running))


def _facts(seen: Status) -> dict[str, object]:
    """Return what JSON shows of a sandbox."""
    return {
        "name": seen.name,
        "running": seen.running,
        "url": seen.url,
        "mail_dir": str(seen.mail_dir),
        "log_file": str(seen.log_file),
        "odoo_source": seen.source,
    }
