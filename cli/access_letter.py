"""`mist access letter`: who may read what about a person, as a letter that direction hands to her."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.access.readers import who_reads
from mist_connector.access.sentences import told_to_her
from mist_connector.declared.suggestion import suggest
from mist_connector.documents.access_letter import access_letter
from mist_connector.documents.catalogue import ACCESS_LETTER, compiled, find_document
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.papers.templates import load_templates

from . import console
from .access_known import read_known
from .declared_mappings import declared
from .options import dry_run_option, json_option, mappings_option, profile_option
from .page_files import check_ending, write_page
from .report_options import templates_option


@click.command(
    help=_(
        "Écrit la lettre qui dit à une personne qui peut lire quoi sur elle, jusqu'à quand et "
        "pourquoi. La direction la lui remet en main propre ; elle ne part jamais par courriel."
    )
)
@click.argument("code", metavar="CODE")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FICHIER"),
    help=_("Fichier .pdf, .html ou .txt, lisible par vous seul."),
)
@click.option(
    "--language",
    type=click.Choice(["fr", "en"]),
    default=None,
    help=_("Sa langue du registre sinon."),
)
@dry_run_option
@profile_option
@mappings_option
@templates_option
@json_option
def letter(
    *,
    code: str,
    out: Path,
    language: str | None,
    dry_run: bool,
    profile: str | None,
    mappings: Path | None,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Write one person's letter to a private file that does not bear her code."""
    check_ending(out)
    rules, wanted = declared(mappings), code.upper()
    _check_name(out, wanted)
    document = compiled(rules, ACCESS_LETTER, load_templates(templates))
    known = read_known(profile, rules, language_for=wanted)
    if wanted not in known.register.people:
        raise MistError(
            _("Personne n'a le code {wanted}.").format(wanted=wanted),
            todo=suggest(wanted, known.register.people),
        )
    today = known.today
    openings = who_reads(wanted, known.register, known.accounts, rules.blueprint, on=today)
    spoken = language or known.language or document.declaration.languages[0]
    values = access_letter(
        told_to_her(openings, on=today), subject=find_document(rules, ACCESS_LETTER).subject, language=spoken
    )
    page = document.render(values, language=spoken)
    if not dry_run:
        write_page(out, page)
    if as_json:
        console.emit_json(
            {"file": str(out), "language": spoken, "readers": len(openings), "written": not dry_run}
        )
    else:
        console.say(_("Rien n'a été écrit.") if dry_run else _("Écrit dans {out}.").format(out=out))


def _check_name(out: Path, code: str) -> None:
    """Refuse a file whose name says whom it is about: others see names of files."""
    if code.lower() in out.name.lower():
        raise MistError(
            _("Le nom du fichier porte son code."), todo=_("choisissez un nom qui ne dit rien d'elle")
        )
