"""Whether the CRM can mail at all, and who refused its mails, asked before anything leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import CrmError, MistError
from mist_connector.language import _

from .dispatch import MODEL

ACTION = "ready_to_send"


@dataclass(frozen=True)
class Obstacle:
    """What keeps a mailing from leaving, and where to mend it."""

    what: str
    mend: str


@dataclass(frozen=True)
class Readiness:
    """Whether there is an address to send from, and a running queue; codes of who opted out."""

    sender: bool
    queue: bool
    opted_out: frozenset[str]

    @property
    def obstacles(self) -> Iterator[Obstacle]:
        """Yield what the CRM lacks to send anything."""
        if not self.sender:
            yield Obstacle(
                _("le CRM n'a pas d'adresse d'expéditeur"),
                _("notez l'adresse de l'association (Paramètres, Sociétés, « Adresse électronique »)"),
            )
        if not self.queue:
            yield Obstacle(
                _("la file des courriels du CRM est arrêtée"),
                _("rallumez-la (Paramètres, Technique, Actions planifiées : « Mail: Email Queue Manager »)"),
            )


def read_readiness(crm: Crm) -> Readiness:
    """Ask the CRM; CrmError where it runs an older deployment."""
    action = find_server_action(crm, MODEL, ACTION)
    answer = crm.call("ir.actions.server", "run", ids=[action])
    if not isinstance(answer, dict):
        raise CrmError(_("Le CRM n’a pas dit s'il peut envoyer."), todo=_("redéployez avec « mist apply »"))
    return Readiness(
        sender=bool(answer["sender"]),
        queue=bool(answer["queue"]),
        opted_out=frozenset(answer["opted_out"]),
    )


def refuse(found: Sequence[Obstacle], *, of: str) -> None:
    """Raise MistError with every obstacle at once, and where each is mended."""
    if found:
        raise MistError(
            _("Rien n'est parti : {of}, {found}.").format(
                of=of, found=" ; ".join(each.what for each in found)
            ),
            todo=" ; ".join(each.mend for each in found),
        )
