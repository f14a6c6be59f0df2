"""The papers of an assembly on their way to every member, each by her safe channel."""

from __future__ import annotations

from collections.abc import Collection

from mist_connector.documents.catalogue import CANCELLATION, NOTICE, REMINDER, find_document
from mist_connector.documents.recipients import Recipients, recipients
from mist_connector.language import _
from mist_connector.work.papers.enclosures import enclosures, title_of
from mist_connector.work.papers.mailing import Mailing
from mist_connector.work.papers.readiness import read_readiness, refuse
from mist_connector.work.papers.register_mailing import check_mailed
from mist_connector.work.papers.report_facts import read_addressees
from mist_connector.work.papers.templates import load_templates

from .assemblies import AssemblyRecord
from .context import AssemblyContext
from .pages import pages_of
from .preflight import obstacles

BEFORE = (NOTICE, REMINDER, CANCELLATION)
"""Papers about an assembly to come: a newer version of what they say takes the place of what has not left."""


def assembly_mailing(context: AssemblyContext, key: str) -> Mailing:
    """Return the mailing of one paper of the assembly, with what goes with it.

    Raises MistError with everything that keeps it from leaving. A proxy goes with the convocation only while
    the statutes let votes be carried.
    """
    check_mailed(context.rules, key)
    rules, assembly, sources = context.rules, context.assembly, load_templates(None)
    ready = read_readiness(context.crm)
    found = [*obstacles(key, assembly, rules, today=context.today), *ready.obstacles]
    refuse(found, of=_("assemblée {code}").format(code=assembly.code))
    pages = pages_of(context, key, sources)
    alone = key == NOTICE and rules.assembly.statutes.proxies is None
    papers = {} if alone else enclosures(rules, key, sources, lambda each: pages_of(context, each, sources))
    edition = _edition(assembly, key)
    return Mailing(
        crm=context.crm,
        issue=_issue(assembly, key, edition),
        title=title_of(rules, key, assembly.on, f" (version {edition})" if edition > 1 else ""),
        label=f"{find_document(rules, key).label}, {assembly.on.isoformat()}",
        pages=pages,
        papers=papers,
        found=_recipients(context, key, ready.opted_out),
        ids=context.ids,
        today=context.today,
        replaces=_replaced(assembly, key, edition),
    )


def _edition(assembly: AssemblyRecord, key: str) -> int:
    """Return which version of a paper this is; a version goes to each person once."""
    if key == CANCELLATION:
        return max(assembly.convocation.edition, 1)
    return assembly.convocation.next_edition if key in BEFORE else max(assembly.version, 1)


def _issue(assembly: AssemblyRecord, key: str, edition: int) -> str:
    return f"{key} {assembly.code}" + (f" v{edition}" if edition > 1 else "")


def _replaced(assembly: AssemblyRecord, key: str, edition: int) -> tuple[str, ...]:
    if key not in BEFORE:
        return ()
    last = edition if key == CANCELLATION else edition - 1
    return tuple(
        _issue(assembly, older, number) for number in range(1, last + 1) for older in (NOTICE, REMINDER)
    )


def _recipients(context: AssemblyContext, key: str, opted_out: Collection[str]) -> Recipients:
    document = find_document(context.rules, key)
    people = read_addressees(context.crm, context.rules.blueprint, context.statuses, opted_out)
    return recipients(people, statuses=set(document.recipients), languages=document.languages)
