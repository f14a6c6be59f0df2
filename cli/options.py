"""Options that many commands share, so that they read and behave alike everywhere."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.language import _

# Where a command finds whether `mist` was told that an account may have more rights than it needs.
MORE_RIGHTS = "mist.more_rights"
# The same, of mappings other than those that are deployed.
OTHER_MAPPINGS = "mist.other_mappings"
# How the usage line of a group names what follows.
SUBCOMMAND = _("COMMANDE [ARGS]...")
json_option = click.option("--json", "as_json", is_flag=True, help=_("Résultat en JSON, pour un programme."))
yes_option = click.option("--yes", is_flag=True, help=_("Ne pose pas la question, répond oui."))
dry_run_option = click.option("--dry-run", is_flag=True, help=_("Montre ce qui serait fait, n'écrit rien."))
profile_option = click.option(
    "--profile",
    default=None,
    envvar="MIST_PROFILE",
    metavar=_("NOM"),
    help=_("Profil de connexion créé par « mist init »."),
)
mappings_option = click.option(
    "--mappings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    metavar=_("DOSSIER"),
    help=_("Un autre dossier de règles que celui livré."),
)
only_option = click.option(
    "--only",
    default="",
    metavar=_("FICHIERS"),
    help=_("Ces fichiers seulement, séparés par des virgules, comme accompaniments,files."),
)
detailed_exitcode_option = click.option(
    "--detailed-exitcode",
    is_flag=True,
    help=_("Code de sortie 2 s'il y a quelque chose à signaler."),
)
day_option = click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar=_("DATE"),
    help=_("Comme si l'on était ce jour-là."),
)
