"""What each step of an assembly begins with: the mappings, the register, the assembly's own records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mist_connector.assembly.closing import Closing, Ruling
from mist_connector.bylaws.engine import decide
from mist_connector.bylaws.facts import Facts
from mist_connector.crm.assemblies import AssemblyRecord, read_assembly
from mist_connector.crm.assembly_reading import room_of, voted
from mist_connector.crm.facts_reading import read_facts
from mist_connector.crm.port import Crm
from mist_connector.crm.report_facts import days_of_assemblies
from mist_connector.crm.today import today_of
from mist_connector.declared.everything import Declared
from mist_connector.documents.composing import members
from mist_connector.documents.counting import count_days
from mist_connector.documents.figures import Day
from mist_connector.errors import MistError

from .consent import consented
from .declared_mappings import declared
from .session import opened


@dataclass(frozen=True)
class Work:
    """One step at work on one assembly."""

    crm: Crm
    rules: Declared
    assembly: AssemblyRecord
    people: Mapping[str, Facts]
    ids: Mapping[str, int]
    today: date
    as_json: bool
    dry_run: bool = False
    yes: bool = False

    @classmethod
    def read(
        cls,
        crm: Crm,
        rules: Declared,
        *,
        code: str | None,
        today: date,
        as_json: bool,
        dry_run: bool = False,
        yes: bool = False,
    ) -> Work:
        """Read the register and the assembly."""
        register = read_facts(crm, rules.blueprint)
        codes = {each.id: each.facts.code for each in register.people}
        return cls(
            crm=crm,
            rules=rules,
            assembly=read_assembly(crm, code, codes, on=today),
            people={each.facts.code: each.facts for each in register.people},
            ids={code: row for row, code in codes.items()},
            today=today,
            as_json=as_json,
            dry_run=dry_run,
            yes=yes,
        )

    @property
    def statuses(self) -> dict[str, str | None]:
        """The status that everybody's facts give her today."""
        provisions = self.rules.provisions
        return {code: decide(facts, provisions, on=self.today).status for code, facts in self.people.items()}

    @property
    def members(self) -> list[str]:
        """Everybody to invite: no member is left out."""
        invited = self.rules.assembly.invited.statuses
        return [code for code, status in self.statuses.items() if status in invited]

    @property
    def days(self) -> tuple[Day, ...]:
        """What is counted of the register on the days of the assemblies, this one last."""
        days, every = days_of_assemblies(self.crm, self.assembly.on), self.rules.assembly.every.value
        people = list(self.people.values())
        return count_days(people, self.rules.provisions, members(self.rules), days, months=every)

    def again(self) -> Work:
        """Return the same work, the assembly read anew."""
        codes = {row: code for code, row in self.ids.items()}
        return replace(self, assembly=read_assembly(self.crm, self.assembly.code, codes, on=self.today))

    def expect(self, *states: str) -> None:
        """Raise MistError unless the assembly is so far."""
        if self.assembly.state not in states:
            labels = {each.id: each.label.fr for each in self.rules.vocabularies["assembly_states"]}
            now, wanted = labels[self.assembly.state], " ou ".join(labels[each] for each in states)
            raise MistError(
                f"L'assemblée {self.assembly.code} est « {now} » ; cette étape demande « {wanted} ».",
                todo="voyez « mist assembly status »",
            )

    def consented(self, question: str) -> bool:
        """Ask, unless nothing is to be done."""
        return not self.dry_run and consented(question, yes=self.yes, as_json=self.as_json)


@contextmanager
def working(
    *,
    code: str | None,
    profile: str | None,
    mappings: Path | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> Iterator[Work]:
    """Connect, and read what a step begins with."""
    rules = declared(mappings)
    today = today_of(rules.blueprint)
    with opened(profile) as crm:
        yield Work.read(crm, rules, code=code, today=today, as_json=as_json, dry_run=dry_run, yes=yes)


def rulings_of(work: Work) -> tuple[Ruling, ...]:
    """Return what each item of the assembly comes to."""
    rules = work.rules
    closing = Closing(
        room=room_of(work.assembly, rules.assembly),
        statutes=rules.assembly.statutes,
        provisions=rules.provisions,
        people=work.people,
        on=work.assembly.on,
    )
    return closing.rulings([voted(item) for item in work.assembly.items])
