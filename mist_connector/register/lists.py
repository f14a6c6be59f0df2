"""From files as associations have them to rows of the register, and all that is to be said about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import RegisterTable
from mist_connector.declared.reading import quoted
from mist_connector.errors import MistError, Place, Problem
from mist_connector.language import _

from .csv_sheets import csv_sheet
from .headings import Headings
from .layout import Left
from .observing import ObservedRegister
from .proposing import Proposal, all_headings, propose, require_columns
from .reading import ReadLine, Rows, read_lines, refuse_repeated
from .recognising import Answer, Doubt, Register, facts_of, recognise
from .rows import Row
from .sheets import Sheet
from .workbooks import is_workbook, workbook_sheets

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
_TEXT = _("un fichier CSV, XLSX ou ODS")
_NO_HEADING = _("aucun titre connu sur cette feuille")


@dataclass
class Reading:
    """What was read of all files: proposals to look at first, then what was left, and what is wrong.

    `problems` are of whole sheets: nothing can be read of them; `refused` are of lines, others being fine.
    """

    proposals: list[Proposal] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """The rows that an import is about, and what was found out about people on the way."""

    rows: Rows
    doubts: tuple[Doubt, ...] = ()
    shared: tuple[str, ...] = ()
    undecided: tuple[Row, ...] = ()


def find_files(sources: Sequence[Path]) -> list[Path]:
    """Return the files of folders and the files named; raise MistError where there is nothing to read."""
    found = [
        file for source in sources for file in (sorted(_inside(source)) if source.is_dir() else [source])
    ]
    if not found:
        raise MistError(
            _("Rien à lire dans {sources}.").format(sources=", ".join(map(str, sources))),
            todo=_("on attend {text}").format(text=_TEXT),
        )
    return found


def _inside(folder: Path) -> Iterable[Path]:
    return (each for each in folder.iterdir() if each.suffix.lower() in ENDINGS and each.name[0] not in ".~")


def read_files(
    files: Sequence[Path],
    tables: Sequence[RegisterTable],
    blueprint: Blueprint,
    every: Sequence[RegisterTable],
) -> Reading:
    """Read every sheet of every file, and propose what each is; `tables` are those that may come in.

    A sheet that bears the name of a table of `every` that may not come in is left, and said.
    """
    reading = Reading()
    known = all_headings(tables, blueprint)
    for file in files:
        sheets = _sheets(file, reading)
        for sheet in sheets:
            _propose(
                sheet,
                file,
                known,
                {table.file for table in every} - {table.file for table in tables},
                reading,
            )
    return reading


def _sheets(file: Path, reading: Reading) -> list[Sheet]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise MistError(
            _("Impossible de lire {file} : {strerror}.").format(file=file, strerror=error.strerror),
            todo=_("vérifiez ses droits"),
        ) from None
    if not is_workbook(content):
        sheet = csv_sheet(str(file), content, reading.problems)
        if sheet.told:
            reading.told.append(f"{file} : {sheet.told}")
        return [sheet]
    sheets, hidden = workbook_sheets(str(file), content, reading.problems)
    reading.left.extend(Left(Place(f"{file} [{title}]", 1, 1), _("feuille masquée")) for title in hidden)
    return sheets


def _propose(
    sheet: Sheet, file: Path, known: Sequence[Headings], others: Iterable[str], reading: Reading
) -> None:
    named = sheet.title or file.stem
    if named.casefold() in set(others):
        return
    if all(line.blank for line in sheet.lines):
        if sheet.title or not reading.problems:
            reading.left.append(Left(sheet.place(1), _("feuille vide")))
        return
    found: list[Problem] = []
    proposal = propose(sheet, known, named, found)
    reading.problems.extend(found)
    if proposal is None:
        first = next(line for line in sheet.lines if not line.blank)
        hint = _("la première ligne donne les titres, comme Prénom, Nom, Courriel sûr")
        reading.problems.append(Problem(sheet.place(first.number), _NO_HEADING, hint))
    elif not found:
        reading.proposals.append(proposal)
        reading.left.extend(proposal.layout.left)


def spare_sheets(reading: Reading) -> None:
    """Leave sheets of a workbook without a known heading where another sheet of the same file has some."""
    files = {proposal.layout.sheet.file for proposal in reading.proposals}
    for problem in list(reading.problems):
        file, bracket, _sheet = problem.place.file.partition(" [")
        if bracket and file in files and problem.what == _NO_HEADING:
            reading.problems.remove(problem)
            reading.left.append(Left(problem.place, _("feuille sans titre connu")))


def read_proposals(
    reading: Reading, *, without_addresses: bool = False
) -> dict[str, list[tuple[Proposal, ReadLine]]]:
    """Return the lines of every sheet, by table; those that cannot be read are added to `refused`.

    `without_addresses`: a cell that is no address is left out, and its line comes in.
    """
    lines: dict[str, list[tuple[Proposal, ReadLine]]] = {}
    for proposal in reading.proposals:
        reading.left.extend(_left_columns(proposal))
        if require_columns(proposal, reading.problems):
            found: list[Problem] = []
            read = read_lines(proposal, reading.refused, found, without_addresses=without_addresses)
            reading.left.extend(
                Left(each.place, _("cellule\xa0: {what}").format(what=each.what)) for each in found
            )
            lines.setdefault(proposal.table.file, []).extend((proposal, line) for line in read)
    for each in lines.values():
        for table in {id(proposal.table): proposal.table for proposal, _line in each}.values():
            refuse_repeated([line.row for _proposal, line in each], table, reading.refused)
    refused = {problem.place for problem in reading.refused}
    return {file: [each for each in read if each[1].row.place not in refused] for file, read in lines.items()}


def _left_columns(proposal: Proposal) -> Iterable[Left]:
    """Yield the columns that are not read: those with a heading, those without one that hold something."""
    layout = proposal.layout
    for at, meaning in proposal.meanings.items():
        if not meaning.taken:
            what = _("colonne {heading}\xa0: {left}").format(
                heading=quoted(proposal.heading(at)), left=meaning.left
            )
            yield Left(layout.sheet.place(layout.header.number, at), what)
    width = len(layout.header.cells)
    bare = [at for at in range(width) if not layout.header.cells[at]]
    for at in bare:
        first = next((line for line in layout.lines if at < len(line.cells) and line.cells[at]), None)
        if first is not None:
            yield Left(layout.sheet.place(first.number, at), _("colonne {at} sans titre").format(at=at + 1))


def wanted_rows(
    lines: Mapping[str, Sequence[tuple[Proposal, ReadLine]]],
    tables: Sequence[RegisterTable],
    held: ObservedRegister,
    gone: Iterable[str],
    answers: Callable[[Doubt], Answer],
) -> Wanted:
    """Return the rows to compare with the CRM: people with their codes, and the facts that lists state."""
    rows: dict[str, list[Row]] = {}
    wanted = Wanted({})
    for table in tables:
        read = [line for _proposal, line in lines.get(table.file, ())]
        if table.recognised is None:
            if table.file in lines:
                rows.setdefault(table.file, []).extend(line.row for line in read)
            continue
        if table.file not in lines:
            continue
        register = Register(held.rows.get(table.file, ()), table.recognised, table.shapes, gone)
        found = recognise(read, register, answers)
        rows.setdefault(table.file, []).extend(line.row for line in found.lines)
        wanted = Wanted({}, found.doubts, found.shared, found.left)
        by_file = {each.file: each for each in tables}
        for file, facts in facts_of(found.lines).items():
            if file in by_file:
                there = _Stated(held.rows.get(file, ()), by_file[file])
                rows.setdefault(file, []).extend(fact for fact in facts if not there.holds(fact))
    by_table = {table.file: tuple(rows[table.file]) for table in tables if table.file in rows}
    return Wanted(by_table, wanted.doubts, wanted.shared, wanted.undecided)


class _Stated:
    """Facts that are there, to be found by what a list says of them."""

    def __init__(self, rows: Iterable[Row], table: RegisterTable) -> None:
        self._rows, self._keys = list(rows), table.key
        self._found: dict[tuple[str, ...], set[tuple[object, ...]]] = {}

    def holds(self, fact: Row) -> bool:
        """Whether a fact is there that says all that this one says."""
        keys = tuple(sorted(fact.values))
        if keys not in self._found:
            self._found[keys] = {tuple(row.values.get(key) for key in keys) for row in self._rows}
        return tuple(fact.values[key] for key in keys) in self._found[keys]


def implied_tables(lines: Mapping[str, Sequence[tuple[Proposal, ReadLine]]]) -> set[str]:
    """Return the tables of facts that columns of lists state."""
    return {
        file for read in lines.values() for _proposal, line in read for file, _person, _values in line.facts
    }
