"""The statuses of the bylaws: which requirements each of them claims."""

from __future__ import annotations

from pydantic import Field

from mist_connector.strict import Strict

from .conditions import Condition, Requirement
from .text import Text

ID = r"^[a-z][a-z0-9_]*$"


class Ending(Strict):
    """When a status falls by itself, and to which one."""

    rule: str
    when: Condition
    becomes: str


class StatusRule(Strict):
    """A status and the requirements that it claims; the first, in order, whose requirements hold is hers.

    `immediate`: the CRM itself sets it in the write that makes its requirements hold; others wait for a sync.
    `leads_to`: the status that usually comes next, if one does. `ends`: what makes it fall to another in the
    write that records it, so that leaving a group is never refused for the status that it ends.
    """

    id: str = Field(pattern=ID)
    label: Text
    immediate: bool = False
    leads_to: str | None = None
    ends: Ending | None = None
    requires: tuple[Requirement, ...]
