"""`mist report templates`: the wording in the hands of staff: taken out, changed, checked."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.crm.private_files import write_private
from mist_connector.crm.today import today_of
from mist_connector.documents.catalogue import CONTENTS, compiled
from mist_connector.documents.sample import sample
from mist_connector.errors import DeclarationError, MistError, Problem
from mist_connector.language import _
from mist_connector.work.papers.templates import load_templates

from . import console
from .declared_mappings import declared
from .options import SUBCOMMAND, json_option, mappings_option
from .report_options import templates_option


@click.group("templates", subcommand_metavar=SUBCOMMAND, help=_("Les modèles des documents."))
def templates_command() -> None:
    """Hold the commands about templates."""


@templates_command.command(help=_("Copie les modèles livrés, pour les changer."))
@click.argument("folder", metavar=_("DOSSIER"), type=click.Path(file_okay=False, path_type=Path))
@json_option
def export(*, folder: Path, as_json: bool) -> None:
    """Write the delivered templates to a new or empty folder."""
    if folder.exists() and any(folder.iterdir()):
        raise MistError(
            _("« {folder} » n’est pas vide.").format(folder=folder),
            todo=_("choisissez un autre dossier : rien n’est écrasé"),
        )
    sources = load_templates(None)
    for name, text in sources.items():
        write_private(folder / name, text)
    if as_json:
        console.emit_json({"folder": str(folder), "templates": sorted(sources)})
        return
    console.say(_("{sources} modèles dans {folder}.").format(sources=len(sources), folder=folder))
    console.say(
        _("  Changez-les, puis : mist report templates check --templates {folder}").format(folder=folder)
    )


@templates_command.command(help=_("Vérifie tous les modèles, dans chaque langue."))
@templates_option
@mappings_option
@json_option
def check(*, templates: Path | None, mappings: Path | None, as_json: bool) -> None:
    """Compile every document and render it with invented content; tell every problem at once."""
    rules, sources = declared(mappings), load_templates(templates)
    problems: dict[Problem, None] = {}
    documents = []
    for key in CONTENTS:
        try:
            documents.append(compiled(rules, key, sources))
        except DeclarationError as error:
            problems.update(dict.fromkeys(error.problems))
    if problems:
        raise DeclarationError(list(problems))
    today = today_of(rules.blueprint)
    for document in documents:
        for language in document.declaration.languages:
            content = sample(rules, document.declaration.id, on=today, language=language)
            document.render(content, language=language)
    if as_json:
        console.emit_json({"documents": len(documents), "problems": []})
        return
    console.say(
        _("{documents} documents vérifiés, dans chaque langue : rien à redire.").format(
            documents=len(documents)
        )
    )
