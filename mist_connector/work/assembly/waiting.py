"""Mails that the host's daily limit made wait: they leave once the day lets them, unless outdated."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from mist_connector.crm.batches import read_all
from mist_connector.crm.connect import mails_per_day
from mist_connector.crm.port import Crm
from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import CANCELLATION, CONTENTS, MadeFrom
from mist_connector.errors import MistError
from mist_connector.language import in_french
from mist_connector.reporting import Reporter
from mist_connector.work.papers.dispatch import MODEL, deliver, dispatched, handed_over
from mist_connector.work.papers.mailing import PATIENCE

from .context import PENDING, AssemblyContext
from .mailings import BEFORE, assembly_mailing
from .requests import Answer, answer_of

_GONE = frozenset({"sent", "queued"})


@dataclass(frozen=True)
class Waiting:
    """One issue of a document, and how many of its mails wait for another day."""

    issue: str
    mails: int


def read_waiting(crm: Crm) -> tuple[Waiting, ...]:
    """Return every issue of which mails wait for another day; whoever sent it had agreed to all of them."""
    domain = [["x_later", "=", True], ["x_state", "=", "waiting"]]
    rows = read_all(crm, MODEL, ["x_document"], domain=domain)
    return tuple(Waiting(*each) for each in sorted(Counter(row["x_document"] for row in rows).items()))


def has_room(crm: Crm, *, today: date) -> bool:
    """Tell whether the host lets one more mail leave today."""
    limit = mails_per_day(crm)
    return limit is None or handed_over(crm, today) < limit


def send_waiting(crm: Crm, rules: Declared, waiting: Waiting, *, today: date, reporter: Reporter) -> Answer:
    """Hand over what waits of one issue; what is outdated stays, and a refusal is an answer too."""
    with in_french():
        return _send_waiting(crm, rules, waiting, today=today, reporter=reporter)


def _send_waiting(crm: Crm, rules: Declared, waiting: Waiting, *, today: date, reporter: Reporter) -> Answer:
    try:
        if _outdated(crm, rules, waiting.issue, today=today):
            return Answer(done=True, said="périmé depuis, ne part plus : renvoyez ce document, à jour.")
        before = sum(state in _GONE for state in dispatched(crm, waiting.issue).values())
        sending = deliver(crm, waiting.issue, reporter=reporter, patience=PATIENCE, begins=False)
    except MistError as error:
        return Answer(done=False, said=f"Refusé : {error.what}")
    return answer_of("Envoi repris", replace(sending, before=before))


def _outdated(crm: Crm, rules: Declared, issue: str, *, today: date) -> bool:
    """Tell whether an assembly's paper says what no longer holds.

    Raises MistError with whatever keeps the paper from leaving. A paper of the register is of its day.
    """
    key, _, rest = issue.partition(" ")
    if CONTENTS[key].made_from is not MadeFrom.ASSEMBLY:
        return False
    context = AssemblyContext.read(crm, rules, code=rest.partition(" ")[0], today=today)
    if key in BEFORE and key != CANCELLATION and context.assembly.state not in PENDING:
        return True
    return assembly_mailing(context, key).issue != issue
