"""External ids of records, asked for in a way that every transport carries."""

from __future__ import annotations

from collections.abc import Sequence

from .port import Crm


def external_ids(crm: Crm, model: str, ids: Sequence[int]) -> dict[int, str]:
    """Return the external id of each record that has one; the account must be able to read the records.

    The CRM's `get_external_id` answers with numbers as keys, which XML-RPC cannot carry.
    """
    rows = crm.call(model, "get_metadata", ids=list(ids)) if ids else []
    return {int(row["id"]): str(row["xmlid"]) for row in rows if row["xmlid"]}
