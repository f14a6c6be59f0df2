"""The base of every value read from a file: frozen, exact in its types, closed to unknown keys."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A value that never changes and refuses keys and types it does not know.

    Lists are declared as tuples, so that nothing inside can change either.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)
