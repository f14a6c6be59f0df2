"""`mist schedule`: the lines that make cron or systemd run mist regularly, and one such run."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from mist_connector.crm.profiles import DEFAULT, load_profile
from mist_connector.language import _
from mist_connector.work.schedule.jobs import JOBS, job_named
from mist_connector.work.schedule.running import Run, run_job
from mist_connector.work.schedule.units import Setting, crontab, systemd_units

from . import console
from .options import SUBCOMMAND, json_option, profile_option
from .page_files import write_file


@click.group(
    subcommand_metavar=SUBCOMMAND,
    name="schedule",
    help=_("Fait tourner mist régulièrement : sync, check, les boutons d'assemblée, les portes du CRM."),
)
def command() -> None:
    """Group the three."""


install_option = click.option(
    "--install-profile",
    default="admin",
    show_default=True,
    metavar=_("NOM"),
    help=_("Profil du compte qui installe, pour les portes du CRM."),
)


@command.command(help=_("Montre les lignes pour « crontab -e »."))
@profile_option
@install_option
def cron(*, profile: str | None, install_profile: str) -> None:
    """Print the lines and nothing else, so that they can be piped."""
    console.say(crontab(_setting(profile, install_profile)).rstrip("\n"))


@command.command(
    help=_("Écrit les services et minuteries de systemd dans un dossier, d'ordinaire ~/.config/systemd/user.")
)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), metavar=_("DOSSIER"))
@profile_option
@install_option
def systemd(*, directory: Path, profile: str | None, install_profile: str) -> None:
    """Write the units, and say how to start them."""
    units = systemd_units(_setting(profile, install_profile))
    for name, text in units.items():
        write_file(directory / name, text)
    timers = " ".join(name for name in units if name.endswith(".timer"))
    console.say(_("{units} fichiers écrits dans {directory}.").format(units=len(units), directory=directory))
    console.say(
        _("Ensuite : systemctl --user daemon-reload && systemctl --user enable --now {timers}").format(
            timers=timers
        )
    )


@command.command(
    help=_(
        "Exécute un travail, sans jamais doubler un autre en cours ; n'écrit rien s'il n'y a "
        "rien à faire pour personne."
    )
)
@click.argument("name", type=click.Choice([job.name for job in JOBS]), metavar=_("TRAVAIL"))
@profile_option
@json_option
def run(*, name: str, profile: str | None, as_json: bool) -> int:
    """Run the job and say in one line, without any content, that somebody is needed."""
    found = load_profile(profile).name
    done = run_job(job_named(name), (_program(),), profile=found)
    if as_json:
        console.emit_json({"job": name, "code": done.code, "calm": done.calm})
    elif not done.calm:
        console.say(_needed(done, found))
    return 0 if done.calm else 2


def _needed(done: Run, profile: str) -> str:
    by_hand = " ".join(("mist", *done.job.words, "--profile", profile))
    return _("mist demande quelqu'un (code {done.code}). Lancez : {by_hand}").format(
        done=done, by_hand=by_hand
    )


def _setting(profile: str | None, install_profile: str) -> Setting:
    return Setting(_program(), profile or DEFAULT, install_profile, os.environ.get("MIST_CONFIG"))


def _program() -> str:
    """Return the program that runs now, as a path that cron and systemd can start."""
    own = Path(sys.argv[0])
    if own.name == "mist" and own.exists():
        return str(own.resolve())
    beside = Path(sys.executable).with_name("mist")
    return str(beside) if beside.exists() else shutil.which("mist") or "mist"
