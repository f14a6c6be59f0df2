"""One document on its way to people: who gets it, what goes with it, and its dispatch, exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from mist_connector.crm.connect import mails_per_day
from mist_connector.crm.port import Crm
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.enclosing import Enclosed
from mist_connector.documents.recipients import Recipients, Routed, Way
from mist_connector.language import _
from mist_connector.reporting import Reporter

from .dispatch import Sending, create_dispatches, deliver, dispatched, handed_over
from .mail_days import spread_told

PATIENCE = 150.0
"""Seconds without any progress after which the CRM's queue is left to itself.

Longer than the minute after which the CRM looks at its queue again, where it was busy when it was told to.
"""


@dataclass(frozen=True)
class Mailing:
    """One issue of a document, made before anything is written or leaves.

    `issue`: the name under which each person gets it once; `title`: how staff read it in the CRM;
    `label`: the document and its day, for the command line; `ids`: each person's record by her code.
    `replaces`: earlier issues whose mails are withdrawn where they have not left.
    """

    crm: Crm
    issue: str
    title: str
    label: str
    pages: Mapping[str, Rendered]
    papers: Mapping[str, Enclosed]
    found: Recipients
    ids: Mapping[str, int]
    today: date
    replaces: tuple[str, ...] = ()

    @property
    def new(self) -> tuple[Routed, ...]:
        """Return those whom it goes to and who have no dispatch of this issue yet."""
        known = self.known()
        return tuple(each for each in self.found.to_send if self.ids[each.code] not in known)

    def known(self) -> dict[int, str]:
        """Return the records of the people who have a dispatch of this issue already, and its state."""
        return dispatched(self.crm, self.issue)

    @property
    def days(self) -> str:
        """Say how many mails leave on which day, where the host lets not all of them leave today."""
        limit = mails_per_day(self.crm)
        if limit is None:
            return ""
        waiting = sum(state == "waiting" for state in self.known().values())
        return spread_told(len(self.new) + waiting, limit, handed_over(self.crm, self.today))

    def send(self, reporter: Reporter) -> Sending:
        """Record a dispatch for each person who has none, and hand them over to the CRM's mail queue."""
        before = list(self.known().values()).count("sent")
        reporter.step(
            _("Enregistrement de {to_send} envois au plus.").format(to_send=len(self.found.to_send))
        )
        create_dispatches(
            self.crm,
            self.issue,
            self.found.to_send,
            rendered=self.pages,
            ids=self.ids,
            title=self.title,
            enclosed=self.papers,
        )
        reporter.step(_("Remise à la messagerie du CRM."))
        sending = deliver(self.crm, self.issue, reporter=reporter, patience=PATIENCE, replaces=self.replaces)
        return replace(sending, before=before)


def counts(mailing: Mailing) -> str:
    """Say, in one line, how many people it goes to by each way, and how many nothing reaches."""
    found, new = mailing.found, len(mailing.new)
    ways = Counter(each.way for each in (*found.by_other_means, *found.not_sent))
    parts = [_("{new} courriels à envoyer").format(new=new)]
    if earlier := len(found.to_send) - new:
        parts.append(_("{earlier} déjà enregistrés").format(earlier=earlier))
    if days := mailing.days:
        parts.append(days)
    told = [way for way in Way if way in ways and way is not Way.NOT_CONCERNED]
    return ", ".join([*parts, *(f"{ways[way]} {way.reason}" for way in told)])
