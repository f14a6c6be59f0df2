"""The papers of one assembly, made from its records: for the mail, for the table at the door, for outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mist_connector.crm.assembly_papers import (
    ballots,
    elected,
    expected,
    names_to_tell,
    notice_input,
    outcome_input,
    ruled,
    standing,
)
from mist_connector.crm.assembly_record import versions
from mist_connector.crm.public_wording import check_public_wordings
from mist_connector.declared.documents import DocumentDeclaration
from mist_connector.documents.assembly_papers import notice, outcome
from mist_connector.documents.assembly_sheets import attendance_sheet, ballot_papers, outside_minutes
from mist_connector.documents.catalogue import BALLOTS, MINUTES, OUTSIDE, RESULTS, SHEET, compiled
from mist_connector.documents.compiled import Rendered

from .assembly_work import Work
from .templates_source import load_templates

STATES: Mapping[str, tuple[str, ...]] = {
    RESULTS: ("closed",),
    MINUTES: ("closed",),
    OUTSIDE: ("closed",),
    BALLOTS: ("convened", "open"),
    SHEET: ("convened", "open"),
}
"""How far an assembly must be for a paper; the others can be made at any time before its end."""


def pages_of(work: Work, key: str, sources: Mapping[str, str] | None = None) -> dict[str, Rendered]:
    """Return a paper of the assembly in each of its languages."""
    document = compiled(work.rules, key, sources if sources is not None else load_templates(None))
    work.expect(*STATES.get(key, ("planned", "convened", "open")))
    making = _MAKING.get(key, _notice)
    return {
        language: document.render(content, language=language)
        for language, content in making(work, document.declaration).items()
    }


def _notice(work: Work, document: DocumentDeclaration) -> dict[str, object]:
    told = notice_input(work.assembly, work.rules)
    return {each: notice(told, subject=document.subject, language=each) for each in document.languages}


def _outcome(work: Work, document: DocumentDeclaration) -> dict[str, object]:
    names = names_to_tell(work.crm, elected(work.assembly), work.people, on=work.today)
    minutes = versions(work.crm, work.assembly)
    told = outcome_input(work.assembly, work.rules, names, work.days, minutes)
    minimum, subject = work.rules.documents.smallest_count.minimum, document.subject
    return {
        each: outcome(told, subject=subject, minimum=minimum, language=each) for each in document.languages
    }


def _outside(work: Work, document: DocumentDeclaration) -> dict[str, object]:
    names = names_to_tell(work.crm, elected(work.assembly), work.people, on=work.today)
    check_public_wordings(work.crm, work.assembly.items, names)
    items, on = ruled(work.assembly, work.rules, names), work.assembly.on
    quorum, subject = outcome_input(work.assembly, work.rules, {}).quorum, document.subject
    return {
        each: outside_minutes(on, items, quorum=quorum, subject=subject, language=each)
        for each in document.languages
    }


def _sheet(work: Work, document: DocumentDeclaration) -> dict[str, object]:
    people, on, hour = expected(work.crm, work.assembly), work.assembly.on, work.assembly.hour
    return {
        each: attendance_sheet(on, hour, people, subject=document.subject, language=each)
        for each in document.languages
    }


def _ballots(work: Work, document: DocumentDeclaration) -> dict[str, object]:
    names = names_to_tell(work.crm, standing(work.assembly), work.people, on=work.today)
    found = ballots(work.assembly, names)
    return {
        each: ballot_papers(found, subject=document.subject, language=each) for each in document.languages
    }


_MAKING: Mapping[str, Callable[[Work, DocumentDeclaration], dict[str, object]]] = {
    RESULTS: _outcome,
    MINUTES: _outcome,
    OUTSIDE: _outside,
    SHEET: _sheet,
    BALLOTS: _ballots,
}
