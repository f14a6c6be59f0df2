"""A condition as a field of a mapping file: read from the keys of one form into that form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from mist_connector.strict import Strict

from .forms import Form
from .stated import NOTHING, Stated

# An answer to a question that the bylaws leave open: the question, and the answer.
DECIDED = r"^Q[0-9]{2}\.[a-z_]+$"
_FORM_TYPES: tuple[type, ...] = Form.__args__


class Waiting:
    """A part of a condition that waits for an answer which is not in force."""


class Spelled(Strict):
    """What is written of a condition; `key`: the one by which its form is told."""

    # Each shape has all of them inside: none can be built before all are there.
    model_config = ConfigDict(defer_build=True)

    key: ClassVar[str] = ""
    decided: str | None = Field(default=None, pattern=DECIDED)

    @classmethod
    def tag(cls) -> str:
        """Return what a validation error calls the form: no key of a mapping file."""
        return f"form:{cls.key}"

    def form(self, stated: Stated) -> Form:
        """Return the condition; ValueError where it says what does not go together."""
        raise NotImplementedError


def shapes() -> dict[str, type[Spelled]]:
    """Return the shape of each form, by its tag."""
    return {shape.tag(): shape for shape in _below(Spelled) if shape.key}


def _below(shape: type[Spelled]) -> Iterator[type[Spelled]]:
    for each in shape.__subclasses__():
        yield each
        yield from _below(each)


class Spelling:
    """Reads a condition; `listed`: it stands in a list, from which it may be left out."""

    def __init__(self, *, listed: bool = False) -> None:
        """Read a condition that stands in a list, or by itself."""
        self._listed = listed

    def __get_pydantic_core_schema__(self, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return what reads the mapping that has the keys of one form, or takes what is a form already."""
        written = core_schema.tagged_union_schema(
            {tag: handler.generate_schema(shape) for tag, shape in shapes().items()},
            _tag,
            custom_error_type="condition_form",
            custom_error_message="one of the forms that mist_connector.conditions.spelling lists",
        )
        read = core_schema.with_info_after_validator_function(self._form, written)
        either = core_schema.no_info_wrap_validator_function(_kept, read)
        return core_schema.json_or_python_schema(read, either)

    def _form(self, spelled: Spelled, info: ValidationInfo) -> Form | Waiting:
        stated = info.context if isinstance(info.context, Stated) else NOTHING
        if spelled.decided is not None:
            if not self._listed:
                raise ValueError("«\xa0decided\xa0» va dans une liste\xa0: all, any, where ou after")
            if not stated.in_force(spelled.decided):
                return Waiting()
        return spelled.form(stated)


def _tag(written: object) -> str | None:
    """Return the one form whose key a mapping has."""
    if not isinstance(written, Mapping):
        return None
    tags = [tag for tag, shape in shapes().items() if shape.key in written]
    return tags[0] if len(tags) == 1 else None


def _kept(value: object, read: Callable[[object], Any]) -> Any:  # noqa: ANN401 - a condition, or what waits
    """Return what is a condition already."""
    return value if isinstance(value, (*_FORM_TYPES, Waiting)) else read(value)


Condition: TypeAlias = Annotated[Form, Spelling()]
Part: TypeAlias = Annotated[Form | Waiting, Spelling(listed=True)]


def counting(parts: Iterable[Form | Waiting]) -> tuple[Form, ...]:
    """Return the parts that wait for no answer."""
    return tuple(part for part in parts if not isinstance(part, Waiting))
