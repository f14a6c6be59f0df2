"""All mapping files as one value: the bylaws, what follows from them, and the CRM that must follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mist_connector.blueprint.declaration import Blueprint, Choice
from mist_connector.blueprint.register import RegisterTable
from mist_connector.blueprint.retention import Retention
from mist_connector.blueprint.shielding import Shielding
from mist_connector.bylaws.agenda_words import AgendaWords
from mist_connector.bylaws.bylaws import Bylaws
from mist_connector.bylaws.provisions import Provisions
from mist_connector.bylaws.sync_limits import SyncLimits
from mist_connector.bylaws.text import Text
from mist_connector.errors import DeclarationError, Place, Problem

from .agenda_file import declare_agenda
from .assembly import AssemblySettings, declare_assembly
from .blueprint_files import declare_blueprint
from .blueprint_shapes import Known
from .borrowed import borrowed
from .bylaws_documents import declare_bylaws
from .checks import declare_checks
from .documents import DocumentsFile, declare_documents
from .expectations import declare_expectations
from .fact_kinds import kinds_of
from .fields_in_words import fields_in_words
from .mappings_digest import mappings_digest
from .offices import declare_offices, office_choices
from .privacy_file import declare_privacy
from .reading import Source
from .register_file import declare_register
from .setting import numbers_of
from .settled import settled
from .shield_file import declare_shield
from .stating import Statements
from .statuses import declare_statuses, status_choices
from .sync_file import declare_sync
from .vocabularies import declare_vocabularies


@dataclass(frozen=True)
class Declared:
    """Everything that the mappings say, checked."""

    bylaws: Bylaws
    provisions: Provisions
    sync: SyncLimits
    agenda: AgendaWords
    shield: Shielding
    documents: DocumentsFile
    assembly: AssemblySettings
    vocabularies: Mapping[str, tuple[Choice, ...]]
    blueprint: Blueprint
    register: tuple[RegisterTable, ...]
    retention: Retention


def declare(sources: Mapping[str, Source]) -> Declared:
    """Return what the sources declare; raise DeclarationError with every problem of every file."""
    problems: list[Problem] = []
    read = borrowed(settled(sources, problems), problems)
    declared, numbers = _declare(read, problems), numbers_of(read, problems)
    if declared is None or problems:
        raise DeclarationError(problems)
    told = {"digest": mappings_digest(sources), "numbers": numbers}
    blueprint = declared.blueprint.model_copy(update=told)
    return replace(declared, blueprint=blueprint)


def _declare(sources: Mapping[str, Source], problems: list[Problem]) -> Declared | None:
    bylaws = declare_bylaws(sources, problems)
    rules = tuple(rule.id for rule in bylaws.rules) if bylaws else ()
    # Where the rules themselves are broken, a reference to one says nothing about the file that makes it.
    references = problems if bylaws else []
    decisions = {each.id: each for each in bylaws.decisions} if bylaws else {}
    statements = Statements(sources, decisions)
    problems.extend(statements.repeated())
    stated = statements.stated
    kinds = kinds_of(sources, problems)
    statuses = declare_statuses(_source(sources, "statuses.yaml", problems), rules, references, stated, kinds)
    offices = declare_offices(_source(sources, "offices.yaml", problems), rules, statuses, references)
    checks = declare_checks(_source(sources, "checks.yaml", problems), rules, statuses, references)
    source = _source(sources, "expectations.yaml", problems)
    expectations = declare_expectations(source, rules, statuses, references, stated, kinds=kinds)
    agenda = declare_agenda(_source(sources, "agenda.yaml", problems), rules, references, kinds)
    shield = declare_shield(_source(sources, "shield.yaml", problems), problems)
    documents = declare_documents(_source(sources, "documents.yaml", problems), rules, statuses, references)
    derived = {"statuses": status_choices(statuses or ()), "offices": office_choices(offices or ())}
    source = _source(sources, "vocabularies.yaml", problems)
    vocabularies = declare_vocabularies(source, rules, derived, references)
    if bylaws is None or statuses is None or offices is None or checks is None or vocabularies is None:
        return None
    provisions = Provisions(statuses, offices, checks, expectations or ())
    functions = [choice.id for choice in vocabularies.get("functions", ())]
    source = _source(sources, "sync.yaml", problems)
    sync = declare_sync(source, provisions.findings, functions, rules, references)
    source = _source(sources, "assembly.yaml", problems)
    assembly = declare_assembly(source, bylaws.decisions, rules, (statuses, offices), problems)
    known = Known(statuses, vocabularies, _titles(bylaws), decisions, offices, bylaws.matrix, stated)
    blueprint = declare_blueprint(sources, known, problems)
    if blueprint is None or sync is None or agenda is None or shield is None:
        return None
    provisions = replace(
        provisions,
        fields=fields_in_words(blueprint),
        earliest=blueprint.sound.earliest,
        secrecy=blueprint.frame.because.secrecy,
        plausible=blueprint.sound.plausible,
    )
    if documents is None or assembly is None:
        return None
    register = declare_register(_source(sources, "register.yaml", problems), blueprint, problems)
    source = _source(sources, "privacy.yaml", problems)
    expected = [each.id for each in provisions.expectations]
    retention = declare_privacy(source, blueprint, rules, (tuple(decisions), expected), problems)
    if register is None or retention is None:
        return None
    mailed = {status for each in documents.documents for status in each.recipients}
    in_order = tuple(status.id for status in statuses if status.id in mailed)
    return Declared(
        bylaws=bylaws,
        provisions=provisions,
        sync=sync,
        agenda=agenda,
        shield=shield,
        documents=documents,
        assembly=assembly,
        vocabularies=vocabularies,
        blueprint=blueprint.model_copy(update={"mailed": in_order}),
        register=register,
        retention=retention,
    )


def _source(sources: Mapping[str, Source], name: str, problems: list[Problem]) -> Source:
    if name not in sources:
        problems.append(Problem(Place(name, 1, 1), "fichier manquant", "remettez-le à sa place"))
    return sources.get(name, Source(name, ""))


def _titles(bylaws: Bylaws) -> dict[str, Text]:
    """Return the title of each rule's section, which a refusal says before its reason."""
    titles = {section.id: Text(fr=section.fr, en=section.en) for section in bylaws.sections}
    return {rule.id: titles[rule.section] for rule in bylaws.rules}
