"""Facts with the links that they have in the CRM: from a fact to its person, from anything to everybody's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from typing import Any

from .facts import Candidacy, CommonFacts, Facts, Function


class Linked:
    """One record as a condition sees it: its own values, its `person`, and the `association`."""

    def __init__(self, record: object, person: Linked | None, association: Association) -> None:
        """Link a record; a person is her own."""
        self.itself: Any = record
        self.person = person or self
        self.association = association

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the record has
        """Return a value of the record; records behind it are linked too."""
        value = self._elsewhere(name) if name in _ELSEWHERE else getattr(self.itself, name)
        if isinstance(value, tuple):
            value = tuple(
                each if isinstance(each, Linked) else Linked(each, self.person, self.association)
                for each in value
            )
        self.__dict__[name] = value
        return value

    def _elsewhere(self, name: str) -> Any:  # noqa: ANN401 - whatever the record has
        """Return a value that may lead to a record of somebody else."""
        if name == _LED_TO and isinstance(self.itself, Candidacy):
            return self.association.led_to(self.itself)
        if name == _ACCOUNT and isinstance(self.itself, Function):
            return self.association.account_of(self.itself)
        value = getattr(self.itself, name)
        if name in _LINKS:
            return self.association.of_code(value)
        return self.association.of_kind(_RECORDS[name], value) if name in _RECORDS else value


class Association:
    """What every record hangs on: the facts of everybody, by their kind."""

    def __init__(
        self,
        people: Collection[Facts],
        common: CommonFacts | None = None,
        accounts: Mapping[str, int] | None = None,
    ) -> None:
        """Link everybody's facts, and those of the association itself, where they were read.

        `accounts`: the CRM's own number of the account of each function, by the function's code.
        """
        self._facts, self._common = tuple(people), common or CommonFacts()
        self._accounts = accounts or {}

    @cached_property
    def people(self) -> tuple[Linked, ...]:
        """Everybody, in the order given."""
        return tuple(Linked(facts, None, self) for facts in self._facts)

    def of_code(self, code: str) -> Linked | None:
        """Return the person of a code, if she is among them."""
        return self._by_code.get(code)

    def of_kind(self, kind: str, code: str) -> Linked | None:
        """Return the fact of a kind that has this code, whosever it is."""
        return next((each for each in getattr(self, kind) if code and each.itself.code == code), None)

    def account_of(self, function: Function) -> int | None:
        """Return the account of a function, where accounts were read."""
        return self._accounts.get(function.code)

    def led_to(self, candidacy: Candidacy) -> tuple[Linked, ...]:
        """Return the mandates that name a candidacy."""
        return tuple(each for each in self.mandates if each.itself.candidacy == candidacy.code)

    @cached_property
    def assemblies(self) -> tuple[Linked, ...]:
        """The assemblies of the association."""
        return tuple(Linked(each, None, self) for each in self._common.assemblies)

    @cached_property
    def _kinds(self) -> frozenset[str]:
        """The kinds of fact that people have: those of the engine's own, and what their facts hold beside."""
        known = {each.name for each in fields(Facts)}
        return frozenset(known.union(*({each.name for each in fields(facts)} for facts in self._facts[:1])))

    @cached_property
    def _by_code(self) -> dict[str, Linked]:
        return {each.itself.code: each for each in self.people}

    def __getattr__(self, name: str) -> tuple[Linked, ...]:
        """Return everybody's facts of one kind."""
        if name.startswith("_") or name not in self._kinds:
            raise AttributeError(name)
        self.__dict__[name] = found = tuple(self._of_all(name))
        return found

    def _of_all(self, name: str) -> Iterator[Linked]:
        for person in self.people:
            yield from getattr(person, name)


# Values that are the code of a person.
_LINKS = frozenset({"met", "mentor"})
# Values that are the code of a fact, be it another person's, and the kind of that fact.
_RECORDS = {"candidacy": "candidacies", "replaces": "mandates", "function": "functions"}
# What leads from a candidacy to the mandates that name it.
_LED_TO = "mandates"
# What leads from a function to the account that goes with it.
_ACCOUNT = "user"
_ELSEWHERE = frozenset({*_LINKS, *_RECORDS, _LED_TO, _ACCOUNT})
