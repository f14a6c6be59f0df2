"""What each document tells, made of the mappings and of what was read for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mist_connector.bylaws.bylaws import Bylaws
from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.text import Text
from mist_connector.declared.everything import Declared

from .activity_report import ActivityFrame, activity_report
from .assembly_report import Frame, build
from .catalogue import ACTIVITY, CARDS, MANDATE_LETTER, PROGRAMME, REPORT, VOICES, find_document, told_of
from .letters import card, letter, mandate_letter
from .mandates_told import mandate_table
from .programme import programme
from .register_told import RegisterTold
from .shown_texts import text_groups

MISSIONS = "four_missions"
VOICED = ("delegate", "spokesperson")


@dataclass(frozen=True)
class PersonTold:
    """Somebody that a letter or card is made for: what it may say of her, and since when."""

    code: str
    name: str
    language: str
    office: str | None = None
    since: date | None = None
    until: date | None = None


def entitled(declared: Declared) -> tuple[str, ...]:
    """Return the statuses that have a vote; none while the association has not said it."""
    rule = declared.assembly.electorate
    decision = declared.bylaws.decision(rule.decision)
    return rule.answers.get(decision.answer or "", ()) if decision is not None else ()


def members(declared: Declared) -> tuple[str, ...]:
    """Return the statuses of members, in the order of the report."""
    return find_document(declared, REPORT).recipients


def months_of(declared: Declared, key: str) -> int:
    """Return over how many months a document tells; a half-year where it says nothing."""
    own = find_document(declared, key).months or declared.assembly.every
    return own.value


def from_nothing(declared: Declared, key: str, *, language: str) -> object:
    """Return a form to fill in."""
    groups = text_groups(declared.bylaws, key, language=language)
    return letter(groups, subject=find_document(declared, key).subject, language=language)


def from_register(declared: Declared, key: str, told: RegisterTold, *, language: str) -> object:
    """Return a document of the whole association."""
    subject, offices = find_document(declared, key).subject, declared.provisions.offices
    if key == REPORT:
        return build(told, _frame(declared, key), language=language)
    activities = {each.id: each.label for each in declared.vocabularies["activities"]}
    groups = text_groups(declared.bylaws, key, language=language)
    if key == ACTIVITY:
        around = ActivityFrame(
            missions=declared.documents.missions,
            activities=activities,
            offices=offices,
            subject=subject,
            minimum=declared.documents.smallest_count.minimum,
            months=months_of(declared, key),
            entitled=entitled(declared),
        )
        return activity_report(told, around, groups, language=language)
    if key == PROGRAMME:
        return programme(told.sessions, activities, groups, on=told.on, subject=subject, language=language)
    shown = [each for each in offices if key != VOICES or each.id in VOICED]
    return mandate_table(told.held_on(told.on), shown, on=told.on, subject=subject, language=language)


def for_person(declared: Declared, key: str, person: PersonTold) -> object:
    """Return a letter or card for one person, in her language."""
    subject, language = find_document(declared, key).subject, person.language
    if key in CARDS:
        return card(person.name, person.code, subject=subject, language=language)
    if key == MANDATE_LETTER:
        office = next(each for each in declared.provisions.offices if each.id == person.office)
        section = section_of(declared.bylaws, office)
        groups = text_groups(declared.bylaws, key, language=language, section=section)
        since = person.since or date.min
        return mandate_letter(office, since, person.until, groups, subject=subject, language=language)
    return letter(text_groups(declared.bylaws, key, language=language), subject=subject, language=language)


def section_of(bylaws: Bylaws, office: Office) -> str | None:
    """Return the section of the bylaws that an office comes from: that of the rule on its seats."""
    rule = bylaws.rule(office.seats.rule) if office.seats else None
    return rule.section if rule else None


def _frame(declared: Declared, key: str) -> Frame:
    """Return what the mappings say for the half-yearly report."""
    document = find_document(declared, key)
    texts = {each.id: Text(fr=each.fr, en=each.en) for each in declared.bylaws.texts}
    return Frame(
        statuses={each: declared.provisions.status_label(each) for each in members(declared)},
        offices=declared.provisions.offices,
        subject=document.subject,
        missions=texts[MISSIONS],
        minimum=declared.documents.smallest_count.minimum,
        months=months_of(declared, key),
        entitled=entitled(declared),
        beside=told_of(declared, key),
    )
