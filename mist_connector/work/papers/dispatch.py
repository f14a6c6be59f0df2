"""Documents on their way to people: one record for each in the CRM, one mail for each, exactly once.

The records are written first; the CRM's own code then turns them into mails (server action `deliver`), so
whatever stops this process, running it again finds where things stand and goes on from there.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from mist_connector.crm.batches import create_once, read_all
from mist_connector.crm.connect import mails_per_day
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.enclosing import Enclosed
from mist_connector.documents.recipients import Routed
from mist_connector.errors import CrmError
from mist_connector.language import _
from mist_connector.reporting import Reporter

MODEL = "x_mist_dispatch"
ACTION = "deliver"
PER_REQUEST = 200


@dataclass(frozen=True)
class Sending:
    """How far the sending of one document has come; people by their codes, with a reason.

    `sent`: all mails of the document that ever left; `before`: those that an earlier run had sent; `later`:
    those that wait for another day, since the host lets no more leave today.
    """

    total: int
    sent: int
    queued: int
    ready: int
    delayed: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    before: int = 0
    later: int = 0

    @property
    def left(self) -> int:
        """How many mails left now."""
        return self.sent - self.before

    @property
    def settled(self) -> bool:
        """True if nothing more will happen by itself."""
        return self.queued == 0 and self.ready == 0


def create_dispatches(
    crm: Crm,
    document: str,
    to_send: Sequence[Routed],
    *,
    rendered: Mapping[str, Rendered],
    ids: Mapping[str, int],
    title: str = "",
    enclosed: Mapping[str, Enclosed] = MappingProxyType({}),
) -> int:
    """Record a dispatch for everybody who has none of this document yet; return how many.

    `document` names one issue of a document (`assembly_report 2026-11-24`), `rendered` its text in each
    language, `ids` each person's record; `title` is what staff read in the CRM's list, `enclosed` the paper
    that goes with the mail in each language. Raises `CrmError` for a document that is printed, never mailed.
    """
    if any(not page.mailed for page in rendered.values()):
        raise CrmError(
            _("Ce document s’imprime ; il ne part jamais par courriel."),
            todo=_("lancez « mist report render »"),
        )
    known = dispatched(crm, document)
    missing = [each for each in to_send if ids[each.code] not in known]
    rows = {
        ids[each.code]: {
            **_values(each, document, rendered, ids),
            "x_title": title,
            **_paper(enclosed.get(each.language)),
        }
        for each in missing
    }
    create_once(crm, MODEL, rows, lambda: dispatched(crm, document), most=PER_REQUEST)
    return len(missing)


def deliver(
    crm: Crm,
    document: str,
    *,
    reporter: Reporter,
    patience: float,
    replaces: Sequence[str] = (),
    begins: bool = True,
    wait: Callable[[float], None] = time.sleep,
) -> Sending:
    """Hand all dispatches of a document to the CRM's mail queue, and wait until it has dealt with them.

    Of the documents that it `replaces`, mails that have not left are withdrawn first.
    Returns after at most `patience` seconds without any progress; what is still queued then goes on in the
    CRM by itself, and the next run notes it. Mails that failed for a passing reason are tried again by the
    next run; those refused for good stay failed. What the host lets leave another day waits for it.
    Without `begins`, mails that failed for a passing reason wait on: nobody has asked for them again.
    """
    action = find_server_action(crm, MODEL, ACTION)
    sending = _ask(crm, action, document, begins=begins, replaces=replaces)
    pause, waited = 0.5, 0.0
    while not sending.settled and waited < patience:
        reporter.progress(_("Envoi"), sending.total - sending.queued - sending.ready, sending.total)
        if sending.ready == 0:
            wait(pause)
            waited += pause
            pause = min(pause * 1.5, 5.0)
        before, sending = sending, _ask(crm, action, document, begins=False)
        if (sending.sent, sending.ready) != (before.sent, before.ready):
            waited = 0.0
    reporter.progress(_("Envoi"), sending.total, sending.total)
    return sending


def _ask(crm: Crm, action: int, document: str, *, begins: bool, replaces: Sequence[str] = ()) -> Sending:
    context = {
        "mist_document": document,
        "mist_begins": begins,
        "mist_replaced": list(replaces),
        "mist_most": mails_per_day(crm) or 0,
    }
    answer = crm.call("ir.actions.server", "run", ids=[action], context=context)
    if not isinstance(answer, dict):
        raise CrmError(
            _("Le CRM n’a pas dit ce que deviennent les envois."), todo=_("Redéployez avec « mist apply ».")
        )
    return Sending(
        total=answer["total"],
        sent=answer["sent"],
        queued=answer["queued"],
        ready=answer["ready"],
        delayed=_pairs(answer["delayed"]),
        failed=_pairs(answer["failed"]),
        later=answer["later"],
    )


def _pairs(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((code, reason) for code, reason in rows))


def dispatched(crm: Crm, document: str) -> dict[int, str]:
    """Return the people who have a dispatch of this document already, and its state."""
    domain = [["x_document", "=", document]]
    rows = read_all(crm, MODEL, ["x_person_id", "x_state"], domain=domain)
    return {row["x_person_id"]: row["x_state"] for row in rows}


def handed_over(crm: Crm, day: date) -> int:
    """Return how many mails of all documents were handed to the CRM's queue on a day."""
    return int(crm.call(MODEL, "search_count", domain=[["x_queued_on", "=", day.isoformat()]]))


def _paper(paper: Enclosed | None) -> dict[str, object]:
    if paper is None:
        return {}
    return {"x_enclosed_name": paper.name, "x_enclosed": b64encode(paper.content).decode()}


def _values(
    recipient: Routed, document: str, rendered: Mapping[str, Rendered], ids: Mapping[str, int]
) -> dict[str, object]:
    page = rendered[recipient.language]
    return {
        "x_person_id": ids[recipient.code],
        "x_document": document,
        "x_subject": page.subject,
        "x_body": page.html,
        "x_state": "waiting",
    }
