"""The strict reader of mapping files: text in, values out, every problem at once, each with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from mist_connector.declared.complaints import explain
from mist_connector.declared.composing import compose
from mist_connector.declared.source import Source
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.declared.tree import Node, trail
from mist_connector.declared.vocabulary import known_keys
from mist_connector.errors import Place, Problem
from mist_connector.strict import Strict

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Document", "Source", "Strict", "quoted", "read", "suggest"]

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Document(Generic[T]):
    """A value read from a source, which remembers where each part of it was written."""

    value: T
    source: Source
    _root: Node = field(repr=False)

    def place(self, *path: str | int) -> Place:
        """Return where the value at this path is written; its nearest parent if it is not written."""
        *_, (_key, value) = trail(self._root, path)
        return self.source.place(value)

    def key(self, *path: str | int) -> Place:
        """Return where the key at this path is written."""
        *_, (key, _value) = trail(self._root, path)
        return self.source.place(key)


def read(source: Source, model: type[T], problems: list[Problem]) -> Document[T] | None:
    """Return the value that a text declares, or None after adding every problem to `problems`."""
    found: list[Problem] = []
    root = compose(source, found)
    value = _validate(source, root, model, found) if root is not None else None
    problems.extend(found)
    if value is None or root is None or found:
        return None
    return Document(value, source, root)


def _validate(source: Source, root: Node, model: type[T], found: list[Problem]) -> T | None:
    """Return the value of a tree, or None after reporting what does not fit the model."""
    try:
        # JSON is where strict types still let a text be a date and a list be a tuple.
        return model.model_validate_json(json.dumps(root.data()))
    except ValidationError as error:
        already = {problem.place for problem in found}
        complaints = [_problem(source, root, model, each) for each in error.errors(include_url=False)]
        found.extend(problem for problem in complaints if problem.place not in already)
    return None


def _problem(source: Source, root: Node, model: type[BaseModel], error: ErrorDetails) -> Problem:
    """Return one complaint of the validation as a problem at its place."""
    path = error["loc"]
    *_, (key, value) = trail(root, path)
    position = key if error["type"] == "extra_forbidden" else value
    what, hint = explain(error, lambda: known_keys(model, path[:-1]))
    return Problem(source.place(position), what, hint)
