"""The papers of an assembly on their way to every member, each by her safe channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mist_connector.crm.dispatch import Sending, dispatched
from mist_connector.crm.report_facts import read_addressees
from mist_connector.documents.catalogue import NOTICE, find_document
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.enclosing import Enclosed
from mist_connector.documents.recipients import Recipients, recipients

from . import console, report_view
from .assembly_pages import pages_of
from .assembly_work import Work
from .enclosures import enclosures, title_of
from .report_send import hand_over
from .templates_source import load_templates


@dataclass(frozen=True)
class Mailing:
    """One paper of one assembly: who gets it, what goes with it, and what became of that."""

    work: Work
    key: str
    pages: Mapping[str, Rendered]
    papers: Mapping[str, Enclosed]

    @classmethod
    def of(cls, work: Work, key: str) -> Mailing:
        """Return a paper of the assembly with what goes with it, made before anything is written or leaves.

        A proxy goes with the convocation only while the statutes let votes be carried.
        """
        pages = pages_of(work, key)
        if key == NOTICE and work.rules.assembly.statutes.proxies is None:
            return cls(work, key, pages, {})
        sources = load_templates(None)
        return cls(
            work, key, pages, enclosures(work.rules, key, sources, lambda paper: pages_of(work, paper))
        )

    @property
    def issue(self) -> str:
        """The name under which each person gets it once."""
        version = self.work.assembly.version
        # Corrected minutes are another issue, which everybody gets anew.
        corrected = f" v{version}" if version > 1 else ""
        return f"{self.key} {self.work.assembly.code}{corrected}"

    @property
    def title(self) -> str:
        """How staff read it in the CRM."""
        version = self.work.assembly.version
        corrected = f" (version {version})" if version > 1 else ""
        return title_of(self.work.rules, self.key, self.work.assembly.on, corrected)

    @property
    def found(self) -> Recipients:
        """Everybody, by the way it takes to them."""
        document = find_document(self.work.rules, self.key)
        people = read_addressees(self.work.crm, self.work.rules.blueprint, self.work.statuses)
        return recipients(people, statuses=set(document.recipients), languages=document.languages)

    def show(self, *, warning: str = "") -> None:
        """Print who gets it."""
        if warning:
            console.note(warning)
        known = dispatched(self.work.crm, self.issue)
        found = self.found
        done = sum(self.work.ids[each.code] in known for each in found.to_send)
        label = find_document(self.work.rules, self.key).label
        report_view.show_recipients(f"{label}, {self.work.assembly.on.isoformat()}", found, done=done)
        report_view.show_papers(self.papers)

    def send(self) -> Sending:
        """Record a dispatch for each person who has none, and hand them over."""
        return hand_over(
            self.work.crm,
            self.issue,
            self.found,
            rendered=self.pages,
            ids=self.work.ids,
            title=self.title,
            enclosed=self.papers,
        )

    def sum_up(self, sending: Sending | None) -> int:
        """Tell what became of it; 1 where somebody could not be reached."""
        if self.work.as_json:
            data = {"issue": self.issue, **report_view.recipients_data(self.found)}
            console.emit_json({**data, "sending": report_view.sending_data(sending)})
        elif sending is None:
            console.say("Rien n’a été envoyé. (Nothing was sent.)")
        else:
            report_view.show_sending(sending, before=0)
        complete = sending is None or (sending.settled and not sending.failed and not sending.delayed)
        return 0 if complete else 1
