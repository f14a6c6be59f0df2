"""What a CRM keeps of us when we leave: accounts are closed or handed over, contacts are codes again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.server_files import joined
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm

_NAME = "départ"
_LOOK, _LEAVE, _SWEEP = (joined("leaving", part) for part in ("look", "leave", "sweep"))


@dataclass(frozen=True)
class Leaving:
    """What a leaving is about: accounts by login, contacts and mails by number.

    `made`: accounts that the connector made; `robots`: its own; `before`: those that were there before, and
    only lose their functions; `named`: contacts that show a name; `contacts`: all that stand for somebody;
    `mails`: handed over, and not left yet.
    """

    made: tuple[str, ...] = ()
    robots: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    named: int = 0
    contacts: int = 0
    mails: int = 0


def look_at_leaving(crm: Crm) -> Leaving:
    """Return what a leaving would be about; nothing is written."""
    with Elevated.opened(crm, _NAME, _LOOK) as elevated:
        answer: Mapping[str, Any] = elevated.run(_LOOK, {})
    return Leaving(
        made=tuple(sorted(answer["made"])),
        robots=tuple(sorted(answer["robots"])),
        before=tuple(sorted(answer["before"])),
        named=int(answer["named"]),
        contacts=int(answer["contacts"]),
        mails=int(answer["mails"]),
    )


def leave(crm: Crm, *, close: bool) -> None:
    """Return contacts to their codes, take mails back that have not left, close accounts; in one transaction.

    The connector's own accounts are closed in any case; those that it made for people only where `close` is
    set. Nothing of an administrator's is touched.
    """
    with Elevated.opened(crm, _NAME, _LEAVE) as elevated:
        elevated.run(_LEAVE, {"close": close})


def sweep(crm: Crm) -> int:
    """Remove what still names a model of ours after it is gone; return how many records that was."""
    with Elevated.opened(crm, _NAME, _SWEEP) as elevated:
        return int(elevated.run(_SWEEP, {})["swept"])
