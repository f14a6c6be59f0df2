"""One writer at a time: a turn that the CRM keeps, with whose it is and until when.

It is given back, or over by itself. Records double in no case: the CRM takes none twice. A turn spares two
runs the work of meeting each other.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from mist_connector.errors import (
    AccessRefused,
    CrmError,
    Interrupted,
    NotReached,
    OutcomeUnknown,
    ServerFailed,
)
from mist_connector.language import _
from mist_connector.reporting import Reporter

from .port import Crm
from .run_id import has_ended, run_id
from .server_actions import find_server_action

ACTION, MODEL = "take_turn", "x_mist_person"
SECONDS = 180
_LOOK = 5.0  # seconds between two looks at whether another has finished
_PATIENCE = 900.0  # seconds after which nobody waits any longer


@contextmanager
def turn(crm: Crm, command: str, reporter: Reporter, *, patience: float = _PATIENCE) -> Iterator[Keeping]:
    """Wait until no other command writes, and keep others waiting; yield what keeps the turn.

    Raises ServerFailed where another goes on for too long. Where the CRM knows no turns yet, or the account
    may not ask for one, there is nothing to wait for.
    """
    keeping = Keeping(crm, command)
    keeping.take(reporter, patience)
    try:
        yield keeping
    except (OutcomeUnknown, Interrupted):
        raise  # the CRM may still be at work: the turn ends by itself
    except BaseException:
        keeping.give_back()
        raise
    keeping.give_back()


class Keeping:
    """A turn, kept by asking for it again as long as its command is at work."""

    def __init__(self, crm: Crm, command: str) -> None:
        self._crm, self._command, self._token = crm, command, run_id()
        self._action: int | None = None
        self._asked = 0.0
        with suppress(AccessRefused):
            self._action = find_server_action(crm, MODEL, ACTION)

    def take(self, reporter: Reporter, patience: float) -> None:
        """Take the turn, waiting for whoever has it."""
        began, said, freed = time.monotonic(), "", ""
        while True:
            held = self._ask(SECONDS)
            if held.get("held", True):
                return
            token = str(held.get("token", ""))
            if token != freed and has_ended(token):
                # It was stopped on this machine before it could give its turn back; once is enough to say so.
                freed = token
                self._ask(0, token)
                continue
            left = int(held["left"])
            who = _("« mist {by} » de {account}").format(by=held["by"], account=held["account"])
            if time.monotonic() - began > patience:
                raise ServerFailed(
                    _("{who} est toujours en cours ; son tour finit au plus tard dans {left} s.").format(
                        who=who, left=left
                    ),
                    todo=_("attendez qu'il finisse, puis relancez ; rien n'a été écrit"),
                )
            if who != said:
                said = who
                reporter.step(
                    _("{who} est en cours : on attend, {left} s au plus s'il est arrêté.").format(
                        who=who, left=left
                    )
                )
            time.sleep(min(_LOOK, max(left, 1)))

    def renew(self) -> None:
        """Keep the turn for a while longer, where much of it is over."""
        if time.monotonic() - self._asked > SECONDS / 3:
            self._ask(SECONDS)

    def give_back(self) -> None:
        """Let the next one in; where the CRM cannot be told, the turn ends by itself."""
        with suppress(CrmError):
            self._ask(0)

    def _ask(self, seconds: int, token: str = "") -> Mapping[str, Any]:
        self._asked = time.monotonic()
        if self._action is None:
            return {}
        asked = {"mist_command": self._command, "mist_token": token or self._token, "mist_seconds": seconds}
        for _round in range(2):
            # Asked twice for the same turn, the CRM answers the same.
            with suppress(NotReached, OutcomeUnknown):
                answer: Mapping[str, Any] = self._crm.call(
                    "ir.actions.server", "run", ids=[self._action], context=asked
                )
                return answer
        return {}


class Renewing:
    """A reporter at each of whose steps a turn is kept for a while longer."""

    def __init__(self, reporter: Reporter, keeping: Keeping) -> None:
        self._reporter, self._keeping = reporter, keeping

    def step(self, sentence: str) -> None:
        """Say what begins now."""
        self._keeping.renew()
        self._reporter.step(sentence)

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Show how far it is."""
        self._keeping.renew()
        self._reporter.progress(label, done, total)
