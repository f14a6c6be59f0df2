"""Which keys a model allows at a path: what an unknown key is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from mist_connector.conditions.spelled import Spelled, Spelling, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator


def known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    """Return the keys that a mapping at this path may have."""
    types: list[Any] = [model]
    for step in path:
        below = [inner for outer in types for inner in _below(outer, step)]
        types = below or types
    return {key for each in types for branch in _branches(each) for key in _keys(branch)}


def _branches(declared: object) -> Iterator[Any]:
    """Yield the plain types of an annotation: the members of a union, without their annotations."""
    if get_origin(declared) is Annotated:
        below, *details = get_args(declared)
        written = any(isinstance(each, Spelling) for each in details)
        yield from shapes().values() if written else _branches(below)
    elif isinstance(declared, type) or get_origin(declared) in {list, tuple, dict, set, frozenset}:
        yield declared
    else:
        for inner in get_args(declared):
            yield from _branches(inner)


def _below(declared: object, step: str | int) -> Iterator[Any]:
    """Yield the types one step down."""
    for branch in _branches(declared):
        if isinstance(branch, type) and issubclass(branch, Spelled) and step == branch.tag():
            yield branch
        elif isinstance(branch, type) and issubclass(branch, BaseModel):
            yield from (
                field.rebuild_annotation()
                for name, field in branch.model_fields.items()
                if step in {name, field.alias} and field.annotation is not None
            )
        elif get_origin(branch) is dict and isinstance(step, str):
            yield get_args(branch)[1]
        elif isinstance(step, int):
            yield from (inner for inner in get_args(branch) if inner is not Ellipsis)


def _keys(branch: object) -> set[str]:
    """Return the keys of a model, none for any other type."""
    if not (isinstance(branch, type) and issubclass(branch, BaseModel)):
        return set()
    return {field.alias or name for name, field in branch.model_fields.items()}
