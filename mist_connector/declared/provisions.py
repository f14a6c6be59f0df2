"""From the mapping files to what the engine applies: statuses, offices, checks, and the closed lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mist_connector.blueprint.declaration import Choice
from mist_connector.bylaws.provisions import Provisions
from mist_connector.errors import Place, Problem

from .checks import declare_checks
from .offices import declare_offices, office_choices
from .reading import Source
from .statuses import declare_statuses, status_choices
from .vocabularies import declare_vocabularies

STATUSES = "statuses.yaml"
OFFICES = "offices.yaml"
CHECKS = "checks.yaml"
VOCABULARIES = "vocabularies.yaml"


@dataclass(frozen=True)
class Applied:
    """What the engine applies, and the closed lists that facts are recorded with."""

    provisions: Provisions
    vocabularies: Mapping[str, tuple[Choice, ...]]


def declare_provisions(
    sources: Mapping[str, Source], rules: Collection[str], problems: list[Problem]
) -> Applied | None:
    """Return what the files declare, or None after adding every problem; `rules` are all rules' ids."""
    missing = [name for name in (STATUSES, OFFICES, CHECKS, VOCABULARIES) if name not in sources]
    problems.extend(
        Problem(Place(name, 1, 1), "fichier manquant", "remettez-le à sa place") for name in missing
    )
    if missing:
        return None
    statuses = declare_statuses(sources[STATUSES], rules, problems)
    offices = declare_offices(sources[OFFICES], rules, statuses, problems)
    checks = declare_checks(sources[CHECKS], rules, statuses, problems)
    derived = {"statuses": status_choices(statuses or ()), "offices": office_choices(offices or ())}
    vocabularies = declare_vocabularies(sources[VOCABULARIES], rules, derived, problems)
    if statuses is None or offices is None or checks is None or vocabularies is None:
        return None
    return Applied(Provisions(statuses, offices, checks), vocabularies)
