"""`mist assembly cancel`: an assembly that will not be held, or was not, and the mail that tells it."""

from __future__ import annotations

from typing import Any

import click

from mist_connector.documents.catalogue import CANCELLATION
from mist_connector.language import _
from mist_connector.work.assembly import steps
from mist_connector.work.assembly.mailings import assembly_mailing
from mist_connector.work.papers.mailing import counts

from . import assembly_view, console
from .assembly_options import step
from .assembly_step import taking_step
from .mailing_view import show_mailing, sum_up


@click.command(
    help=_(
        "Annule une assemblée, ou dit qu'elle n'a pas eu lieu ; ce qui n'est pas encore parti "
        "est retiré. Avec --tell, prévient celles qui étaient convoquées."
    )
)
@step
@click.option("--tell", is_flag=True, help=_("Prévient par courriel, une fois."))
def cancel(*, tell: bool, **given: Any) -> int:  # noqa: ANN401 - click's own
    """Cancel an assembly; or, with `tell`, send everybody the mail that says so."""
    with taking_step(**given, states=("cancelled",) if tell else ("planned", "convened")) as taken:
        if not tell:
            agreed = taken.consented(_("Annuler {taken.context.assembly.code} ?").format(taken=taken))
            if agreed:
                steps.cancel(taken.context)
            shown = {"assembly": taken.context.assembly.code, "cancelled": agreed}
            return assembly_view.told(shown, done=agreed, as_json=taken.as_json)
        taken.context.expect("cancelled")
        mailing = assembly_mailing(taken.context, CANCELLATION)
        if not taken.as_json:
            show_mailing(mailing)
        agreed = taken.consented(_("Prévenir : {counts} ?").format(counts=counts(mailing)))
        sending = mailing.send(console.reporter()) if agreed else None
        return sum_up(mailing, sending, as_json=taken.as_json)
