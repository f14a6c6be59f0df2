"""`mist report`: the association's documents, looked at, rendered, and sent, each to one person."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path

import click

from mist_connector.crm.today import today_of
from mist_connector.declared.documents import Delivery
from mist_connector.documents.catalogue import CONTENTS, MadeFrom, compiled
from mist_connector.documents.sample import sample
from mist_connector.language import _, worded
from mist_connector.work.papers.templates import load_templates

from . import console
from .declared_mappings import declared
from .options import SUBCOMMAND, json_option, mappings_option
from .page_files import ENDINGS, check_ending, write_page
from .report_options import document_option, language_option, templates_option
from .report_render import render
from .report_send import send
from .report_templates import templates_command

_DELIVERY = {Delivery.MAIL: _("par courriel"), Delivery.PRINT: _("à imprimer, jamais envoyé")}
_MADE_FROM = {
    MadeFrom.NOTHING: _("rien (vierge)"),
    MadeFrom.REGISTER: _("registre"),
    MadeFrom.ASSEMBLY: _("assemblée"),
    MadeFrom.PERSON: _("une par personne"),
    MadeFrom.ACCESS: _("« mist access letter »"),
}


@click.group(subcommand_metavar=SUBCOMMAND, help=_("Les documents de l’association."))
def command() -> None:
    """Hold the commands about documents."""


command.add_command(render)
command.add_command(send)
command.add_command(templates_command)


@command.command("list", help=_("Liste les documents, leur public, ce qui les fait."))
@mappings_option
@json_option
def list_documents(*, mappings: Path | None, as_json: bool) -> None:
    """Print every document with its audience, how it leaves, and what it is made from."""
    known = declared(mappings).documents
    if as_json:
        made = {key: content.made_from for key, content in CONTENTS.items()}
        rows = [{**each.model_dump(mode="json"), "made_from": made[each.id]} for each in known.documents]
        console.emit_json(rows)
        return
    audiences = {
        each.id: _("{label} (jusqu’à « {each.tier} »)").format(label=worded(each.label), each=each)
        for each in known.audiences
    }
    console.table(
        (_("Document"), _("Nom"), _("Public"), _("Fait de"), _("Part")),
        [
            (
                each.id,
                worded(each.label),
                audiences[each.audience],
                _MADE_FROM[CONTENTS[each.id].made_from],
                _DELIVERY[each.delivery],
            )
            for each in known.documents
        ],
    )


@command.command(help=_("Montre un document avec un contenu inventé."))
@document_option
@language_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("L’écrit (.pdf, .html, .txt) au lieu de l’ouvrir."),
)
@click.option(
    "--format",
    "ending",
    type=click.Choice([each[1:] for each in ENDINGS]),
    default="html",
    show_default=True,
    help=_("Ce qui s’ouvre."),
)
@click.option("--no-open", is_flag=True, help=_("N’ouvre pas le navigateur."))
@mappings_option
@templates_option
@json_option
def preview(
    *,
    key: str,
    language: str,
    out: Path | None,
    ending: str,
    no_open: bool,
    mappings: Path | None,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Render a document with invented content to a file that only the user may read."""
    if out is not None:
        check_ending(out)
    rules = declared(mappings)
    document = compiled(rules, key, load_templates(templates))
    content = sample(rules, key, on=today_of(rules.blueprint), language=language)
    file = out or Path(tempfile.mkdtemp(prefix="mist-apercu-")) / f"apercu.{ending}"
    write_page(file, document.render(content, language=language))
    opened = out is None and not no_open and webbrowser.open(file.as_uri())
    if as_json:
        console.emit_json({"document": key, "language": language, "file": str(file), "opened": opened})
        return
    console.say(_("Aperçu, contenu inventé : {file}").format(file=file))
