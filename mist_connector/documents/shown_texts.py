"""The texts of the bylaws that a document shows: all those that name it, grouped as the bylaws are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from mist_connector.bylaws.bylaws import Bylaws
from mist_connector.bylaws.form_texts import FormText
from mist_connector.bylaws.tiers import Tier

from .said import said
from .tiered import PublicText, public


@dataclass(frozen=True)
class TextLine:
    """One text."""

    words: PublicText


@dataclass(frozen=True)
class TextGroup:
    """The texts of one section of the bylaws."""

    title: PublicText
    lines: Annotated[tuple[TextLine, ...], Tier.PUBLIC]


TextGroups = Annotated[tuple[TextGroup, ...], Tier.PUBLIC]


def texts_of(bylaws: Bylaws, document: str, *, section: str | None = None) -> tuple[FormText, ...]:
    """Return the texts that name a document; of one section only, where one is given."""
    sections = {rule.id: rule.section for rule in bylaws.rules}
    return tuple(
        text for text in bylaws.texts if document in text.shown_in and section in {None, sections[text.rule]}
    )


def text_groups(
    bylaws: Bylaws, document: str, *, language: str, section: str | None = None
) -> tuple[TextGroup, ...]:
    """Return a document's texts in one language, by section, in the order of the bylaws."""
    sections = {rule.id: rule.section for rule in bylaws.rules}
    texts = texts_of(bylaws, document, section=section)
    return tuple(
        TextGroup(
            title=public(said(each, language)),
            lines=tuple(
                TextLine(public(said(text, language))) for text in texts if sections[text.rule] == each.id
            ),
        )
        for each in bylaws.sections
        if any(sections[text.rule] == each.id for text in texts)
    )
