"""From sheets to rows of the register; every problem of every sheet in one run."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.errors import Problem
from mist_connector.language import _

from .csv_sheets import text_sheet
from .days import read_day
from .headings import Headings, Meaning
from .names import split_name
from .proposing import Proposal, all_headings, propose, require_columns
from .rows import Key, Row, Value
from .sheets import Sheet, SheetLine
from .values import Unfit

Rows = Mapping[str, tuple[Row, ...]]
# The table of a fact, its column of the person, and its values.
Fact = tuple[str, str, Mapping[str, Value]]
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class ReadLine:
    """A line that was read: its row, and the facts that its columns state, by table, without the person."""

    row: Row
    facts: tuple[Fact, ...] = ()


def read_lines(
    proposal: Proposal, problems: list[Problem], told: list[Problem], *, without_addresses: bool = False
) -> list[ReadLine]:
    """Return the lines of a sheet that can be read; report each cell that cannot.

    `told` gets what is left of a line that comes in: a second telephone beside another, and, where they may
    be left, cells that are no address.
    """
    reader = _LineReader(proposal, problems, told, without_addresses=without_addresses)
    return [read for line in proposal.layout.lines if (read := reader.read(line)) is not None]


def cleaned(text: str) -> str:
    """Return a text with composed letters, without invisible signs, its blanks made single spaces."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def _as_it_is(text: str) -> str:
    return text


class _LineReader:
    """Reads lines of one sheet, and reports what it cannot read or take in."""

    def __init__(
        self, proposal: Proposal, problems: list[Problem], told: list[Problem], *, without_addresses: bool
    ) -> None:
        self._proposal, self._sheet = proposal, proposal.layout.sheet
        self._problems, self._told = problems, told
        self._clean = _as_it_is if proposal.strict else cleaned
        self._without_addresses = without_addresses
        self._meanings = tuple(proposal.meanings.items())
        self._width = len(proposal.layout.header.cells)

    def read(self, line: SheetLine) -> ReadLine | None:
        """Return a line, or None after reporting what is wrong with it."""
        if not self._fits(line):
            return None
        values: dict[str, Value] = {}
        facts: list[Fact] = []
        before = len(self._problems)
        for at, meaning in self._meanings:
            text = self._clean(line.cells[at]) if at < len(line.cells) else ""
            try:
                self._take(values, _values(meaning, text), line, at)
                facts.extend(_facts(meaning, text))
            except Unfit as unfit:
                self._report(
                    values, meaning, Problem(self._sheet.place(line.number, at), unfit.what, unfit.hint)
                )
        if len(self._problems) > before:
            return None
        return ReadLine(Row(values, self._sheet.place(line.number)), tuple(facts))

    def _fits(self, line: SheetLine) -> bool:
        short = self._proposal.strict and not self._sheet.title and len(line.cells) != self._width
        if not short and not any(line.cells[self._width :]):
            return True
        what = _("{cells} cellules pour {width} colonnes").format(cells=len(line.cells), width=self._width)
        place = self._sheet.place(line.number)
        self._problems.append(Problem(place, what, _("vérifiez les séparateurs de cette ligne")))
        return False

    def _take(self, values: dict[str, Value], new: Mapping[str, Value], line: SheetLine, at: int) -> None:
        """Take what a cell says; of two columns for one thing, what the first says."""
        for key, value in new.items():
            if not values.get(key):
                values[key] = value
            elif value and value != values[key]:
                what = _("cette colonne dit autre chose que celle d’avant")
                self._told.append(Problem(self._sheet.place(line.number, at), what))

    def _report(self, values: dict[str, Value], meaning: Meaning, problem: Problem) -> None:
        if self._without_addresses and any(column.shape for column in meaning.columns):
            self._told.append(problem)
            for column in meaning.columns:
                values.setdefault(column.key, None)
        else:
            self._problems.append(problem)


def _values(meaning: Meaning, text: str) -> Mapping[str, Value]:
    if len(meaning.columns) <= 1:
        return {column.key: column.value(text) for column in meaning.columns}
    parts = split_name(text, [column.key for column in meaning.columns]) if text else {}
    if parts is None:
        raise Unfit(_("on ne sait où finit le prénom"), _("écrivez «\xa0NOM, Prénom\xa0», ou deux colonnes"))
    return {column.key: column.value(parts.get(column.key, "")) for column in meaning.columns}


def _facts(meaning: Meaning, text: str) -> list[Fact]:
    """Return the fact that a cell states: its table, the column of the person, and its values."""
    implied = meaning.implied
    if implied is None or not text:
        return []
    day = read_implied_day(text)
    return [(implied.file, implied.person, MappingProxyType({**implied.values, implied.day: day}))]


def read_implied_day(text: str) -> Value:
    """Return the day of a fact; raise Unfit for a cell that says « yes » without saying when."""
    if (day := read_day(text)) is not None:
        return day
    raise Unfit(_("on attend le jour de ce fait"), _("une date\xa0; laissez vide s’il n’a pas eu lieu"))


def refuse_repeated(rows: Sequence[Row], table: RegisterTable, problems: list[Problem]) -> None:
    """Report facts told twice; people without a code are compared elsewhere."""
    counted: Counter[Key] = Counter()
    for row in rows:
        key = row.key(table)
        if table.recognised and key == (None,):
            continue
        counted[key] += 1
        if counted[key] > 1 and row.place is not None:
            what = (
                _("code déjà utilisé plus haut") if table.key == (NAME,) else _("ligne déjà écrite plus haut")
            )
            problems.append(Problem(row.place, what, _("gardez-en une")))


def read_register(
    texts: Mapping[str, tuple[str, str]],
    tables: Sequence[RegisterTable],
    blueprint: Blueprint,
    problems: list[Problem],
) -> Rows:
    """Return the rows of the register's own files; `texts` are each file's name and text, by table."""
    known = {each.table.file: each for each in all_headings(tables, blueprint)}
    return {
        file: _register_file(text_sheet(name, text, problems), known[file], problems)
        for file, (name, text) in texts.items()
    }


def _register_file(sheet: Sheet, headings: Headings, problems: list[Problem]) -> tuple[Row, ...]:
    of_headings: list[Problem] = []
    proposal = propose(sheet, [headings], headings.table.file, of_headings)
    if proposal is None:
        return ()
    require_columns(proposal, of_headings)
    problems.extend(of_headings)
    if of_headings:
        return ()
    rows = [line.row for line in read_lines(proposal, problems, [])]
    refuse_repeated(rows, headings.table, problems)
    return tuple(rows)
