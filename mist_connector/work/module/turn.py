"""The turn of whoever deploys: one import at a time, and none while another command writes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mist_connector.blueprint.records import MODULE
from mist_connector.crm.connect import clock_of
from mist_connector.crm.port import Crm
from mist_connector.errors import (
    ConnectionRefused,
    CrmError,
    Interrupted,
    OutcomeUnknown,
    RequestInvalid,
    ServerFailed,
    WriteRefused,
)
from mist_connector.language import _
from mist_connector.reporting import Reporter

CLAIM = f"{MODULE}.applying"
WRITING = f"{MODULE}.turn"  # of the commands that write: see crm/turn.py
_KEYS = (CLAIM, WRITING)
_LOOK = 2.0  # seconds between two looks at whether another has finished
_LASTS = timedelta(seconds=120)  # after which one that was killed no longer keeps others waiting


@dataclass(frozen=True)
class Claim:
    """Somebody's turn: its record, the command and account, and how many seconds it still lasts at most."""

    id: int
    who: str
    left: float


def giving_back(token: str) -> str:
    """Return code by which the import itself gives back the turn that was taken with this word."""
    domain = f"[('key', 'in', {list(_KEYS)!r}), ('value', '=like', '{token} %')]"
    return f"env['ir.config_parameter'].sudo().search({domain}).unlink()"


@contextmanager
def applying(crm: Crm, reporter: Reporter, token: str) -> Iterator[None]:
    """Wait until nobody else is at work, and keep others waiting; `token` is a word of this turn alone.

    Two imports at once undo each other: they share the registry of the server's threads, and each waits for
    tables that the other holds. The import itself gives the turn back, in its own transaction; where its
    answer never came it may still be at work, and the turn ends by itself.
    """
    said = ""
    while (other := _take(crm, token)) is not None:
        if other.who != said:
            said = other.who
            reporter.step(
                _("{who} est en cours : on attend, {left:.0f} s au plus.").format(
                    who=other.who, left=other.left
                )
            )
        time.sleep(min(_LOOK, max(other.left, 0.0)))
    try:
        yield
    except (OutcomeUnknown, Interrupted):
        raise
    except BaseException:
        _give_back(crm, token)
        raise


def _take(crm: Crm, token: str) -> Claim | None:
    """Take the turns of applies and of commands; where another has one, return whose it is.

    One request both looks and takes: the CRM holds the keys unique.
    """
    until = (clock_of(crm) + _LASTS).replace(microsecond=0, tzinfo=None).isoformat()
    claims_of_ours = [{"key": key, "value": f"{token} {until} apply {crm.login}"} for key in _KEYS]
    try:
        crm.call("ir.config_parameter", "create", vals_list=claims_of_ours)
    except (WriteRefused, RequestInvalid, ServerFailed):
        if (claim := _standing(crm)) is not None:
            return claim
        # The other has ended; or the CRM refuses for a reason of its own, and says it again.
        crm.call("ir.config_parameter", "create", vals_list=claims_of_ours)
    return None


def _standing(crm: Crm) -> Claim | None:
    """Return a turn that still lasts, if any; take away those that are over."""
    for claim in _claims(crm):
        if claim.left > 0:
            return claim
        with suppress(CrmError):  # another that waited may have done it
            crm.call("ir.config_parameter", "unlink", ids=[claim.id])
    return None


def _claims(crm: Crm) -> list[Claim]:
    domain = [["key", "in", list(_KEYS)]]
    fields = ["value", "write_date"]
    rows = crm.call("ir.config_parameter", "search_read", domain=domain, fields=fields)
    return [_claim(row, clock_of(crm)) for row in rows]


def _claim(row: dict[str, str], now: datetime) -> Claim:
    """Read a claim; one of an earlier version says nothing but that it is there."""
    parts = str(row["value"]).split(" ")
    if len(parts) == 4:  # noqa: PLR2004 - as they are written
        until, who = (
            datetime.fromisoformat(parts[1]),
            _("« mist {command} » de {part}").format(command=parts[2].replace("_", " "), part=parts[3]),
        )
    else:
        until, who = datetime.fromisoformat(row["write_date"]) + _LASTS, _("Un autre déploiement")
    return Claim(int(row["id"]), who, (until.replace(tzinfo=UTC) - now).total_seconds())


def _give_back(crm: Crm, token: str) -> None:
    domain = [["key", "in", list(_KEYS)], ["value", "=like", f"{token} %"]]
    with suppress(ConnectionRefused):
        found = crm.call("ir.config_parameter", "search", domain=domain)
        crm.call("ir.config_parameter", "unlink", ids=list(found))
