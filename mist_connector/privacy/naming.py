"""The administrator's list of contacts to shield: a CSV file, strict, every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mist_connector.blueprint.declaration import Blueprint, IdentityKind
from mist_connector.blueprint.identity import identity_keys
from mist_connector.errors import DeclarationError, Problem
from mist_connector.language import _
from mist_connector.register.cells import Cell, Line, read_cells
from mist_connector.register.values import Column, Unfit

from .shielding import Named

CONTACT, PERSON = "Contact", "Personne"
# What the list may say of a person beside who she is, as the register's own file does.
ALSO = ("channel", "language")
_CODE = re.compile(r"P-[0-9A-F]{4}-[0-9A-F]{4}")


def read_names(name: str, text: str, blueprint: Blueprint) -> tuple[Named, ...]:
    """Return the lines of a list; raise DeclarationError with every mistake, and no word of what it says."""
    problems: list[Problem] = []
    lines = read_cells(name, text, problems)
    found: list[Named] = []
    if lines:
        person = blueprint.model("person")
        columns = {
            label.casefold(): Column(blueprint, person, key, label)
            for key in (*identity_keys(blueprint), *ALSO)
            for label in (person.field(key).label.fr,)
        }
        header = _header(lines[0], columns, problems)
        found = [_named(line, header, columns, problems) for line in lines[1:]] if header else []
    if problems:
        raise DeclarationError(problems)
    return tuple(found)


def _header(line: Line, columns: dict[str, Column], problems: list[Problem]) -> list[str]:
    words = [cell.text.casefold() for cell in line.cells]
    known = {CONTACT.casefold(), PERSON.casefold(), *columns}
    titles = ", ".join([CONTACT, PERSON, *(column.heading for column in columns.values())])
    for cell, word in zip(line.cells, words, strict=True):
        if word not in known:
            problems.append(
                Problem(
                    cell.place,
                    _("ce titre de colonne n’est pas connu"),
                    _("possibles\xa0: {titles}").format(titles=titles),
                )
            )
    if CONTACT.casefold() not in words:
        problems.append(
            Problem(
                line.place,
                _("colonne manquante «\xa0{contact}\xa0»").format(contact=CONTACT),
                _("elle est obligatoire"),
            )
        )
    return [] if problems else words


def _named(line: Line, header: Sequence[str], columns: dict[str, Column], problems: list[Problem]) -> Named:
    if len(line.cells) != len(header):
        what = _("{cells} cellules pour {header} colonnes").format(cells=len(line.cells), header=len(header))
        problems.append(Problem(line.place, what, _("vérifiez les points-virgules de cette ligne")))
        return Named("", line.place.line)
    cells = dict(zip(header, line.cells, strict=True))
    values = {
        columns[word].column: value
        for word, cell in cells.items()
        if word in columns and (value := _value(columns[word], cell, problems)) is not None
    }
    person = cells.get(PERSON.casefold())
    if person is not None and person.text and not _CODE.fullmatch(person.text):
        problems.append(
            Problem(person.place, _("ce n’est pas le code d’une personne"), _("comme P-0A1B-2C3D"))
        )
    return Named(
        cells[CONTACT.casefold()].text, line.place.line, person.text if person is not None else "", values
    )


def _value(column: Column, cell: Cell, problems: list[Problem]) -> str | bool | None:
    if not cell.text:
        return None
    if column.field.identity is IdentityKind.PHONE:  # written with a + as often as not
        return cell.text.removeprefix("'")
    try:
        value = column.value(cell.text)
    except Unfit as unfit:
        problems.append(Problem(cell.place, unfit.what, unfit.hint))
        return None
    return value if isinstance(value, (str, bool)) else None
