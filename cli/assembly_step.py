"""A step of an assembly as the command line takes it: the assembly's context, and what was chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mist_connector.crm.today import today_of
from mist_connector.work.assembly.context import PENDING, AssemblyContext

from .consent import consented
from .declared_mappings import declared
from .session import opened


@dataclass(frozen=True)
class Step:
    """One assembly's context, and the options of the command."""

    context: AssemblyContext
    as_json: bool
    dry_run: bool
    yes: bool

    def consented(self, question: str) -> bool:
        """Ask, unless nothing is to be done."""
        return not self.dry_run and consented(question, yes=self.yes, as_json=self.as_json)


@contextmanager
def taking_step(
    *,
    code: str | None,
    profile: str | None,
    mappings: Path | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    states: Collection[str] = PENDING,
) -> Iterator[Step]:
    """Connect, and read what a step needs; without a code, the assembly that a step of these states means."""
    rules = declared(mappings)
    with opened(profile) as crm:
        today = today_of(rules.blueprint, crm)
        context = AssemblyContext.read(crm, rules, code=code, today=today, states=states)
        yield Step(context, as_json=as_json, dry_run=dry_run, yes=yes)
