"""How far a CRM is on the way to a team at work: each step in its order, and whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .accounts import Account


class Step(StrEnum):
    """The steps, in the order in which they are taken."""

    FRENCH = "french"
    DEPLOYED = "deployed"
    MAIL = "mail"
    SENDER = "sender"
    RUN_ACCOUNT = "run_account"
    DIRECTION = "direction"
    ADDRESSES = "addresses"
    LOGGED_IN = "logged_in"
    DIRECTION_KEY = "direction_key"


# A host may send mails without a server that the CRM shows; a key of direction is for two commands only.
ADVISED = frozenset({Step.MAIL, Step.DIRECTION_KEY})


@dataclass(frozen=True)
class Progress:
    """What the CRM holds of each step.

    `mail_servers` are the hosts of its outgoing mail servers; `sender_differs` says, place by place, which
    address or server of the CRM is not the one that `hardening.yaml` names; `keyed` are the accounts of
    direction that have an API key. Accounts are those in force.
    """

    french: bool
    deployed: bool
    mail_servers: tuple[str, ...] = ()
    sender_differs: tuple[str, ...] = ()
    run_accounts: tuple[Account, ...] = ()
    direction: tuple[Account, ...] = ()
    team: tuple[Account, ...] = ()
    keyed: frozenset[int] = frozenset()

    @property
    def done(self) -> dict[Step, bool]:
        """Tell of each step, in their order, whether it is done."""
        return {
            Step.FRENCH: self.french,
            Step.DEPLOYED: self.deployed,
            Step.MAIL: bool(self.mail_servers),
            Step.SENDER: not self.sender_differs,
            Step.RUN_ACCOUNT: bool(self.run_accounts),
            Step.DIRECTION: bool(self.direction),
            Step.ADDRESSES: not self.unreachable,
            Step.LOGGED_IN: bool(self.team) and not (self.waiting or self.unreachable),
            Step.DIRECTION_KEY: bool(self.keyed),
        }

    @property
    def missing(self) -> tuple[Step, ...]:
        """The steps without which the team cannot work, in their order."""
        return tuple(step for step, done in self.done.items() if not done and step not in ADVISED)

    @property
    def waiting(self) -> tuple[Account, ...]:
        """Accounts of the team that never logged in and can be invited by e-mail."""
        return tuple(each for each in self.team if not each.seen and each.reachable)

    @property
    def unreachable(self) -> tuple[Account, ...]:
        """Accounts of the team that never logged in and have no e-mail."""
        return tuple(each for each in self.team if not each.seen and not each.reachable)
