"""The code with which a proof plants canaries, and removes them; see `planting`."""

from __future__ import annotations

from mist_connector.blueprint.server_files import joined

ACCOUNTS, RECORD, RECORD_UNGUARDED, ATTACHED, TRACES, REMOVED = (
    joined("proof", part)
    for part in ("accounts", "record", "record_unguarded", "attached", "traces", "removed")
)
