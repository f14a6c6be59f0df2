"""Options that many commands share, so that they read and behave alike everywhere."""

from __future__ import annotations

from pathlib import Path

import click

# Where a command finds whether `mist` was told that an account may have more rights than it needs.
MORE_RIGHTS = "mist.more_rights"
# The same, of mappings other than those that are deployed.
OTHER_MAPPINGS = "mist.other_mappings"
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Résultat en JSON, pour un programme. (Result as JSON.)"
)
yes_option = click.option(
    "--yes", is_flag=True, help="Ne pose pas la question, répond oui. (Answers yes instead of asking.)"
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Montre ce qui serait fait, n'écrit rien. (Shows, writes nothing.)"
)
profile_option = click.option(
    "--profile",
    default=None,
    envvar="MIST_PROFILE",
    metavar="NOM",
    help="Profil de connexion créé par « mist init ». (Connection profile.)",
)
mappings_option = click.option(
    "--mappings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    metavar="DOSSIER",
    help="Un autre dossier de règles que celui livré. (Another mappings folder.)",
)
only_option = click.option(
    "--only",
    default="",
    metavar="FICHIERS",
    help="Ces fichiers seulement, séparés par des virgules, comme accompaniments,files. (Only these files.)",
)
detailed_exitcode_option = click.option(
    "--detailed-exitcode",
    is_flag=True,
    help="Code de sortie 2 s'il y a quelque chose à signaler. (Exit code 2 if there is something to tell.)",
)
day_option = click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="DATE",
    help="Comme si l'on était ce jour-là. (As of that day.)",
)
