"""The papers of one assembly, made from its records: for the mail, for the table at the door, for outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from mist_connector.declared.documents import DocumentDeclaration
from mist_connector.documents.assembly_notice import notice
from mist_connector.documents.assembly_outcome import outcome
from mist_connector.documents.assembly_sheets import attendance_sheet, ballot_papers, outside_minutes
from mist_connector.documents.catalogue import (
    BALLOTS,
    CANCELLATION,
    MINUTES,
    ORIGINAL,
    OUTSIDE,
    PROXY,
    RESULTS,
    SHEET,
    compiled,
)
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.original_minutes import original_minutes
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.papers.templates import load_templates

from .context import AssemblyContext
from .original import original_input
from .papers import ballots, elected, expected, names_to_tell, notice_input, outcome_input, ruled, standing
from .public_wording import check_public_wordings
from .record import versions

STATES: Mapping[str, tuple[str, ...]] = {
    RESULTS: ("closed",),
    MINUTES: ("closed",),
    OUTSIDE: ("closed",),
    ORIGINAL: ("closed",),
    BALLOTS: ("convened", "open"),
    SHEET: ("convened", "open"),
    CANCELLATION: ("cancelled",),
}
"""How far an assembly must be for a paper; the others can be made at any time before its end."""


def states_of(key: str) -> tuple[str, ...]:
    """Return how far an assembly must be for a paper."""
    return STATES.get(key, ("planned", "convened", "open"))


def pages_of(
    context: AssemblyContext, key: str, sources: Mapping[str, str] | None = None
) -> dict[str, Rendered]:
    """Return a paper of the assembly in each of its languages."""
    document = compiled(context.rules, key, sources if sources is not None else load_templates(None))
    context.expect(*states_of(key))
    if key == PROXY and context.rules.assembly.statutes.proxies is None:
        raise MistError(
            _("Aucune procuration n'est prévue : les statuts notés n'en disent rien."),
            todo=_("recopiez-les (« proxies » de assembly.yaml, Q22)"),
        )
    making = _MAKING.get(key, _notice)
    return {
        language: document.render(content, language=language)
        for language, content in making(context, document.declaration).items()
    }


def _cancellation(context: AssemblyContext, document: DocumentDeclaration) -> dict[str, object]:
    assembly = context.assembly
    told = notice_input(assembly, context.rules)
    told = replace(told, on=assembly.convocation.day or assembly.on)
    return {each: notice(told, subject=document.subject, language=each) for each in document.languages}


def _notice(context: AssemblyContext, document: DocumentDeclaration) -> dict[str, object]:
    told = notice_input(context.assembly, context.rules)
    return {each: notice(told, subject=document.subject, language=each) for each in document.languages}


def _names(context: AssemblyContext, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of these people that may be told today."""
    return names_to_tell(context.crm, context.rules.blueprint, codes, context.people, on=context.today)


def _outcome(context: AssemblyContext, document: DocumentDeclaration) -> dict[str, object]:
    names = names_to_tell(
        context.crm, context.rules.blueprint, elected(context.assembly), context.people, on=context.today
    )
    minutes = versions(context.crm, context.assembly)
    told = outcome_input(context.assembly, context.rules, names, context.days, minutes)
    minimum, subject = context.rules.documents.smallest_count.minimum, document.subject
    return {
        each: outcome(told, subject=subject, minimum=minimum, language=each) for each in document.languages
    }


def _outside(context: AssemblyContext, document: DocumentDeclaration) -> dict[str, object]:
    names = names_to_tell(
        context.crm, context.rules.blueprint, elected(context.assembly), context.people, on=context.today
    )
    check_public_wordings(context.crm, context.rules.blueprint, context.assembly.items, names)
    items, on = ruled(context.assembly, context.rules, names), context.assembly.on
    quorum, subject = outcome_input(context.assembly, context.rules, {}).quorum, document.subject
    return {
        each: outside_minutes(on, items, quorum=quorum, subject=subject, language=each)
        for each in document.languages
    }


def _original(context: AssemblyContext, document: DocumentDeclaration) -> dict[str, object]:
    minutes = versions(context.crm, context.assembly)
    told = original_input(context.crm, context.assembly, context.rules, minutes)
    return {
        each: original_minutes(told, subject=document.subject, language=each) for each in document.languages
    }


def _sheet(context: AssemblyContext, document: DocumentDeclaration) -> dict[str, object]:
    people = expected(context.crm, context.rules.blueprint, context.assembly)
    on, hour = context.assembly.on, context.assembly.hour
    return {
        each: attendance_sheet(on, hour, people, subject=document.subject, language=each)
        for each in document.languages
    }


def _ballots(context: AssemblyContext, document: DocumentDeclaration) -> dict[str, object]:
    names = names_to_tell(
        context.crm, context.rules.blueprint, standing(context.assembly), context.people, on=context.today
    )
    found = ballots(context.assembly, names)
    return {
        each: ballot_papers(found, subject=document.subject, language=each) for each in document.languages
    }


_MAKING: Mapping[str, Callable[[AssemblyContext, DocumentDeclaration], dict[str, object]]] = {
    CANCELLATION: _cancellation,
    RESULTS: _outcome,
    MINUTES: _outcome,
    OUTSIDE: _outside,
    ORIGINAL: _original,
    SHEET: _sheet,
    BALLOTS: _ballots,
}
