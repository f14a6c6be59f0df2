"""Reading and writing many records in few requests; never one request per record."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from mist_connector.blueprint.compile_identity import BUSY
from mist_connector.errors import OutcomeUnknown, ServerFailed, WriteRefused
from mist_connector.language import _

from .port import Crm, Domain, Values

PAGE = 20_000
BATCH = 2_000
# Nothing of what we write is copied into messages, and nobody is subscribed to anything.
QUIET = {
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "lang": "fr_FR",
}

# What the CRM's own import says where another write at the same moment undid it.
_COLLIDED = (BUSY, "could not serialize", "deadlock detected")
_PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds at most before it is tried again

Row = dict[str, Any]
T = TypeVar("T")
K = TypeVar("K")
# How often something is handed in again whose answer never came.
_TRIES = 2


def read_all(
    crm: Crm, model: str, columns: Sequence[str], *, domain: Domain = (), archived: bool = False
) -> list[Row]:
    """Return every record that the domain describes, in the order of their ids, links as ids.

    Pages go by id, so that records which come or go meanwhile make nothing appear twice.
    """
    rows: list[Row] = []
    context = {"active_test": not archived}
    while True:
        after = [["id", ">", rows[-1]["id"]]] if rows else []
        page = crm.call(
            model,
            "search_read",
            domain=[*domain, *after],
            fields=list(columns),
            limit=PAGE,
            order="id",
            load=False,
            context=context,
        )
        rows.extend(page)
        if len(page) < PAGE:
            return rows


def create_all(crm: Crm, model: str, rows: Sequence[Values]) -> list[int]:
    """Create a record for each row, in batches; return their ids in the same order."""
    ids: list[int] = []
    for batch in batches(rows):
        ids.extend(
            crm.call(model, "create", vals_list=[dict(values) for values in batch], context=dict(QUIET))
        )
    return ids


def create_once(
    crm: Crm,
    model: str,
    rows: Mapping[K, Values],
    there: Callable[[], Collection[K]],
    *,
    most: int = BATCH,
) -> int:
    """Create the records that are not there yet; return how many turned out to be there.

    The CRM takes none of them twice. `there` looks which stand, where it refused some, or where its answer
    never came and nobody knows.
    """
    waiting, met, tries = dict(rows), 0, _TRIES
    while waiting:
        try:
            for batch in batches(list(waiting), most=most):
                create_all(crm, model, [waiting[key] for key in batch])
        except (OutcomeUnknown, WriteRefused) as error:
            found = set(there()) & set(waiting)
            if not found and (tries == 0 or isinstance(error, WriteRefused)):
                raise
            tries -= 1
            met += len(found)
            waiting = {key: values for key, values in waiting.items() if key not in found}
        else:
            break
    return met


def write_all(crm: Crm, model: str, ids: Sequence[int], values: Values) -> None:
    """Write the same values to many records."""
    for batch in batches(ids):
        crm.call(model, "write", ids=list(batch), vals=dict(values), context=dict(QUIET))


def write_each(crm: Crm, model: str, rows: Mapping[int, Values]) -> None:
    """Write to each record values of its own, with the CRM's own import; links are given as ids.

    Raises WriteRefused with the sentence of the rule where the CRM refuses a row; nothing of that batch has
    changed then.
    """
    by_columns: dict[tuple[str, ...], dict[int, Values]] = {}
    for row_id, values in rows.items():
        by_columns.setdefault(tuple(sorted(values)), {})[row_id] = values
    for columns, alike in by_columns.items():
        for batch in batches(list(alike.items())):
            data = [[str(row_id), *(_cell(values[column]) for column in columns)] for row_id, values in batch]
            _load(crm, model, columns, data)


def batches(items: Sequence[T], *, most: int = BATCH) -> Iterator[Sequence[T]]:
    """Yield the items in parts that one request carries well, of `most` items each."""
    for start in range(0, len(items), most):
        yield items[start : start + most]


def _load(crm: Crm, model: str, columns: Sequence[str], data: list[list[str]]) -> None:
    """Hand rows to the CRM's import; try again where another write came between: the CRM itself does not."""
    named = [f"{column}/.id" if column.endswith("_id") else column for column in columns]
    for pause in (*_PAUSES, None):
        answer = crm.call(model, "load", fields=[".id", *named], data=data, context=dict(QUIET))
        if answer["ids"]:
            return
        said = " ".join(dict.fromkeys(message["message"] for message in answer["messages"]))
        if not any(sign in said for sign in _COLLIDED):
            raise WriteRefused(
                said or _("Le CRM refuse cette écriture."), todo=_("rien de ce lot n'a été écrit")
            )
        if pause is not None:
            time.sleep(random.uniform(0, pause))  # noqa: S311 - no secret
    raise ServerFailed(
        _("Le CRM est occupé par une autre opération."), todo=_("attendez un instant, puis relancez")
    )


def _cell(value: object) -> str:
    """Write a value as the CRM's import reads it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)
