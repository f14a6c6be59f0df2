"""Steps of the demonstration that are commands of mist themselves."""

from __future__ import annotations

import time

from mist_connector.errors import MistError, PlanStale
from mist_connector.language import _

from . import console
from .deployment import Deployment
from .main import mist
from .plan_view import summary


def deploy(profile: str) -> None:
    """Plan and apply; where a demonstration that was killed is still being deployed, wait for it."""
    try:
        _deploy(profile)
    except PlanStale as stale:
        console.say(_("   {stale.what} On regarde à nouveau.").format(stale=stale))
        _deploy(profile)


def _deploy(profile: str) -> None:
    """Do as `mist apply --yes` does, in a summary instead of every change."""
    with Deployment.opened(profile, None) as deployment:
        plan = deployment.plan()
        console.say(f"   {summary(plan)}")
        if plan.empty:
            return
        started = time.monotonic()
        deployment.apply(plan)
        seconds, requests = time.monotonic() - started, deployment.crm.requests
    console.say(
        _("   Déployé et vérifié en {seconds:.1f} s et {requests} requêtes.").format(
            seconds=seconds, requests=requests
        )
    )


def run(*words: str, profile: str) -> None:
    """Run a command of mist, shown as an administrator would type it."""
    typed = [*words, "--profile", profile]
    console.say(f"   $ mist {' '.join(typed)}", style="dim")
    status = mist.main(typed, standalone_mode=False)
    if isinstance(status, int) and status == 1:
        raise MistError(
            _("« mist {word} » a échoué.").format(word=words[0]), todo=_("voyez le message ci-dessus")
        )
