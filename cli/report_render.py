"""`mist report render`: a document as files that staff print, with what the CRM holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click
from dateutil.relativedelta import relativedelta

from mist_connector.crm.rights import Purpose
from mist_connector.crm.today import today_of
from mist_connector.crm.whole_folders import becoming_whole
from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import CONTENTS, MadeFrom, compiled, find_document
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.composing import for_person, from_nothing, months_of
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.assembly.pages import pages_of, states_of
from mist_connector.work.papers.people_told import PeopleTold, read_people_told
from mist_connector.work.papers.register_pages import register_pages
from mist_connector.work.papers.report_facts import read_report_facts
from mist_connector.work.papers.templates import load_templates

from . import console
from .assembly_step import taking_step
from .declared_mappings import declared
from .options import json_option, mappings_option, profile_option
from .page_files import ENDINGS, check_ending, tell_incomplete, tell_swept, write_page
from .report_options import assembly_option, day, document_option, language_option, templates_option
from .session import opened


@click.command(help=_("Écrit un document, avec ce que tient le CRM."))
@document_option
@language_option
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar=_("FICHIER"),
    help=_("Fichier .pdf, .html ou .txt, lisible par vous seul ; un dossier s’il y en a un par personne."),
)
@click.option("--on", callback=day, metavar=_("DATE"), help=_("Jour de l’assemblée ; aujourd’hui sinon."))
@click.option(
    "--since",
    callback=day,
    metavar=_("DATE"),
    help=_("Lettres : depuis quand ; un mois sinon."),
)
@click.option(
    "--format",
    "ending",
    type=click.Choice([each[1:] for each in ENDINGS]),
    default="pdf",
    show_default=True,
    help=_("Dans un dossier : ce qui s’écrit."),
)
@assembly_option
@profile_option
@mappings_option
@templates_option
@json_option
def render(
    *,
    key: str,
    language: str,
    out: Path,
    on: date | None,
    since: date | None,
    ending: str,
    code: str | None,
    profile: str | None,
    mappings: Path | None,
    templates: Path | None,
    as_json: bool,
) -> None:
    """Write one document to private files."""
    rules, sources = declared(mappings), load_templates(templates)
    compiled(rules, key, sources)
    made_from = CONTENTS[key].made_from
    if made_from is MadeFrom.ACCESS:
        raise MistError(
            _("Cette lettre est pour une personne."),
            todo=_("lancez « mist access letter CODE --out FICHIER »"),
        )
    if made_from is MadeFrom.PERSON:
        people = _people(rules, key, since, profile)
        _write_each(out, _pages_of_people(rules, key, sources, people), people, ending, as_json=as_json)
        return
    check_ending(out)
    if made_from is MadeFrom.NOTHING:
        page = compiled(rules, key, sources).render(
            from_nothing(rules, key, language=language), language=language
        )
    elif made_from is MadeFrom.ASSEMBLY:
        with taking_step(
            code=code,
            profile=profile,
            mappings=mappings,
            dry_run=False,
            yes=False,
            as_json=as_json,
            states=states_of(key),
        ) as taken:
            page = pages_of(taken.context, key, sources)[language]
    else:
        page = _page_of_register(rules, key, sources, on, profile)[language]
    write_page(out, page)
    written = {"document": key, "language": language, "file": str(out), "subject": page.subject}
    console.emit_json(written) if as_json else console.say(_("Écrit dans {out}.").format(out=out))


def _page_of_register(
    rules: Declared, key: str, sources: Mapping[str, str], on: date | None, profile: str | None
) -> dict[str, Rendered]:
    with opened(profile, Purpose.READ) as crm:
        today = today_of(rules.blueprint, crm)
        facts = read_report_facts(crm, rules, on=on or today, today=today, months=months_of(rules, key))
    return register_pages(rules, key, sources, facts.told)


def _people(rules: Declared, key: str, since: date | None, profile: str | None) -> PeopleTold:
    with opened(profile, Purpose.READ) as crm:
        today = today_of(rules.blueprint, crm)
        begin = since or today - relativedelta(months=1)
        return read_people_told(crm, rules, find_document(rules, key), since=begin, today=today)


def _pages_of_people(
    rules: Declared, key: str, sources: Mapping[str, str], people: PeopleTold
) -> list[Rendered]:
    document = compiled(rules, key, sources)
    return [document.render(for_person(rules, key, each), language=each.language) for each in people.people]


def _write_each(
    folder: Path, pages: list[Rendered], people: PeopleTold, ending: str, *, as_json: bool
) -> None:
    """Write a page for each person under a number; whose it is stands on the screen alone."""
    tell_incomplete(folder)
    tell_swept(folder)
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise MistError(
            _("« {folder} » n’est pas un dossier vide.").format(folder=folder),
            todo=_("choisissez-en un autre"),
        )
    named = [
        (each.code, folder / f"{number:03}.{ending}") for number, each in enumerate(people.people, start=1)
    ]
    with becoming_whole(folder, [file.name for _code, file in named]):
        for (_code, file), page in zip(named, pages, strict=True):
            write_page(file, page)
    if as_json:
        files = [{"person": code, "file": str(file)} for code, file in named]
        console.emit_json({"files": files, "silent": list(people.silent)})
        return
    console.say(_("{named} écrits dans {folder}.").format(named=len(named), folder=folder))
    for code, file in named:
        console.say("  " + _("{topic} : {what}").format(topic=file.name, what=code))
    if people.silent:
        console.say(_("  À ne pas contacter : {silent}").format(silent=", ".join(people.silent)))
