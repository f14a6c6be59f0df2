"""Who of a list is in the register already, and who may be: told by code, place and reason, never by name."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from mist_connector.blueprint.register import NAME, Recognised
from mist_connector.language import _

from .addresses import email_key, telephone_key
from .names import name_key
from .reading import ReadLine
from .rows import Row

_KEYS: Mapping[str, Callable[[str], str]] = {"email": email_key, "phone": telephone_key}
Marks = frozenset[tuple[str, str]]


class Answer(StrEnum):
    """What somebody decides about a likely double."""

    SAME = "same"  # one person: the one who is there already, or the first of the two lines
    APART = "apart"  # two people
    LEAVE = "leave"  # nothing of this line comes in; it is told again next time


@dataclass(frozen=True)
class Doubt:
    """A line that is likely somebody who is there, or another line; `returns`: she is gone from there."""

    line: Row
    code: str = ""
    other: Row | None = None
    reason: str = ""
    returns: bool = False

    @property
    def sentence(self) -> str:
        """What is likely, without a name."""
        who = self.code or (
            _("la ligne {line}").format(line=self.other.place.line) if self.other and self.other.place else ""
        )
        gone = _(" (partie ou exclue)") if self.returns else ""
        return _("{place}: probablement {who}{gone} : {reason}").format(
            place=self.line.place, who=who, gone=gone, reason=self.reason
        )


@dataclass(frozen=True)
class Recognition:
    """Lines with the codes of whom they are about; what is doubtful; what shares an address only."""

    lines: tuple[ReadLine, ...]
    doubts: tuple[Doubt, ...] = ()
    shared: tuple[str, ...] = ()
    left: tuple[Row, ...] = field(default=())


class Register:
    """The people who are there, to be found by name and by address."""

    def __init__(
        self, rows: Iterable[Row], how: Recognised, shapes: Mapping[str, str], gone: Iterable[str]
    ) -> None:
        self._how, self._shapes, self.gone = how, shapes, frozenset(gone)
        self.codes: set[str] = set()
        self._names: dict[str, list[str]] = defaultdict(list)
        self._addresses: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._marks: dict[str, Marks] = {}
        for row in rows:
            self.add(str(row.values[NAME]), row)

    def add(self, code: str, row: Row) -> None:
        """Note somebody."""
        self.codes.add(code)
        self._names[self.name(row)].append(code)
        self._marks[code] = self.marks(row)
        for mark in self._marks[code]:
            self._addresses[mark].append(code)

    def name(self, row: Row) -> str:
        """Return what her name is compared by."""
        return name_key([str(row.values.get(key) or "") for key in self._how.names])

    def marks(self, row: Row) -> Marks:
        """Return what her addresses are compared by."""
        found = ((key, row.values.get(key)) for key in self._how.addresses)
        return frozenset((key, _KEYS[self._shapes[key]](str(value))) for key, value in found if value)

    def named(self, row: Row) -> list[str]:
        """Return who has the same name."""
        return self._names.get(self.name(row), [])

    def addressed(self, row: Row) -> list[str]:
        """Return who has one of the same addresses."""
        return [code for mark in sorted(self.marks(row)) for code in self._addresses.get(mark, ())]

    def agree(self, row: Row, code: str) -> bool | None:
        """Tell whether an address is the same; None where one of the two has none."""
        mine, hers = self.marks(row), self._marks[code]
        return bool(mine & hers) if mine and hers else None


def recognise(
    lines: Sequence[ReadLine], register: Register, answers: Callable[[Doubt], Answer]
) -> Recognition:
    """Give each line its code: hers who is there, or a new one; ask about what is likely only.

    Lines that are the same in name and address as several who are there are taken for them in turn.
    """
    work = _Recognising(register, answers)
    for line in lines:
        work.take(line)
    return Recognition(tuple(work.lines), tuple(work.doubts), tuple(work.shared), tuple(work.left))


class _Recognising:
    def __init__(self, register: Register, answers: Callable[[Doubt], Answer]) -> None:
        self._register, self._answers = register, answers
        self._there = frozenset(register.codes)
        self._used: set[str] = set()
        self._lines: dict[str, Row] = {}
        self.lines: list[ReadLine] = []
        self.doubts: list[Doubt] = []
        self.shared: list[str] = []
        self.left: list[Row] = []

    def take(self, line: ReadLine) -> None:
        """Find out whose line it is."""
        row = line.row
        code = str(row.values.get(NAME) or "")
        if code in self._there:
            self._keep(line, code, known=True)
            return
        if not code and (found := self._certain(row)):
            self._keep(line, found, known=True)
            return
        doubt = self._doubt(row, code)
        answer = self._asked(doubt) if doubt else Answer.APART
        if answer is Answer.APART:
            self._tell_shared(row)
            self._keep(line, code or new_code(self._register.codes), known=False)
        elif answer is Answer.SAME and doubt and doubt.code:
            self._keep(line, doubt.code, known=True)
        else:
            self.left.append(row)

    def _certain(self, row: Row) -> str:
        """Return who has the same name and an address of the same, and is not gone; each only once."""
        same = [code for code in self._register.named(row) if self._register.agree(row, code)]
        free = [code for code in same if code in self._there - self._used - self._register.gone]
        return free[0] if free else ""

    def _doubt(self, row: Row, code: str) -> Doubt | None:
        for other in self._register.addressed(row):
            if other in self._register.gone and other != code:
                return self._told(row, other, _("la même adresse"))
        for other in self._register.named(row):
            agree = self._register.agree(row, other)
            if other in self._register.gone:
                return self._told(row, other, _("le même nom"))
            if agree or agree is None or (not code and other in self._there):
                reason = _("le même nom, la même adresse") if agree else _("le même nom")
                return self._told(row, other, reason)
        return None

    def _told(self, row: Row, other: str, reason: str) -> Doubt:
        if other in self._there:
            return Doubt(row, code=other, reason=reason, returns=other in self._register.gone)
        return Doubt(row, other=self._lines[other], reason=reason)

    def _asked(self, doubt: Doubt) -> Answer:
        self.doubts.append(doubt)
        return self._answers(doubt)

    def _tell_shared(self, row: Row) -> None:
        others = set(self._register.addressed(row)) - {row.values.get(NAME)}
        if others:
            self.shared.append(
                _("{place}: partage une adresse avec {naming}").format(
                    place=row.place, naming=self._naming(min(others))
                )
            )

    def _naming(self, code: str) -> str:
        place = self._lines[code].place if code in self._lines else None
        return _("la ligne {line}").format(line=place.line) if place else code

    def _keep(self, line: ReadLine, code: str, *, known: bool) -> None:
        self._used.add(code)
        values = {NAME: code, **{key: value for key, value in line.row.values.items() if key != NAME}}
        if known and not line.row.values.get(NAME):
            # Somebody who was recognised: an empty cell takes nothing from her.
            values = {key: value for key, value in values.items() if value is not None}
        row = replace(line.row, values=MappingProxyType(values))
        if not known:
            self._register.add(code, row)
            self._lines[code] = row
        self.lines.append(ReadLine(row, line.facts))


def new_code(taken: Iterable[str], prefix: str = "P") -> str:
    """Return a random code that nobody has, as the CRM makes them."""
    while True:
        number = secrets.token_hex(4).upper()
        code = f"{prefix}-{number[:4]}-{number[4:]}"
        if code not in taken:
            return code


def facts_of(lines: Sequence[ReadLine]) -> dict[str, list[Row]]:
    """Return the facts that the columns of a list state, by table, each with its person."""
    found: dict[str, list[Row]] = defaultdict(list)
    for line in lines:
        for file, person, values in line.facts:
            found[file].append(Row({person: line.row.values[NAME], **values}, line.row.place))
    return found
