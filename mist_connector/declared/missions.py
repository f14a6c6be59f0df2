"""The association's missions, which are the chapters of its activity report."""

from __future__ import annotations

from pydantic import Field

from mist_connector.bylaws.statuses import ID
from mist_connector.bylaws.text import Text
from mist_connector.strict import Strict


class Mission(Strict):
    """A mission, a sentence about it, the activities that its chapter tells of, and its drawing."""

    id: str = Field(pattern=ID)
    label: Text
    words: Text
    activities: tuple[str, ...] = ()
    picture: str = Field(pattern=ID)
    drawing: Text
    rule: str
