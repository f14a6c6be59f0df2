"""What sheets are taken for: which table of the register, and the meaning of each heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.declared.reading import quoted, suggest
from mist_connector.errors import Problem
from mist_connector.language import _

from .headings import Headings, Meaning
from .layout import Layout, find_table, lay_out
from .sheets import Sheet
from .values import Column


@dataclass(frozen=True)
class Proposal:
    """What a sheet is taken for: its table, and the meaning of each heading, by position.

    `strict`: the sheet bears the name of a file of the register; its headings are that file's.
    """

    layout: Layout
    headings: Headings
    meanings: Mapping[int, Meaning] = field(default_factory=dict)
    strict: bool = False

    @property
    def table(self) -> RegisterTable:
        """The table of the register that the sheet is read into."""
        return self.headings.table

    @property
    def unsure(self) -> bool:
        """Whether somebody should look at the columns before anything is read."""
        return not self.strict and any(self._title(at) != meaning for at, meaning in self.meanings.items())

    def _title(self, at: int) -> Meaning | None:
        column = self.headings.exact(self.heading(at))
        return Meaning((column,)) if column else None

    def heading(self, at: int) -> str:
        """Return the heading at a position."""
        cells = self.layout.header.cells
        return " ".join(cells[at].split()) if at < len(cells) else ""

    def meaning_all(self, chosen: Mapping[int, Meaning]) -> Proposal:
        """Return the proposal with other meanings for some columns."""
        return replace(self, meanings={**self.meanings, **chosen})


def columns_of(table: RegisterTable, blueprint: Blueprint) -> tuple[Column, ...]:
    """Return the columns of a table, in order."""
    model = blueprint.model(table.model)
    # Where the code does not tell facts apart, or people are recognised without it, it may be left out.
    coded = NAME in table.key and table.recognised is None
    return tuple(
        Column(
            blueprint,
            model,
            key,
            title,
            required=coded if key == NAME else None,
            shape=table.shapes.get(key, ""),
        )
        for key, title in table.columns.items()
    )


def all_headings(tables: Sequence[RegisterTable], blueprint: Blueprint) -> list[Headings]:
    """Return the headings of each table."""
    return [Headings(table, columns_of(table, blueprint)) for table in tables]


def propose(sheet: Sheet, known: Sequence[Headings], named: str, problems: list[Problem]) -> Proposal | None:
    """Return what a sheet is taken for; `named` is the table whose name it bears, if it does.

    None where nothing on it is known; problems are those of a sheet that bears a table's name.
    """
    found = find_table(sheet, known, named)
    if found is None:
        return None
    headings, at = found
    strict = named.casefold() == headings.table.file
    proposal = Proposal(lay_out(sheet, at, strict=strict), headings, strict=strict)
    meanings = {
        place: headings.meaning(cell) or Meaning(left=_("titre inconnu"), sure=False)
        for place, cell in enumerate(proposal.layout.header.cells)
        if cell
    }
    if strict:
        _require_known(proposal, meanings, problems)
        _require_once(proposal, meanings, problems)
    return replace(proposal, meanings=meanings)


def _require_known(proposal: Proposal, meanings: Mapping[int, Meaning], problems: list[Problem]) -> None:
    headings = [column.heading for column in proposal.headings.columns]
    for at, meaning in meanings.items():
        if not meaning.sure:
            # Where the titles are missing, this is somebody's name: it is not repeated here.
            hint = suggest(proposal.heading(at), headings) or _("possibles\xa0: {headings}").format(
                headings=", ".join(headings)
            )
            place = proposal.layout.sheet.place(proposal.layout.header.number, at)
            problems.append(
                Problem(place, _("le titre de la colonne {at} n’est pas connu").format(at=at + 1), hint)
            )


def _require_once(proposal: Proposal, meanings: Mapping[int, Meaning], problems: list[Problem]) -> None:
    """Report columns that two headings lead to."""
    seen: set[str] = set()
    for at, meaning in meanings.items():
        for column in meaning.columns:
            if column.key in seen:
                place = proposal.layout.sheet.place(proposal.layout.header.number, at)
                problems.append(
                    Problem(
                        place,
                        _("colonne répétée {heading}").format(heading=quoted(column.heading)),
                        _("gardez-en une"),
                    )
                )
            seen.add(column.key)


def _how(column: Column, table: RegisterTable) -> str:
    """Return what to do about a column that is missing: another may hold more than its heading says."""
    headings = [quoted(heading) for heading, parts in table.joined.items() if column.key in parts][:1]
    if not headings:
        return _("elle est obligatoire")
    return _("elle est obligatoire\xa0; si une colonne tient les deux, titrez-la {heading}").format(
        heading=headings[0]
    )


def require_columns(proposal: Proposal, problems: list[Problem]) -> bool:
    """Report columns that the table needs and no heading leads to; return whether there are none."""
    there = {column.key for meaning in proposal.meanings.values() for column in meaning.columns}
    lacking = [each for each in proposal.headings.columns if each.required and each.key not in there]
    place = proposal.layout.sheet.place(proposal.layout.header.number)
    problems.extend(
        Problem(
            place,
            _("colonne manquante {heading}").format(heading=quoted(column.heading)),
            _how(column, proposal.table),
        )
        for column in lacking
    )
    return not lacking
