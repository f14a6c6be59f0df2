"""What a name in a template can stand for while the template is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from jinja2 import nodes

from mist_connector.bylaws.tiers import Tier

from .shapes import Kind, Record, Rows, Scalar


@dataclass(frozen=True)
class Macro:
    """A macro, the template that defines it, and the names that its body sees."""

    node: nodes.Macro
    template: str
    scope: Scope = field(repr=False, compare=False)


@dataclass(frozen=True)
class Module:
    """The macros of an imported template."""

    macros: Mapping[str, Macro]


@dataclass(frozen=True)
class Loop:
    """The `loop` of a `for`."""


@dataclass(frozen=True)
class ParentBlock:
    """`super` inside a block: the parent's block is checked where it stands."""


@dataclass(frozen=True)
class Anything:
    """A parameter of a macro checked on its own, or what an error already told about stands for."""


Meaning: TypeAlias = Scalar | Record | Rows | Macro | Module | Loop | ParentBlock | Anything
Scope: TypeAlias = dict[str, Meaning]

PRINTED = Scalar(Tier.PUBLIC, Kind.TEXT)
"""What was made of values already checked."""


@dataclass(frozen=True)
class Site:
    """Where the check is: the template, how many loops around, and what led here."""

    template: str
    loops: int = 0
    trail: tuple[str, ...] = ()

    def deeper(self) -> Site:
        """Return the site inside one more loop."""
        return replace(self, loops=self.loops + 1)

    def inside(self, template: str, step: str) -> Site:
        """Return the site inside another template or a macro."""
        return replace(self, template=template, trail=(*self.trail, step))
