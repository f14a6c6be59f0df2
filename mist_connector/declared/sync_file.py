"""From `sync.yaml` to what a sync keeps to: whom it tells of what must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Formatter

from mist_connector.bylaws.crm_checks import CRM_WORDS
from mist_connector.bylaws.reminding import ACCOMPANYING, Reminding
from mist_connector.bylaws.sync_limits import SyncLimits
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, read
from .suggestion import quoted, suggest


class SyncFile(Strict):
    """The shape of `sync.yaml`."""

    sync: SyncLimits


def declare_sync(
    source: Source,
    findings: Collection[str],
    functions: Collection[str],
    rules: Collection[str],
    problems: list[Problem],
) -> SyncLimits | None:
    """Return what a sync keeps to, or None where it cannot be read, after adding every problem.

    `findings`: the ids of all that may be found; `functions`: those of the people who may be told; `rules`:
    those of the bylaws.
    """
    document = read(source, SyncFile, problems)
    if document is None:
        return None
    found = list(_wrong(document, document.value.sync.reminders, findings, functions))
    found.extend(_wrong_checks(document, rules))
    problems.extend(found)
    return document.value.sync


def _wrong_checks(document: Document[SyncFile], rules: Collection[str]) -> Iterator[Problem]:
    for index, check in enumerate(document.value.sync.checks):
        place = document.place("sync", "checks", index, "id")
        if check.rule is not None and check.rule not in rules:
            yield Problem(place, f"règle inconnue {quoted(check.rule)}", suggest(check.rule, rules))
        for sentence in (check.fr, check.en, check.mend.fr, check.mend.en):
            for _, word, _, _ in Formatter().parse(sentence):
                if word is not None and word not in CRM_WORDS[check.id]:
                    hint = suggest(word, CRM_WORDS[check.id])
                    yield Problem(place, f"mot inconnu entre accolades {quoted(word)}", hint)


def _wrong(
    document: Document[SyncFile],
    reminding: Reminding | None,
    findings: Collection[str],
    functions: Collection[str],
) -> Iterator[Problem]:
    if reminding is None:
        return
    place = document.place("sync", "reminders")
    for word in reminding.named:
        if word not in findings:
            yield Problem(place, f"constat inconnu {quoted(word)}", suggest(word, findings))
    told = [each.whom for each in reminding.told]
    for whom in (*told, reminding.otherwise):
        if whom not in {ACCOMPANYING, *functions}:
            hint = suggest(whom, [ACCOMPANYING, *functions])
            yield Problem(place, f"destinataire inconnu {quoted(whom)}", hint)
    if reminding.otherwise == ACCOMPANYING:
        yield Problem(place, "« otherwise » est une fonction", "personne n'est toujours accompagné")
    twice = [word for each in reminding.told for word in each.findings]
    for word in sorted({word for word in twice if twice.count(word) > 1}):
        yield Problem(place, f"constat {quoted(word)} confié deux fois")
