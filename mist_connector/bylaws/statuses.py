"""The statuses of the bylaws: which requirements each of them has."""

from __future__ import annotations

from pydantic import Field

from mist_connector.strict import Strict

from .requirements import Requirement
from .text import Text

ID = r"^[a-z][a-z0-9_]*$"


class StatusRule(Strict):
    """A status and its requirements; the first, in order, whose requirements all hold is hers.

    `leads_to`: the status that usually comes next, if one does.
    """

    id: str = Field(pattern=ID)
    label: Text
    leads_to: str | None = None
    requires: tuple[Requirement, ...]
