"""From `sync.yaml` to what a sync keeps to."""

from __future__ import annotations

from mist_connector.bylaws.sync_limits import SyncLimits
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Source, read


class SyncFile(Strict):
    """The shape of `sync.yaml`."""

    sync: SyncLimits


def declare_sync(source: Source, problems: list[Problem]) -> SyncLimits | None:
    """Return what a sync keeps to, or None after adding every problem."""
    document = read(source, SyncFile, problems)
    return document.value.sync if document else None
