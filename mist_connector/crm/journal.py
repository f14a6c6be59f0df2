"""The journal of reads through the connector: an entry before each read of something above the codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.errors import AccessRefused, CrmError, RequestInvalid
from mist_connector.language import _

from .batches import QUIET, read_all
from .port import Crm

MODEL = "reading"
# A few people are named by their codes; of more, how many there were is told.
MOST_CODES = 20


@dataclass(frozen=True)
class Reading:
    """One entry: the account and the moment are the CRM's own notes, not what the command claims."""

    at: datetime
    account: str
    command: str
    codes: tuple[str, ...]
    count: int
    because: str


def entry(
    crm: Crm, command: str, people: Sequence[str] | int, *, because: str, on: date
) -> dict[str, object]:
    """Return the values of an entry; `people` are codes, or how many there are."""
    codes = [] if isinstance(people, int) else people
    return {
        "x_command": command,
        "x_account": crm.login,
        "x_on": on.isoformat(),
        "x_codes": " ".join(codes) if len(codes) <= MOST_CODES else False,
        "x_count": people if isinstance(people, int) else len(codes),
        "x_because": because or False,
    }


def record_reading(
    crm: Crm, blueprint: Blueprint, command: str, people: Sequence[str] | int, *, because: str, on: date
) -> None:
    """Note a read before it happens: where the note cannot be made, nothing is read.

    Raises CrmError where the account may not, or where the journal is not deployed.
    """
    values = entry(crm, command, people, because=because, on=on)
    try:
        crm.call(blueprint.model(MODEL).technical, "create", vals_list=[values], context=dict(QUIET))
    except (AccessRefused, RequestInvalid):
        raise CrmError(
            _("Cette lecture ne peut pas être notée au journal ; rien n’a été lu."),
            todo=_("vérifiez que « mist apply » est passé, et que le compte tient une fonction aujourd’hui"),
        ) from None


def read_journal(
    crm: Crm, blueprint: Blueprint, *, person: str | None, since: date | None
) -> tuple[Reading, ...]:
    """Return the entries, the latest first; for one person, those that name her and those of many people."""
    domain: list[object] = [["create_date", ">=", since.isoformat()]] if since else []
    if person is not None:
        domain += ["|", ["x_codes", "ilike", person], ["x_count", ">", MOST_CODES]]
    columns = ["create_date", "create_uid", "x_command", "x_codes", "x_count", "x_because"]
    rows = read_all(crm, blueprint.model(MODEL).technical, columns, domain=domain)
    users = sorted({row["create_uid"] for row in rows})
    accounts = (
        read_all(crm, "res.users", ["login"], domain=[["id", "in", users]], archived=True) if rows else []
    )
    logins = {row["id"]: row["login"] for row in accounts}
    return tuple(
        Reading(
            datetime.fromisoformat(row["create_date"]),
            logins.get(row["create_uid"], _("compte n° {create_uid}").format(create_uid=row["create_uid"])),
            row["x_command"],
            tuple((row["x_codes"] or "").split()),
            row["x_count"],
            row["x_because"] or "",
        )
        for row in reversed(rows)
    )
