"""What each file of the bylaws holds: the models behind their strict reading and their JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import Field

from mist_connector.bylaws.decisions import Decision
from mist_connector.bylaws.form_texts import FormText
from mist_connector.bylaws.matrix import Matrix
from mist_connector.bylaws.rules import RuleEntry
from mist_connector.bylaws.sections import SECTION_ID, Section
from mist_connector.bylaws.tier_meanings import TierMeaning
from mist_connector.strict import Strict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .reading import Document


class SectionsFile(Strict):
    """`sections.yaml`: the sections, in order."""

    sections: tuple[Section, ...]


class RulesFile(Strict):
    """`rules/SECTION.yaml`: the rules of one section, in order."""

    section: str = Field(pattern=SECTION_ID)
    rules: tuple[RuleEntry, ...]


class DecisionsFile(Strict):
    """`decisions.yaml`: what only the association can settle."""

    decisions: tuple[Decision, ...]


class TiersFile(Strict):
    """`tiers.yaml`: the tiers, from the most open to the most closed."""

    tiers: tuple[TierMeaning, ...]


class TextsFile(Strict):
    """`texts.yaml`: what forms and letters show."""

    texts: tuple[FormText, ...]


BYLAWS_FILES: Mapping[str, type[Strict]] = MappingProxyType(
    {
        "sections": SectionsFile,
        "rules": RulesFile,
        "decisions": DecisionsFile,
        "tiers": TiersFile,
        "matrix": Matrix,
        "texts": TextsFile,
    }
)
"""The model of each kind of file, by the name that `mist rules schema` knows it by."""


def kind_of(path: str) -> str | None:
    """Return the kind of the file at this path below the mappings folder, or None if it is not ours."""
    if path.startswith("rules/"):
        return "rules"
    name = path.removesuffix(".yaml")
    return name if name != path and name in BYLAWS_FILES and name != "rules" else None


@dataclass(frozen=True)
class BylawsDocuments:
    """The bylaws' files, each fit for its model."""

    sections: Document[SectionsFile]
    rules: tuple[Document[RulesFile], ...]
    decisions: Document[DecisionsFile]
    tiers: Document[TiersFile]
    matrix: Document[Matrix]
    texts: Document[TextsFile]
