"""The files that `mist import` writes: what was refused, and an empty workbook to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mist_connector.declared.everything import Declared
from mist_connector.errors import MistError, Problem
from mist_connector.language import _
from mist_connector.register.layout import Layout
from mist_connector.register.pages import FORMATS, csv_page, workbook
from mist_connector.register.refusals import refused_pages
from mist_connector.register.template import template_workbook

from . import console
from .consent import confirmed
from .page_files import write_file


def write_report(path: Path, layouts: Sequence[Layout], problems: Sequence[Problem], *, asks: bool) -> None:
    """Write the lines that did not come in, each with the reasons, for their owner alone."""
    form = path.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise MistError(
            _("{path.name} : on ne sait pas écrire ce format.").format(path=path),
            todo=_("terminez par .csv, .xlsx ou .ods"),
        )
    pages = refused_pages(layouts, problems)
    if form == "csv" and len(pages) > 1:
        raise MistError(
            _("Les refus viennent de plusieurs feuilles."), todo=_("choisissez un rapport .xlsx ou .ods")
        )
    if pages and may_write(path, asks=asks):
        write_file(path, csv_page(pages[0]) if form == "csv" else workbook(pages, form))
        console.say(
            _(
                "Refus écrits dans {path} : corrigez-les là, puis redonnez ce fichier à « mist import »."
            ).format(path=path)
        )


def write_template(path: Path, wanted: Declared, *, yes: bool) -> int:
    """Write an empty workbook with headings, choices and examples; return the exit code."""
    if path.suffix.lower() != ".xlsx":
        raise MistError(_("Le modèle est un classeur XLSX."), todo=_("terminez son nom par .xlsx"))
    if may_write(path, asks=not yes):
        write_file(path, template_workbook(wanted.register, wanted.blueprint))
        console.say(_("Écrit : {path}. Remplissez-le, puis : mist import {path}").format(path=path))
    return 0


def may_write(path: Path, *, asks: bool) -> bool:
    """Tell whether a file may be written: an existing one only where somebody says so."""
    if not path.exists():
        return True
    if asks:
        return confirmed(_("{path} existe déjà. L'écraser ?").format(path=path))
    raise MistError(
        _("{path} existe déjà.").format(path=path), todo=_("choisissez un autre nom, ou retirez-le")
    )
