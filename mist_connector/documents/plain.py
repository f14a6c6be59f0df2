"""From frozen dataclasses to what a template engine may hold: dicts of tiered single values."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

from .refusal import RenderingRefused
from .tiered import Tiered

LONGEST_TEXT = 5_000
MOST_ROWS = 500


def plain(context: object) -> dict[str, Any]:
    """Return a context as plain dicts whose leaves are `Tiered` single values.

    Raises `RenderingRefused` for anything else: an object could be made to do something.
    """
    hints = get_type_hints(type(context), include_extras=True)
    return {
        each.name: _plain(getattr(context, each.name), hints[each.name])
        for each in fields(context)  # type: ignore[arg-type]  # `shape_of` has refused all but dataclasses
    }


def one_line(text: str) -> str:
    """Return a text without line breaks, control characters and direction overrides."""
    spaced = "".join(" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in text)
    shown = "".join(each for each in spaced if unicodedata.category(each) not in {"Cf", "Cs", "Co"})
    return " ".join(shown.split(" ")).strip()


def _plain(value: object, hint: Any) -> Any:  # noqa: ANN401 - an annotation, and whatever fits it
    if isinstance(value, Tiered):
        return Tiered(_single(value.value), value.tier)
    if isinstance(value, tuple):
        if len(value) > MOST_ROWS:
            raise RenderingRefused("Le document contient trop de lignes.", todo="Réduisez la période.")
        return Tiered([plain(row) for row in value], get_args(hint)[1])
    if is_dataclass(value):
        return plain(value)
    raise RenderingRefused("Une valeur du document n’a pas de niveau de confidentialité.")


def _single(value: object) -> str | int | date | None:
    if isinstance(value, str):
        return one_line(value)[:LONGEST_TEXT]
    # Exact types only: a subclass could bring code of its own into the template.
    if value is None or type(value) in {int, bool, date}:
        return value  # type: ignore[return-value]
    raise RenderingRefused("Une valeur du document n’est ni un texte, ni un nombre, ni une date.")
