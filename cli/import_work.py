"""One import, from its files to what is said at the end: what is asked, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mist_connector.blueprint.compile_identity import ALREADY
from mist_connector.blueprint.register import RegisterTable
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.crm.rights import SETTINGS, Purpose, read_rights
from mist_connector.crm.turn import turn
from mist_connector.declared.everything import Declared
from mist_connector.errors import DeclarationError, MistError, OutcomeUnknown, Problem
from mist_connector.language import _
from mist_connector.register.difference import ImportPlan, dangling, plan_import
from mist_connector.register.folder import chosen
from mist_connector.register.importing import Outcome, bring_in
from mist_connector.register.lists import (
    Reading,
    Wanted,
    find_files,
    implied_tables,
    read_files,
    read_proposals,
    spare_sheets,
    wanted_rows,
)
from mist_connector.register.observing import Codes, observe_register
from mist_connector.register.reading import Rows
from mist_connector.register.recognising import Answer, Doubt
from mist_connector.register.refusals import of_rows

from . import console
from .consent import confirmed, consented
from .import_asking import decided, settled
from .import_files import write_report
from .import_given import import_given
from .import_view import data, problems_of, show_lacking, show_plan, show_reading

# How often an import looks again where it stands, before it gives up.
_TRIES = 3
_UNDECIDED = _("double probable, à décider (--doubles same ou apart, ou sans --yes)")


@dataclass(frozen=True)
class Choices:
    """What somebody chose for an import; `asks`: whether questions may be put."""

    partly: bool
    doubles: Answer | None
    without_addresses: bool
    columns: Path | None
    report: Path | None
    yes: bool
    dry_run: bool
    as_json: bool

    @property
    def asks(self) -> bool:
        """Whether questions may be put to somebody."""
        return not (self.yes or self.dry_run or self.as_json)


class Import:
    """One import, from its files to what is said at the end."""

    def __init__(
        self, wanted: Declared, choices: Choices, only: Sequence[str], shift: Callable[[Rows], Rows]
    ) -> None:
        self._wanted, self._choices, self._shift = wanted, choices, shift
        self._tables = tuple(table for table in chosen(wanted.register, only) if only or not table.given)
        self._reading = Reading()

    @property
    def purpose(self) -> Purpose:
        """What account it takes."""
        if any(table.given for table in self._tables):
            return Purpose.GIVE
        return Purpose.FILES if any(table.separately for table in self._tables) else Purpose.RUN

    def read(self, files: Sequence[Path]) -> None:
        """Read the files; raise DeclarationError with all that is wrong, unless the rest may come in."""
        choices = self._choices
        reading = read_files(find_files(files), self._tables, self._wanted.blueprint, self._wanted.register)
        spare_sheets(reading)
        reading.proposals = [settled(each, choices.columns, asks=choices.asks) for each in reading.proposals]
        self._lines = read_proposals(reading, without_addresses=choices.without_addresses)
        self._reading = reading
        if not reading.proposals and not reading.problems:
            raise MistError(
                _("Rien à lire : les feuilles sont vides."), todo=_("vérifiez les fichiers nommés")
            )
        if reading.problems:
            raise DeclarationError([*reading.problems, *reading.refused])

    def _stop_or_go_on(self, refused: Sequence[Problem]) -> None:
        """Go on with the rest where that is wanted, or where somebody says so."""
        choices = self._choices
        if not refused or choices.partly:
            return
        if choices.asks:
            for problem in refused:
                console.say(_("Refusé : {problem}").format(problem=problem))
            question = _("{refused} refus. Importer le reste ?").format(refused=len(refused))
            if confirmed(question):
                return
        self._report(refused)
        raise DeclarationError(list(refused))

    def compare_and_write(self, crm: Crm) -> int:
        """Compare with the CRM, show, ask, write, and say what is left; one import at a time.

        What a list without codes brings in is told from what is there by looking alone.
        """
        if self.purpose is Purpose.GIVE and SETTINGS in read_rights(crm).groups:
            return self._give(crm)
        if self._choices.dry_run:
            return self._compare_and_write(crm)
        with turn(crm, "import", console.reporter()):
            return self._compare_and_write(crm)

    def _compare_and_write(self, crm: Crm) -> int:
        choices, blueprint = self._choices, self._wanted.blueprint
        touched = set(self._lines) | implied_tables(self._lines)
        tables = [table for table in self._tables if table.file in touched]
        held = observe_register(crm, tables, blueprint)
        found = wanted_rows(self._lines, tables, held, _gone(crm, self._wanted), self._answer)
        rows = self._shift(found.rows)
        lost = list(dangling(rows, held, tables, blueprint))
        self._stop_or_go_on([*self._reading.refused, *lost])
        plan = plan_import(_but(rows, lost), held, tables)
        if not choices.as_json:
            show_reading(self._reading, found)
            show_plan(plan)
        plan, outcome, wrote = self._settle(crm, plan, held.codes, _but(rows, lost), tables)
        refused = [*self._reading.refused, *lost, *problems_of(outcome.refused)]
        self._report([*refused, *of_rows((row.place, _UNDECIDED) for row in found.undecided)])
        if outcome.refused and not wrote and not choices.partly:
            raise DeclarationError(list(refused))
        return self._conclude(plan, found, outcome, refused, wrote=wrote)

    def _give(self, crm: Crm) -> int:
        """Have the CRM give functions for the account that installs, which reads nobody."""
        rows = {file: tuple(line.row for _, line in lines) for file, lines in self._lines.items()}
        choices = self._choices
        import_given(
            crm,
            self._tables,
            self._shift(rows),
            self._wanted.blueprint,
            dry_run=choices.dry_run,
            yes=choices.yes,
            as_json=choices.as_json,
        )
        return 0

    def _answer(self, doubt: Doubt) -> Answer:
        if self._choices.doubles is not None:
            return self._choices.doubles
        return decided(doubt) if self._choices.asks else Answer.LEAVE

    def _settle(
        self, crm: Crm, plan: ImportPlan, codes: Codes, rows: Rows, tables: Sequence[RegisterTable]
    ) -> tuple[ImportPlan, Outcome, bool]:
        """Write; where another run brought rows in meanwhile, or an answer never came, look and go on.

        The CRM takes nothing twice, so that going on is safe.
        """
        choices, blueprint = self._choices, self._wanted.blueprint
        if plan.empty:
            return plan, Outcome(kept=False), False
        if choices.dry_run:
            return plan, bring_in(crm, plan, blueprint, codes, console.reporter(), undo=True), False
        if not consented(_("Importer ?"), yes=choices.yes, as_json=choices.as_json):
            return plan, Outcome(kept=False), False
        for tries in range(_TRIES + 1):
            try:
                outcome, wrote = self._write(crm, plan, codes)
            except OutcomeUnknown as error:
                if tries == _TRIES:
                    raise
                console.note(_("{error.what} On regarde où il en est.").format(error=error))
            else:
                if tries == _TRIES or not any(ALREADY in each.sentence for each in outcome.refused):
                    break
            held, before = observe_register(crm, tables, blueprint), plan.size
            plan, codes = plan_import(rows, held, tables), held.codes
            console.note(_("{before} déjà là, arrivées entre-temps.").format(before=before - plan.size))
            if plan.empty:
                return plan, Outcome(), True
        return plan, outcome, wrote

    def _write(self, crm: Crm, plan: ImportPlan, codes: Codes) -> tuple[Outcome, bool]:
        """Write; where rows are refused, ask whether the rest is wanted."""
        choices, blueprint, reporter = self._choices, self._wanted.blueprint, console.reporter()
        outcome = bring_in(crm, plan, blueprint, codes, reporter, whole=not choices.partly)
        if outcome.kept or not outcome.refused or not choices.asks:
            return outcome, outcome.kept
        for problem in problems_of(outcome.refused):
            console.say(_("Refusé : {problem}").format(problem=problem))
        if not confirmed(_("Rien n'est écrit. Importer le reste ?")):
            return outcome, False
        rest = bring_in(crm, plan, blueprint, codes, reporter)
        return rest, rest.kept

    def _report(self, problems: Sequence[Problem]) -> None:
        choices = self._choices
        layouts = [proposal.layout for proposal in self._reading.proposals]
        if choices.report is not None and problems:
            write_report(choices.report, layouts, problems, asks=choices.asks)

    def _conclude(
        self, plan: ImportPlan, found: Wanted, outcome: Outcome, refused: Sequence[Problem], *, wrote: bool
    ) -> int:
        if self._choices.as_json:
            console.emit_json(data(plan, self._reading, found, outcome, refused, written=wrote))
        else:
            for problem in refused:
                console.say(_("Refusé : {problem}").format(problem=problem))
            show_lacking(outcome)
            console.say(_sentence(plan, wrote=wrote))
        return 2 if refused or found.undecided else 0


def _sentence(plan: ImportPlan, *, wrote: bool) -> str:
    if plan.empty:
        return _("Rien à importer : tout est déjà là.")
    return _("Importé.") if wrote else _("Rien n'a été écrit.")


def _gone(crm: Crm, wanted: Declared) -> list[str]:
    """Return the codes of those whose return is for somebody to decide."""
    for table in wanted.register:
        if table.recognised is not None and table.recognised.gone:
            model = wanted.blueprint.model(table.model)
            column = model.field(table.recognised.status).column
            domain = [[column, "in", list(table.recognised.gone)]]
            return [row["x_name"] for row in read_all(crm, model.technical, ["x_name"], domain=domain)]
    return []


def _but(rows: Rows, problems: Sequence[Problem]) -> Rows:
    """Return the rows without those that something is wrong with."""
    places = {problem.place for problem in problems}
    return {file: tuple(row for row in each if row.place not in places) for file, each in rows.items()}
