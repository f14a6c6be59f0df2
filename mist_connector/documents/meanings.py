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
    """Where the check is: the template, how many loops around, and what led here.

    `gathered`: what is written here is kept before it is given out (a macro, a `set`), where no limit sees it
    grow.
    `top`: the names that a block sees, which are those of the template itself.
    """

    template: str
    loops: int = 0
    trail: tuple[str, ...] = ()
    gathered: bool = False
    top: Scope | None = field(default=None, repr=False, compare=False)

    def deeper(self) -> Site:
        """Return the site inside one more loop."""
        return replace(self, loops=self.loops + 1)

    def kept(self) -> Site:
        """Return the site inside what is kept before it is given out."""
        return replace(self, gathered=True, top=None)

    def at_top(self, scope: Scope) -> Site:
        """Return the site at the top of a template, where these names are known."""
        return replace(self, top=scope)

    def inside(self, template: str, step: str) -> Site:
        """Return the site inside another template or a macro."""
        return replace(self, template=template, trail=(*self.trail, step))
