"""The kinds of fact that a condition looks at."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import assert_never

from .forms import (
    AllOf,
    AnyOf,
    Dated,
    Day,
    Exists,
    Form,
    IsSet,
    Lacks,
    Lasts,
    Mine,
    Not,
    OneOf,
    Single,
    Together,
    Unshared,
    Wanted,
)


def relations(condition: Form) -> frozenset[str]:
    """Return every kind of fact that a condition looks at, by the first step that leads there."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return _all(map(relations, parts))
        case Not(part):
            return relations(part)
        case Exists(wanted) | Lacks(wanted):
            return _behind(wanted)
        case Single(path) | Unshared(path) | Together(path):
            return frozenset({path.partition(".")[0]})
        case IsSet() | OneOf() | Mine() | Dated() | Day() | Lasts():
            return frozenset()
        case _ as never:
            assert_never(never)


def _behind(wanted: Wanted) -> frozenset[str]:
    return _all(map(_behind, wanted.timing.after)) | {wanted.path.partition(".")[0]}


def _all(each: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(each))
