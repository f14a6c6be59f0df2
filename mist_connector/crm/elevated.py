"""Code that the CRM runs with all rights for its administrator, and that is gone from it afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from mist_connector.errors import AccessRefused, CrmError, OutcomeUnknown, ServerFailed
from mist_connector.language import _

from .connect import clock_of
from .port import Crm
from .run_id import has_ended, run_id

Payload = Mapping[str, Any]


MARK = "mist : "  # how the names of all such actions begin
_ABANDONED = timedelta(hours=1)


class Elevated:
    """Code that the CRM runs with all rights, for as long as it takes."""

    def __init__(self, crm: Crm, actions: Mapping[str, int], payload_name: str) -> None:
        self._crm, self._actions, self._payload_name = crm, actions, payload_name

    @classmethod
    @contextmanager
    def opened(cls, crm: Crm, name: str, *codes: str, payload_name: str = "mist_work") -> Iterator[Elevated]:
        """Make one server action for each code; afterwards remove them, with those that killed runs left.

        All of them are named after `MARK`, by which they are found again, and this kind of work, `name`.

        Raises AccessRefused for an account that may not: it takes one that holds the CRM's Settings.
        """
        [model] = crm.call("ir.model", "search", domain=[["model", "=", "ir.config_parameter"]])
        named = f"{MARK}{name} ({run_id()})"
        made = {"name": named, "model_id": model, "state": "code"}
        values = [{**made, "code": code.strip()} for code in codes]
        try:
            ids = crm.call("ir.actions.server", "create", vals_list=values)
        except OutcomeUnknown:
            with suppress(CrmError):
                _remove(crm, named)
            raise
        except AccessRefused:
            raise AccessRefused(
                _("Le compte {login} n’administre pas le CRM.").format(login=crm.login),
                todo=_("prenez le profil du compte qui installe : --profile NOM"),
            ) from None
        try:
            yield cls(crm, dict(zip(codes, ids, strict=True)), payload_name)
        except BaseException:
            # What went wrong is to be said, not that this could not be put away: the next run does it.
            with suppress(CrmError):
                _remove(crm, named)
            raise
        _remove(crm, named)

    def run(self, code: str, payload: Payload) -> dict[str, Any]:
        """Run one of the codes, and return what it answers."""
        context = {self._payload_name: payload, "lang": "fr_FR"}
        answer = self._crm.call("ir.actions.server", "run", ids=[self._actions[code]], context=context)
        if not isinstance(answer, dict):
            raise ServerFailed(_("Le CRM n’a rien répondu à ce qui lui était demandé."), todo=_("relancez"))
        return answer


def _remove(crm: Crm, named: str) -> None:
    """Remove the actions of this run, and those of runs that have ended without doing so."""
    domain = [["name", "=like", f"{MARK}%"]]
    rows = crm.call("ir.actions.server", "search_read", domain=domain, fields=["name", "create_date"])
    before = clock_of(crm).replace(tzinfo=None) - _ABANDONED
    # Within one process, one run of a kind follows the other.
    ours = named.rpartition("-")[0]
    gone = [row["id"] for row in rows if row["name"].startswith(ours) or _abandoned(row, before)]
    if gone:
        crm.call("ir.actions.server", "unlink", ids=gone)


def _abandoned(row: Mapping[str, Any], before: datetime) -> bool:
    """Tell whether the run that made an action has ended: here as a process, elsewhere after an hour."""
    made = _MADE_BY.search(row["name"])
    ended = has_ended(made[1]) if made else None
    if ended is not None:
        return ended
    return datetime.fromisoformat(row["create_date"]) < before


_MADE_BY = re.compile(r"\((\S+)\)$")
