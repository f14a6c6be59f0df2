"""One assembly's records, the register and the mappings, read together on a day: what every step needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mist_connector.bylaws.engine import decide
from mist_connector.bylaws.facts import Facts
from mist_connector.crm.port import Crm
from mist_connector.declared.everything import Declared
from mist_connector.documents.composing import members
from mist_connector.documents.counting import count_days
from mist_connector.documents.figures import Day
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.papers.report_facts import days_of_assemblies
from mist_connector.work.people.facts_reading import read_facts

from .assemblies import AssemblyRecord, read_assembly
from .days import assembly_days, assembly_meant

PENDING = ("planned", "convened", "open")
"""States in which an assembly is still to be held, closed or cancelled."""


@dataclass(frozen=True)
class AssemblyContext:
    """One assembly with the register and the mappings; `ids`: each person's record by her code."""

    crm: Crm
    rules: Declared
    assembly: AssemblyRecord
    people: Mapping[str, Facts]
    ids: Mapping[str, int]
    today: date

    @classmethod
    def read(
        cls,
        crm: Crm,
        rules: Declared,
        *,
        code: str | None,
        today: date,
        states: Collection[str] = PENDING,
    ) -> AssemblyContext:
        """Read the register and the assembly of this code; None: the one that steps of these states mean."""
        meant = assembly_meant(assembly_days(crm), code, states, today=today)
        register = read_facts(crm, rules.blueprint)
        codes = {each.id: each.facts.code for each in register.people}
        return cls(
            crm=crm,
            rules=rules,
            assembly=read_assembly(crm, meant.code, codes, on=today),
            people={each.facts.code: each.facts for each in register.people},
            ids={code: row for row, code in codes.items()},
            today=today,
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
        """The register's figures on the days of the assemblies, this one last."""
        days, every = days_of_assemblies(self.crm, self.assembly.on), self.rules.assembly.every.value
        people = list(self.people.values())
        return count_days(people, self.rules.provisions, members(self.rules), days, months=every)

    def again(self) -> AssemblyContext:
        """Return the same context, the assembly read anew."""
        codes = {row: code for code, row in self.ids.items()}
        return replace(self, assembly=read_assembly(self.crm, self.assembly.code, codes, on=self.today))

    def expect(self, *states: str) -> None:
        """Raise MistError unless the assembly is in one of the states."""
        if self.assembly.state not in states:
            labels = {each.id: each.label.fr for each in self.rules.vocabularies["assembly_states"]}
            now, wanted = labels[self.assembly.state], " ou ".join(labels[each] for each in states)
            raise MistError(
                _("L'assemblée {code} est « {now} » ; cette étape demande « {wanted} ».").format(
                    code=self.assembly.code, now=now, wanted=wanted
                ),
                todo=_("voyez « mist assembly status »"),
            )
