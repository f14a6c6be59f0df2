"""Cells and values: what a text in a column means, and how a value is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from mist_connector.blueprint.declaration import Blueprint, Choice, Field, FieldType, Model
from mist_connector.blueprint.register import NAME, field_of, linked
from mist_connector.declared.reading import quoted, suggest
from mist_connector.language import _

from .addresses import NoAddress, read_email, read_telephone
from .days import read_day
from .rows import Value

CODE = re.compile(r"[A-Z]{1,2}-[0-9A-F]{4}-[0-9A-F]{4}")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
YES, NO = "oui", "non"
_TRUE = ("oui", "o", "yes", "y", "true", "vrai", "1", "x", "✓", "✔", "☑", "☒")
_FALSE = ("non", "n", "no", "false", "faux", "0", "", "☐")
_FLAGS = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
_ERRORS = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#VALEUR!",
    "#NAME?",
    "#NOM?",
    "#DIV/0!",
    "#NUM!",
    "#NOMBRE!",
    "#NULL!",
)
_READERS = {"email": read_email, "phone": read_telephone}


def escaped(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula or its error, and that reads back as it was."""
    return f"'{text}" if text.startswith(("'", *FORMULA)) or text.upper() in _ERRORS else text


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return text[1:] if text.startswith("'") and escaped(text[1:]) == text else text


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
        self,
        blueprint: Blueprint,
        model: Model,
        key: str,
        heading: str,
        *,
        required: bool | None = None,
        shape: str = "",
    ) -> None:
        self.key, self.heading, self.shape = key, heading, shape
        self.field: Field = field_of(model, key)
        self.required = self.field.required if required is None else required
        self.column = "x_name" if key == NAME else self.field.column
        self.target = linked(blueprint, model, key)
        self.prefix = model.prefix if key == NAME else self.target.prefix if self.target else ""
        self.choices: Sequence[Choice] = (
            blueprint.vocabularies[self.field.choices] if self.field.choices else ()
        )
        words = {plain(choice.id): choice.id for choice in self.choices}
        words |= {plain(choice.label.en): choice.id for choice in self.choices}
        self._ids = words | {plain(choice.label.fr): choice.id for choice in self.choices}
        self._labels = {choice.id: choice.label.fr for choice in self.choices}

    def value(self, text: str) -> Value:
        """Return what a cell says; raises Unfit."""
        if self.required and not text:
            raise Unfit(
                _("cellule vide sous {heading}").format(heading=quoted(self.heading)),
                _("ce renseignement est obligatoire"),
            )
        if text.upper() in _ERRORS:
            raise Unfit(
                _("erreur de formule sous {heading}").format(heading=quoted(self.heading)),
                _("corrigez-la dans le tableur"),
            )
        if self.prefix:
            return self._code(text) if text else None
        match self.field.type:
            case FieldType.FLAG:
                return self._flag(text)
            case FieldType.DATE:
                return self._date(text)
            case FieldType.CHOICE:
                return self._choice(text)
        return self._address(text) if self.shape else _text(text)

    def text(self, value: Value) -> str:
        """Return how a value is written; nothing that a spreadsheet would take for a formula."""
        written = self.raw_text(value)
        return escaped(written)

    def raw_text(self, value: Value) -> str:
        """Return how a value is written where cells say of themselves that they are text."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, date):
            return value.isoformat()
        return self._labels.get(value, value)

    def _code(self, text: str) -> str:
        text = text.upper().replace("–", "-").replace("‑", "-")
        if not CODE.fullmatch(text) or text.partition("-")[0] != self.prefix:
            hint = _("la forme est {prefix}-0A1B-2C3D, en chiffres et lettres de A à F").format(
                prefix=self.prefix
            )
            raise Unfit(_("ce n’est pas un code sous {heading}").format(heading=quoted(self.heading)), hint)
        return text

    def _flag(self, text: str) -> bool:
        if text.casefold() not in _FLAGS:
            raise Unfit(
                _("on attend «\xa0{yes}\xa0» ou «\xa0{no}\xa0» sous {heading}").format(
                    yes=YES, no=NO, heading=quoted(self.heading)
                )
            )
        return _FLAGS[text.casefold()]

    def _date(self, text: str) -> date | None:
        if not text:
            return None
        found = read_day(text.removeprefix("'"))
        if found is None:
            what = _("ce n’est pas une date sous {heading}").format(heading=quoted(self.heading))
            raise Unfit(what, _("écrivez jour/mois/année ou année-mois-jour, comme 2025-01-31"))
        return found

    def _choice(self, text: str) -> str | None:
        if not text:
            return None
        if (found := self._ids.get(plain(text))) is not None:
            return found
        labels = list(self._labels.values())
        hint = suggest(text, [*labels, *self._labels]) or _("possibles\xa0: {labels}").format(
            labels=", ".join(labels)
        )
        raise Unfit(_("valeur inconnue sous {heading}").format(heading=quoted(self.heading)), hint)

    def _address(self, text: str) -> str | None:
        """Return an address, with or without the mark that keeps it from being a formula."""
        bare = text.removeprefix("'")
        if not bare:
            return None
        try:
            return _READERS[self.shape](bare)
        except NoAddress as none:
            raise Unfit(
                _("{what} sous {heading}").format(what=none.what, heading=quoted(self.heading)), none.hint
            ) from None


def plain(text: str) -> str:
    """Return a text without case, accents and doubled spaces, as words of a list are compared."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").casefold())
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


def _text(text: str) -> str | None:
    if text.startswith(FORMULA):
        raise Unfit(
            _("une cellule ne commence pas par = + - ou @"),
            _("un tableur y verrait une formule\xa0; retirez-le"),
        )
    return unescaped(text) or None
