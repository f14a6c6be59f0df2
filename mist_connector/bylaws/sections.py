"""The sections of the bylaws, in the order of the chapters."""

from __future__ import annotations

from pydantic import Field

from .text import Text

SECTION_ID = r"^[a-z]+(-[a-z]+)*$"


class Section(Text):
    """One section and its title; `text_only` where it states no rule."""

    id: str = Field(pattern=SECTION_ID)
    text_only: bool = False
