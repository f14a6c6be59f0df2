"""An import brought into the CRM: people with contacts, then facts, then what facts must allow first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mist_connector.blueprint.declaration import Blueprint, FieldType
from mist_connector.blueprint.register import NAME, RegisterTable
from mist_connector.crm.batches import BATCH, QUIET, batches
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import MistError, WriteRefused
from mist_connector.language import _
from mist_connector.reporting import Reporter

from .difference import ImportPlan, TableImport
from .observing import Codes
from .proposing import columns_of
from .rows import Row, Value
from .values import Column

PEOPLE = "person"
ACTION = "import_rows"
# What one transaction carries well: a minute of the server's time at most.
MOST_AT_ONCE = 20_000

Stored = str | bool
Step = dict[str, Any]


@dataclass(frozen=True)
class Refused:
    """A row that the CRM does not take, and the sentence of the rule."""

    file: str
    row: Row
    sentence: str


@dataclass(frozen=True)
class Outcome:
    """What an import did: `refused` rows are not in; of `lacking` ones a value waits for a fact.

    `kept`: whether anything was written and stays.
    """

    refused: tuple[Refused, ...] = ()
    lacking: tuple[Refused, ...] = ()
    kept: bool = True


@dataclass
class _Work:
    """Steps to hand in, and the rows that their numbers stand for."""

    blueprint: Blueprint
    rows: list[tuple[str, Row]] = field(default_factory=list)

    def number(self, file: str, row: Row) -> int:
        self.rows.append((file, row))
        return len(self.rows) - 1

    def refused(self, told: Sequence[Sequence[Any]]) -> Iterator[Refused]:
        for number, sentence in told:
            file, row = self.rows[int(number)]
            yield Refused(file, row, " ".join(str(sentence).split()))


def apply_import(
    crm: Crm, plan: ImportPlan, blueprint: Blueprint, codes: Codes, reporter: Reporter
) -> Outcome:
    """Write a plan wholly or not at all: raise WriteRefused with the rules' sentences where one refuses."""
    outcome = bring_in(crm, plan, blueprint, codes, reporter, whole=plan.size <= MOST_AT_ONCE)
    if outcome.refused:
        said = " ".join(dict.fromkeys(each.sentence for each in outcome.refused))
        raise WriteRefused(
            said, todo=_("rien n'a été écrit") if not outcome.kept else _("le reste est écrit")
        )
    return outcome


def bring_in(
    crm: Crm,
    plan: ImportPlan,
    blueprint: Blueprint,
    codes: Codes,
    reporter: Reporter,
    *,
    whole: bool = False,
    undo: bool = False,
) -> Outcome:
    """Write a plan; return what the CRM refuses.

    `whole`: one transaction, of which nothing stays where a row is refused; `undo`: a trial, of which nothing
    stays in any case. Otherwise batch by batch, and a rerun goes on from there. Raises MistError for a plan
    that is too large for one transaction where one is asked for.
    """
    work = _Work(blueprint)
    steps = list(
        _steps(plan, blueprint, work, {key: {v: k for k, v in ids.items()} for key, ids in codes.items()})
    )
    if not steps:
        return Outcome(kept=False)
    at_once = whole or undo
    if at_once and plan.size > MOST_AT_ONCE:
        raise MistError(
            _("{size} lignes sont trop pour une seule transaction ({most_at_once} au plus).").format(
                size=plan.size, most_at_once=MOST_AT_ONCE
            ),
            todo=_("essayez une partie de la liste")
            if undo
            else _("ajoutez --partly : par lots, ce qui est refusé est nommé, le reste entre"),
        )
    action = find_server_action(crm, blueprint.model(PEOPLE).technical, ACTION)
    outcome = Outcome(kept=False)
    done = 0
    for part in [steps] if at_once else [[step] for step in steps]:
        reporter.step(_told(part, blueprint))
        payload = {"steps": part, "whole": whole, "undo": undo}
        answer = crm.call("ir.actions.server", "run", ids=[action], context={**QUIET, "mist_import": payload})
        outcome = Outcome(
            (*outcome.refused, *work.refused(answer["refused"])),
            (*outcome.lacking, *work.refused(answer["lacking"])),
            kept=outcome.kept or bool(answer["kept"] and answer["made"]),
        )
        done += sum(len(step["rows"]) for step in part)
        reporter.progress("import", done, len(work.rows))
    return outcome


