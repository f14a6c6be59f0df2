"""`mist prove`: become each role, try every door, compare with what the bylaws open."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from mist_connector import sandbox
from mist_connector.crm.connect import connect
from mist_connector.crm.gate import require_supported
from mist_connector.crm.profiles import Profile, load_profile
from mist_connector.crm.secrets import find_secret
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.proof.page import page
from mist_connector.proof.prove import Proof, prove
from mist_connector.proof.record import as_data, differences, figures, load

from . import console
from .declared_mappings import declared
from .options import json_option, mappings_option, profile_option
from .page_files import write_file
from .prove_challenge import challenge

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    help=_(
        "Devient chaque rôle, essaie chaque voie vers une fiche inventée, et compare avec la "
        "matrice d'accès. Crée des comptes et des fiches temporaires, et les retire ; après une "
        "interruption, relancez : ce qui restait est retiré d'abord."
    )
)
@profile_option
@mappings_option
@json_option
@click.option("--out", type=_FILE, default=None, metavar=_("FICHIER"), help=_("Garde la preuve en JSON."))
@click.option("--html", type=_FILE, default=None, metavar=_("FICHIER"), help=_("Écrit la page à lire."))
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("Compare avec une preuve gardée."),
)
@click.option("--live", is_flag=True, help=_("Accepte un CRM qui n'est pas un bac à sable."))
@click.option(
    "--challenge",
    "challenged",
    is_flag=True,
    help=_("Ouvre une à une des portes connues dans une copie du bac à sable : chacune doit être nommée."),
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help=_("Avec --challenge : N portes au hasard."),
)
@click.option("--quick", is_flag=True, help=_("Sans le balayage de tous les modèles."))
def command(
    *,
    profile: str | None,
    mappings: Path | None,
    as_json: bool,
    out: Path | None,
    html: Path | None,
    since: Path | None,
    live: bool,
    challenged: bool,
    sample: int | None,
    quick: bool,
) -> int:
    """Prove, write what was asked for, and return the exit code."""
    everything, found = declared(mappings), load_profile(profile)
    if challenged:
        return challenge(found, everything.blueprint, count=sample, as_json=as_json)
    before = load(since) if since else {}
    _require_sandbox(found, live=live)
    with closing(connect(found, find_secret(found))) as crm:
        require_supported(crm.version())
        matrix = everything.bylaws.matrix
        proof = prove(crm, found, everything.blueprint, matrix, console.reporter(), sweep=not quick)
    changed = differences(before, proof) if since else []
    if out is not None:
        write_file(out, console.to_json(as_data(proof)))
    if html is not None:
        write_file(html, page(proof, matrix, changed))
    if as_json:
        console.emit_json(as_data(proof) | {"changed": [vars(each) for each in changed]})
    else:
        _show(proof, len(changed) if since else None)
    return 0 if proof.holds else 2


def _require_sandbox(profile: Profile, *, live: bool) -> None:
    """Raise MistError for a CRM that is not of this machine, unless it is explicitly allowed."""
    addresses = {each.url.rstrip("/") for each in sandbox.status() if each.running}
    if not live and profile.url.rstrip("/") not in addresses:
        raise MistError(
            _("Ce CRM n'est pas un bac à sable : la preuve y créerait des comptes temporaires."),
            todo=_("essayez sur un bac à sable, ou ajoutez --live si c'est voulu"),
        )


def _show(proof: Proof, changed: int | None) -> None:
    told = figures(proof)
    console.say(
        _(
            "{told[probes]} essais par {told[channels]} voies, {told[personas]} personnages, "
            "{told[models]} modèles balayés, {told[requests]} requêtes, {told[seconds]} s."
        ).format(told=told)
    )
    rows = [(str(each.verdict), each.persona, each.fr, each.tier) for each in proof.failures]
    if rows:
        console.table((_("Verdict"), _("Personnage"), _("Voie"), _("Niveau")), rows)
    for path in proof.unclassified:
        console.say(
            _("{path.model}.{path.field} mène à {path.to}, et les règles ne le connaissent pas.").format(
                path=path
            )
        )
    for key in proof.named:
        console.say(_("La référence affichée de {key} n'est pas un code neutre.").format(key=key))
    if changed is not None:
        console.say(_("{changed} essais ne sont pas venus comme la dernière fois.").format(changed=changed))
    if proof.holds:
        console.say(_("Chacun lit ce que le règlement lui ouvre, et rien d'autre."))
