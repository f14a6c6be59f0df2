"""Cells and values: what a text in a column means, and how a value is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from mist_connector.blueprint.declaration import Blueprint, Choice, Field, FieldType, Model
from mist_connector.blueprint.register import NAME, field_of, linked
from mist_connector.declared.reading import quoted, suggest

from .rows import Value

CODE = r"[A-Z]{1,2}-[0-9A-F]{4}-[0-9A-F]{4}"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
YES, NO = "oui", "non"
_FLAGS = {YES: True, NO: False, "": False, "true": True, "false": False, "1": True, "0": False}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Unfit(ValueError):
    """A cell that says nothing its column could hold: what is wrong, and a hint.

    Neither repeats the cell: what stands in the wrong column may be somebody's name.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


class Column:
    """One column of a table: reads its cells, writes its values."""

    def __init__(
        self, blueprint: Blueprint, model: Model, key: str, heading: str, *, required: bool | None = None
    ) -> None:
        self.key, self.heading = key, heading
        self.field: Field = field_of(model, key)
        self.required = self.field.required if required is None else required
        self.column = "x_name" if key == NAME else self.field.column
        self.target = linked(blueprint, model, key)
        self.prefix = model.prefix if key == NAME else self.target.prefix if self.target else ""
        self.choices: Sequence[Choice] = (
            blueprint.vocabularies[self.field.choices] if self.field.choices else ()
        )

    def value(self, text: str) -> Value:
        """Return what a cell says; raises Unfit."""
        if self.required and not text:
            raise Unfit(f"cellule vide sous {quoted(self.heading)}", "ce renseignement est obligatoire")
        if self.prefix:
            return self._code(text) if text else None
        match self.field.type:
            case FieldType.FLAG:
                return self._flag(text)
            case FieldType.DATE:
                return _date(text)
            case FieldType.CHOICE:
                return self._choice(text)
            case _:
                return _text(text)

    def text(self, value: Value) -> str:
        """Return how a value is written; nothing that a spreadsheet would take for a formula."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, date):
            return value.isoformat()
        labels = {choice.id: choice.label.fr for choice in self.choices}
        written = labels.get(value, value)
        return f"'{written}" if written.startswith(("'", *FORMULA)) else written

    def _code(self, text: str) -> str:
        if not re.fullmatch(CODE, text) or text.partition("-")[0] != self.prefix:
            hint = f"la forme est {self.prefix}-0A1B-2C3D, en chiffres et lettres de A à F"
            raise Unfit(f"ce n’est pas un code sous {quoted(self.heading)}", hint)
        return text

    def _flag(self, text: str) -> bool:
        if text.casefold() not in _FLAGS:
            raise Unfit(f"on attend «\xa0{YES}\xa0» ou «\xa0{NO}\xa0» sous {quoted(self.heading)}")
        return _FLAGS[text.casefold()]

    def _choice(self, text: str) -> str | None:
        if not text:
            return None
        words = {choice.id.casefold(): choice.id for choice in self.choices}
        words |= {choice.label.fr.casefold(): choice.id for choice in self.choices}
        if text.casefold() in words:
            return words[text.casefold()]
        labels = [choice.label.fr for choice in self.choices]
        hint = suggest(text, [*labels, *words.values()]) or f"possibles\xa0: {', '.join(labels)}"
        raise Unfit(f"valeur inconnue sous {quoted(self.heading)}", hint)


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        pass
    raise Unfit("ce n’est pas une date", "écrivez année-mois-jour, comme 2025-01-31")


def _text(text: str) -> str | None:
    if text.startswith(FORMULA):
        raise Unfit(
            "une cellule ne commence pas par = + - ou @", "un tableur y verrait une formule\xa0; retirez-le"
        )
    protected = text.startswith("'") and text[1:].startswith(("'", *FORMULA))
    return (text[1:] if protected else text) or None
