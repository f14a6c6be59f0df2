"""How commands say who gets a mailing, and what became of it; people by their codes only."""

from __future__ import annotations

from mist_connector.language import _
from mist_connector.work.papers.dispatch import Sending
from mist_connector.work.papers.mailing import Mailing

from . import console, report_view


def show_mailing(mailing: Mailing) -> None:
    """Print who gets it, and what goes with it."""
    known = mailing.known()
    done = sum(mailing.ids[each.code] in known for each in mailing.found.to_send)
    report_view.show_recipients(mailing.label, mailing.found, done=done)
    report_view.show_papers(mailing.papers)
    if days := mailing.days:
        console.say(_("  Départ : {days}").format(days=days))


def sum_up(mailing: Mailing, sending: Sending | None, *, as_json: bool) -> int:
    """Tell what left now and what became of the rest; 1 where somebody could not be reached."""
    if as_json:
        data = {"issue": mailing.issue, **report_view.recipients_data(mailing.found)}
        console.emit_json({**data, "sending": report_view.sending_data(sending)})
    elif sending is None:
        console.say(_("Rien n’a été envoyé."))
    else:
        report_view.show_sending(sending)
    complete = sending is None or (sending.settled and not sending.failed and not sending.delayed)
    return 0 if complete else 1
