"""From `statuses.yaml` to the statuses, each with its requirements in place of their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import Field

from mist_connector.blueprint.declaration import Choice
from mist_connector.bylaws.fact_shapes import FactShapes, fact_shapes
from mist_connector.bylaws.requirements import Requirement
from mist_connector.bylaws.statuses import ID, StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.conditions.spelling import Condition
from mist_connector.conditions.stated import NOTHING, Stated
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .facts_named import facts_not_known
from .reading import Document, Source, quoted, read, suggest


class StatusEntry(Strict):
    """A status as the file has it: requirements by name."""

    id: str = Field(pattern=ID)
    label: Text
    leads_to: str | None = None
    requires: tuple[str, ...] = Field(min_length=1)


class StatusesFile(Strict):
    """The shape of `statuses.yaml`; `conditions`: those that have a name."""

    conditions: dict[str, Condition] = Field(default_factory=dict)
    requirements: dict[str, Requirement]
    statuses: tuple[StatusEntry, ...]


def declare_statuses(
    source: Source,
    rules: Collection[str],
    problems: list[Problem],
    stated: Stated = NOTHING,
    kinds: FactShapes | None = None,
) -> tuple[StatusRule, ...] | None:
    """Return the statuses in the order in which they are tried, or None where they cannot be read.

    Every problem is added; one status that is not there lets everything else be looked at.

    `rules` are the ids of the bylaws' rules; `stated` is what conditions refer to; `kinds`, the
    kinds of fact that are recorded, those of the engine where nothing is said.
    """
    document = read(source, StatusesFile, problems, stated)
    if document is None:
        return None
    found = [*_wrong_requirements(document, rules, kinds or fact_shapes({})), *_wrong_statuses(document)]
    problems.extend(found)
    return _composed(document.value)


def status_choices(statuses: Collection[StatusRule]) -> tuple[Choice, ...]:
    """Return the statuses as a closed list, in the order in which they are shown: the firmest last."""
    return tuple(Choice(id=status.id, label=status.label) for status in reversed(tuple(statuses)))


def _composed(file: StatusesFile) -> tuple[StatusRule, ...]:
    return tuple(
        StatusRule(
            id=entry.id,
            label=entry.label,
            leads_to=entry.leads_to,
            requires=tuple(file.requirements[name] for name in entry.requires if name in file.requirements),
        )
        for entry in file.statuses
    )


def _wrong_requirements(
    document: Document[StatusesFile], rules: Collection[str], kinds: FactShapes
) -> Iterator[Problem]:
    """Yield rules that do not exist, facts that nobody records, and requirements that no status names."""
    used = {name for entry in document.value.statuses for name in entry.requires}
    for name, requirement in document.value.requirements.items():
        if requirement.rule not in rules:
            place = document.place("requirements", name, "rule")
            what = f"règle inconnue {quoted(requirement.rule)}"
            yield Problem(place, what, suggest(requirement.rule, rules))
        for word, known in facts_not_known(requirement.holds, kinds.person, kinds):
            place = document.place("requirements", name, "holds")
            yield Problem(place, f"fait inconnu {quoted(word)} dans la condition", suggest(word, known))
        if name not in used:
            place = document.key("requirements", name)
            yield Problem(place, f"aucun statut ne demande {quoted(name)}", "nommez-la, ou retirez-la")


def _wrong_statuses(document: Document[StatusesFile]) -> Iterator[Problem]:
    """Yield statuses declared twice, and requirements that do not exist."""
    names, seen = document.value.requirements, set[str]()
    ids = [entry.id for entry in document.value.statuses]
    for index, entry in enumerate(document.value.statuses):
        if entry.id in seen:
            yield Problem(document.place("statuses", index, "id"), f"statut {quoted(entry.id)} déjà défini")
        seen.add(entry.id)
        if entry.leads_to is not None and entry.leads_to not in ids:
            place = document.place("statuses", index, "leads_to")
            yield Problem(place, f"statut inconnu {quoted(entry.leads_to)}", suggest(entry.leads_to, ids))
        for at, name in enumerate(entry.requires):
            if name not in names:
                place = document.place("statuses", index, "requires", at)
                yield Problem(place, f"exigence inconnue {quoted(name)}", suggest(name, names))
