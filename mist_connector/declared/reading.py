"""The strict reader of mapping files: text in, values out, every problem at once, each with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from mist_connector.conditions.stated import Stated
from mist_connector.errors import Place, Problem
from mist_connector.strict import Strict

from .complaints import explain
from .composing import compose
from .editing import edited
from .source import Source
from .suggestion import quoted, suggest
from .tree import Node, trail
from .vocabulary import known_keys

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Document", "Draft", "Source", "Strict", "fit", "parse", "quoted", "read", "suggest"]

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Draft:
    """A text read as YAML, not yet held against a model; `sound` if nothing was wrong with it so far."""

    source: Source
    root: Node = field(repr=False)
    sound: bool = True


@dataclass(frozen=True)
class Document(Generic[T]):
    """A value read from a source, which remembers where each part of it was written."""

    value: T
    draft: Draft

    @property
    def source(self) -> Source:
        """The text that the value was read from."""
        return self.draft.source

    def place(self, *path: str | int) -> Place:
        """Return where the value at this path is written; its nearest parent if it is not written."""
        *_, (_key, value) = trail(self.draft.root, path)
        return self.source.place(value)

    def key(self, *path: str | int) -> Place:
        """Return where the key at this path is written; its nearest parent if it is not written."""
        *_, (key, _value) = trail(self.draft.root, path)
        return self.source.place(key)


def read(
    source: Source, model: type[T], problems: list[Problem], stated: Stated | None = None
) -> Document[T] | None:
    """Return the value that a text declares, or None after adding every problem to `problems`.

    `stated`: what its conditions refer to.
    """
    draft = parse(source, problems)
    return fit(draft, model, problems, stated) if draft else None


def parse(source: Source, problems: list[Problem]) -> Draft | None:
    """Return a text as YAML, or None where it cannot even be read so; add every problem."""
    found: list[Problem] = []
    root = compose(source, found)
    if root is not None and source.edits:
        root = edited(source, root, source.edits, found)
    problems.extend(found)
    return None if root is None else Draft(source, root, sound=not found)


def fit(
    draft: Draft, model: type[T], problems: list[Problem], stated: Stated | None = None
) -> Document[T] | None:
    """Return the value of a draft, or None after reporting what does not fit the model."""
    try:
        # JSON is where strict types still let a text be a date and a list be a tuple.
        value = model.model_validate_json(json.dumps(draft.root.data()), strict=True, context=stated)
    except ValidationError as error:
        already = {problem.place for problem in problems}
        found = [_problem(draft, model, each) for each in error.errors(include_url=False)]
        problems.extend(problem for problem in found if problem.place not in already)
        return None
    return Document(value, draft) if draft.sound else None


def _problem(draft: Draft, model: type[BaseModel], error: ErrorDetails) -> Problem:
    """Return one complaint of the validation as a problem at its place."""
    path = error["loc"]
    *_, (key, value) = trail(draft.root, path)
    position = key if error["type"] == "extra_forbidden" else value
    what, hint = explain(error, lambda: known_keys(model, path[:-1]))
    return Problem(draft.source.place(position), what, hint)