def _told(steps: Sequence[Step], blueprint: Blueprint) -> str:
    counts: dict[str, int] = {}
    for step in steps:
        counts[step["model"]] = counts.get(step["model"], 0) + len(step["rows"])
    plurals = {model.technical: model.plural.fr for model in blueprint.models}
    return ", ".join(f"{plurals[name]} : {count}" for name, count in counts.items())


def _steps(
    plan: ImportPlan, blueprint: Blueprint, work: _Work, codes_of: Mapping[str, Mapping[int, str]]
) -> Iterator[Step]:
    """Yield what is created and changed table by table, and at the end what waits for facts."""
    for part in plan.tables:
        columns = columns_of(part.table, blueprint)
        for rows in in_order(part.creates, columns, part.table.model):
            yield from _batched(
                work, part, "create", [(row, _without(row.values, part.table)) for row in rows]
            )
        changed = [(row, _without(values, part.table)) for row, values in _changes(part, codes_of)]
        yield from _batched(work, part, "write", [each for each in changed if len(each[1]) > 1])
    for part in plan.tables:
        waiting = [(row, _only_last(row.values, part.table)) for row in part.creates]
        waiting += [(row, _only_last(values, part.table)) for row, values in _changes(part, codes_of)]
        said = [
            each
            for each in waiting
            if any(value is not None for key, value in each[1].items() if key != NAME)
        ]
        cleared = [each for each in waiting[len(part.creates) :] if each not in said and len(each[1]) > 1]
        yield from _batched(work, part, "write", [*said, *cleared], last=True)


def _changes(
    part: TableImport, codes_of: Mapping[str, Mapping[int, str]]
) -> Iterator[tuple[Row, Mapping[str, Value]]]:
    """Yield what is changed, by the code of its record, with the row that says so."""
    for row_id, values in part.updates.items():
        code = codes_of[part.table.model][row_id]
        yield part.changed.get(row_id) or Row(values), {NAME: code, **values}


def _without(values: Mapping[str, Value], table: RegisterTable) -> Mapping[str, Value]:
    return {key: value for key, value in values.items() if key not in table.last}


def _only_last(values: Mapping[str, Value], table: RegisterTable) -> Mapping[str, Value]:
    return {key: value for key, value in values.items() if key == NAME or key in table.last}


def _batched(
    work: _Work,
    part: TableImport,
    do: str,
    rows: Sequence[tuple[Row, Mapping[str, Value]]],
    *,
    last: bool = False,
) -> Iterator[Step]:
    """Yield steps of as many rows as one request carries well."""
    model = work.blueprint.model(part.table.model)
    columns = {column.key: column for column in columns_of(part.table, work.blueprint)}
    links = {each.column: each.target.technical for each in columns.values() if each.target is not None}
    for batch in batches(rows, most=BATCH):
        yield {
            "model": model.technical,
            "do": do,
            "last": last,
            "contacts": do == "create" and model.key == PEOPLE,
            "links": links,
            "rows": [
                [work.number(part.table.file, row), _stored_all(values, columns, create=do == "create")]
                for row, values in batch
            ],
        }


def _stored_all(
    values: Mapping[str, Value], columns: Mapping[str, Column], *, create: bool
) -> dict[str, Stored]:
    """Return values as the CRM takes them; a code that is left out it makes itself."""
    return {
        columns[key].column: _stored(columns[key], value)
        for key, value in values.items()
        if not (key == NAME and value is None) and not (create and value is None)
    }


def _stored(column: Column, value: Value) -> Stored:
    if column.field.type is FieldType.FLAG:
        return bool(value)
    return False if value is None else str(value)


def in_order(rows: Sequence[Row], columns: Sequence[Column], model: str) -> Iterator[Sequence[Row]]:
    """Yield batches in which no line leads to a line of its own batch or of a later one."""
    inward = [each.key for each in columns if each.target is not None and each.target.key == model]
    waiting = list(rows)
    while waiting:
        if not inward:
            yield waiting
            return
        to_come = {row.values.get(NAME) for row in waiting} - {None}
        held = [row for row in waiting if any(row.values.get(key) in to_come for key in inward)]
        if len(held) == len(waiting):
            raise MistError(
                _("Des lignes mènent l’une à l’autre en boucle."),
                todo=_("Corrigez la colonne qui renvoie à une autre ligne."),
            )
        late = {id(row) for row in held}
        yield [row for row in waiting if id(row) not in late]
        waiting = held
