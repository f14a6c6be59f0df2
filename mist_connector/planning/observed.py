"""What the CRM holds of ours, as read from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mist_connector.blueprint.records import Record


@dataclass(frozen=True)
class Added:
    """Something on a model of ours that we did not put there."""

    model: str
    id: int
    label: str


@dataclass(frozen=True)
class Deployed:
    """What the last apply left behind: a digest of each record, to tell a changed mapping from a hand.

    `at`: when it did, where the CRM was asked.
    """

    fingerprint: str
    digests: Mapping[str, str]
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Observed:
    """Records of ours by name, what was added by hand, and the last deployment, if there was one.

    `counts` tells how many records each model of ours holds, by the technical name of the model.
    `a_right` is the number of an access right of ours, active as it must be.
    `external_ids` are the CRM's own rows of them, as they were read: the next look may go by them.
    `tangled` are names of ours that a hand pointed to one and the same record.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    added: tuple[Added, ...] = ()
    deployed: Deployed | None = None
    installed: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    tangled: frozenset[str] = frozenset()
    a_right: int | None = None
    external_ids: tuple[Mapping[str, Any], ...] = ()
    missing: frozenset[str] = frozenset()  # modules that must be installed first
    unknown: frozenset[str] = frozenset()  # of those, modules that the server does not have
    taken: frozenset[str] = frozenset()  # names of models that we need, and that somebody else's bear
    absent: frozenset[str] = frozenset()  # modules that some records need, and that are not there
