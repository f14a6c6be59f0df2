"""`mist assembly` between assemblies: where they stand, and what approved minutes get wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mist_connector.assembly.terms import is_recalled, limit_after
from mist_connector.crm.assemblies import assembly_days, mandates_without_ballot
from mist_connector.crm.assembly_progress import progress
from mist_connector.crm.assembly_reading import room_of
from mist_connector.crm.assembly_record import correct as add_version
from mist_connector.crm.assembly_record import versions
from mist_connector.crm.assembly_writing import asked_for
from mist_connector.crm.today import today_of
from mist_connector.declared.assembly import ItemKind
from mist_connector.errors import MistError

from . import assembly_view, console
from .assembly_options import assembly_option, both, options, step
from .assembly_work import Work, working
from .declared_mappings import declared
from .options import json_option, mappings_option, profile_option
from .session import opened


@click.command(help="Rectifie, en deux langues, un procès-verbal approuvé. (Corrects approved minutes.)")
@step
@click.argument("correction", metavar="FR|EN")
def correct(*, correction: str, **given: Any) -> int:  # noqa: ANN401 - click's own
    """Add a version of approved minutes, which says what it corrects."""
    words = both(correction)
    with working(**given) as work:
        work.expect("closed")
        if work.assembly.approved_on is None:
            raise MistError(
                "Le procès-verbal n'est pas approuvé.", todo="notez d'abord « Procès-verbal approuvé le »"
            )
        shown: dict[str, Any] = {"assembly": work.assembly.code, "version": work.assembly.version}
        if not work.as_json:
            console.say(f"Version {work.assembly.version + 1} : {words.fr} / {words.en}")
        if work.consented("Rectifier ? (Correct?)"):
            made = add_version(work.crm, work.assembly, words, on=work.today)
            shown = {**shown, "minutes": made.number, "version": made.version}
        else:
            shown["assembly"] = None
        return assembly_view.told(shown, as_json=work.as_json)


@click.command(help="Dit où en sont les assemblées, et ce qui vient ensuite. (Where assemblies stand.)")
@options(assembly_option, profile_option, mappings_option, json_option)
def status(*, code: str | None, profile: str | None, mappings: Path | None, as_json: bool) -> int:
    """Show every assembly, what the current one lacks, and the limit of the next one."""
    rules = declared(mappings)
    today = today_of(rules.blueprint)
    with opened(profile) as crm:
        days = assembly_days(crm)
        held = [each.on for each in days if each.is_over]
        limit = limit_after(held[-1], rules.assembly) if held else None
        shown = assembly_view.status_data(days, limit)
        shown["asked"] = assembly_view.asked_data(asked_for(crm), rules.vocabularies["assembly_asks"])
        shown["recalled"] = limit is not None and is_recalled(limit, rules.assembly, on=today)
        if held:
            elective = [each.office for each in rules.assembly.items if each.kind is ItemKind.ELECTION]
            offices = [each for each in elective if each is not None]
            shown["without_ballot"] = mandates_without_ballot(crm, offices, since=held[0])
        if days:
            work = Work.read(crm, rules, code=code, today=today, as_json=as_json)
            how_far = progress(work.assembly, rules, versions(crm, work.assembly))
            shown["current"] = assembly_view.progress_data(work.assembly, how_far)
            if work.assembly.frozen_on is not None:
                room = room_of(work.assembly, rules.assembly)
                shown["quorum"] = assembly_view.quorum_data(room, rules.assembly.statutes.quorum)
    if as_json:
        console.emit_json(shown)
    else:
        states = {each.id: each.label.fr for each in rules.vocabularies["assembly_states"]}
        assembly_view.show_status(shown, states)
    return 0
