"""What conditions refer to: those declared under a name, and the decisions of the association."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import TypeAdapter, ValidationError

from mist_connector.bylaws.decisions import Decision
from mist_connector.conditions.forms import Form
from mist_connector.conditions.spelling import Condition
from mist_connector.conditions.stated import Stated
from mist_connector.errors import Place, Problem

from .complaints import explain
from .reading import Source, parse, quoted, suggest
from .tree import Entries, Node, child

Decisions = Mapping[str, Decision]
# Where a file declares named conditions; a name is known in every file.
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "statuses.yaml": ("conditions",),
    "expectations.yaml": ("conditions",),
    "blueprint/hooks.yaml": ("conditions",),
    "blueprint/crm.yaml": ("crm", "conditions"),
}
_READ: TypeAdapter[Form] = TypeAdapter(Condition)


@dataclass(frozen=True)
class _Written:
    """A named condition as it is written, and where its name is."""

    name: str
    node: Node
    place: Place


class Statements:
    """Every named condition of the mapping files, read where something refers to it."""

    def __init__(self, sources: Mapping[str, Source], decisions: Decisions) -> None:
        """Know what these files declare, with these decisions."""
        self._sources, self._decisions = sources, decisions
        self._read: dict[str, Form] = {}
        self._reading: list[str] = []

    @cached_property
    def stated(self) -> Stated:
        """What conditions are read with."""
        return Stated(self._named, self._in_force, self._number)

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are declared."""
        return tuple(each.name for each in self._written)

    def repeated(self) -> Iterator[Problem]:
        """Yield the names that are declared twice."""
        seen: dict[str, Place] = {}
        for each in self._written:
            if each.name in seen:
                what = f"condition {quoted(each.name)} déjà définie"
                yield Problem(each.place, what, f"voyez {seen[each.name]}")
            seen.setdefault(each.name, each.place)

    @cached_property
    def _written(self) -> tuple[_Written, ...]:
        return tuple(each for name in _SECTIONS if name in self._sources for each in self._in(name))

    def _in(self, name: str) -> Iterator[_Written]:
        """Yield what one file declares; what is wrong with the file itself is told where it is read."""
        source = self._sources[name]
        draft = parse(source, [])
        node: Node | None = draft.root if draft else None
        for step in _SECTIONS[name]:
            node = child(node, step) if node else None
        if isinstance(node, Entries):
            for key, below in node.nodes.items():
                yield _Written(key, below, source.place(node.keys[key]))

    def _named(self, name: str) -> Form:
        if name in self._reading:
            raise ValueError(f"la condition {quoted(name)} se nomme elle-même")
        if name not in self._read:
            self._reading.append(name)
            try:
                self._read[name] = self._form(name)
            finally:
                self._reading.pop()
        return self._read[name]

    def _form(self, name: str) -> Form:
        written = next((each for each in self._written if each.name == name), None)
        if written is None:
            hint = suggest(name, self.names)
            raise ValueError(f"condition inconnue {quoted(name)}" + (f" ({hint})" if hint else ""))
        try:
            return _READ.validate_json(json.dumps(written.node.data()), strict=True, context=self.stated)
        except ValidationError as error:
            why, _ = explain(error.errors(include_url=False)[0], tuple)
            what = f"la condition {quoted(name)} est incorrecte ({written.place})\xa0: {why}"
            raise ValueError(what) from error

    def _in_force(self, answer: str) -> bool:
        question, _, wanted = answer.partition(".")
        decision = self._decision(question)
        if wanted not in [each.id for each in decision.answers]:
            raise ValueError(f"réponse inconnue {quoted(answer)}")
        return decision.answer == wanted

    def _number(self, path: str) -> int:
        question, _, number = path.partition(".")
        numbers = self._decision(question).numbers
        if number not in numbers:
            raise ValueError(f"nombre inconnu {quoted(path)}")
        return numbers[number] or 0

    def _decision(self, question: str) -> Decision:
        if question not in self._decisions:
            hint = suggest(question, self._decisions)
            raise ValueError(f"décision inconnue {quoted(question)}" + (f" ({hint})" if hint else ""))
        return self._decisions[question]


def in_force(answer: str | None, decisions: Decisions, *, settled: bool) -> bool:
    """Tell whether an answer is in force, `settled` by the association itself; True where there is none."""
    if answer is None:
        return True
    question, _, wanted = answer.partition(".")
    decision = decisions[question]
    return decision.answer == wanted and not (settled and decision.is_open)
