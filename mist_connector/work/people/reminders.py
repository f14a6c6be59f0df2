"""Reminders in the CRM: read as they are, kept by the CRM's own code, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.batches import QUIET, batches, read_all
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.planning.people import ReminderAct, ReminderChange, ReminderWords
from mist_connector.planning.reminders import Held

MODEL = "reminder"
ACTION = "remind"
_DONE = "done"
_COLUMNS = (
    "x_cause",
    "x_function_id",
    "x_person_id",
    "x_due",
    "x_state",
    "x_activity_id",
    "x_sentence",
    "x_mend",
    "x_because",
)


def read_reminders(crm: Crm, blueprint: Blueprint) -> tuple[Held, ...]:
    """Read every reminder."""
    rows = read_all(crm, blueprint.model(MODEL).technical, _COLUMNS)
    return tuple(
        Held(
            id=row["id"],
            cause=row["x_cause"],
            function=row["x_function_id"],
            due=date.fromisoformat(row["x_due"]),
            words=ReminderWords(row["x_sentence"], row["x_mend"] or "", row["x_because"]),
            person=row["x_person_id"] or None,
            done=row["x_state"] == _DONE,
            shown=bool(row["x_activity_id"]),
        )
        for row in rows
    )


def apply_reminders(crm: Crm, blueprint: Blueprint, changes: Sequence[ReminderChange]) -> None:
    """Let the CRM make, change and end reminders with the activities beside them: a transaction a batch."""
    if not changes:
        return
    action = find_server_action(crm, blueprint.model(MODEL).technical, ACTION)
    for batch in batches(changes):
        payload = {
            "mist_told": [_row(change) for change in batch if change.act is not ReminderAct.END],
            "mist_ended": [change.reminder for change in batch if change.act is ReminderAct.END],
        }
        crm.call("ir.actions.server", "run", ids=[action], context={**QUIET, **payload})


def _row(change: ReminderChange) -> dict[str, object]:
    return {
        "x_cause": change.cause,
        "x_person_id": change.person or False,
        "x_sentence": change.words.sentence,
        "x_mend": change.words.mend,
        "x_because": change.words.because,
        "x_due": change.due.isoformat(),
        "x_function_id": change.function,
    }
