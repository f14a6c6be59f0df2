"""What a sync would change: statuses, contacts and accounts, as one frozen plan built from verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mist_connector.bylaws.text import Text


class ContactAct(StrEnum):
    """What is done with the contact that stands for a person."""

    CREATE = "create"
    ADOPT = "adopt"  # one of her code is there already, and linked to nobody
    SCRUB = "scrub"  # it shows more than her code


class AccountAct(StrEnum):
    """What is done with an account."""

    OPEN = "open"  # a function in force has none yet
    ALIGN = "align"  # its groups are not those of its functions today
    CLOSE = "close"  # its functions have ended
    REVOKE = "revoke"  # it has a group of ours without any function


@dataclass(frozen=True)
class StatusChange:
    """A status to record; None is no status."""

    code: str
    person: int
    before: str | None
    after: str | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContactChange:
    """A contact to make, link or clean; `added` names the fields that show too much, never their values."""

    code: str
    person: int
    act: ContactAct
    contact: int | None = None
    added: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccountChange:
    """An account to open, align or close: the groups it has, and those it is to have."""

    login: str
    act: AccountAct
    before: tuple[str, ...]
    after: tuple[str, ...]
    account: int | None = None
    functions: tuple[int, ...] = ()


@dataclass(frozen=True)
class SyncPlan:
    """Everything that a sync would do, and what it leaves alone and why; shown first, applied as shown.

    `codes` are those of everybody who was looked at.
    """

    codes: frozenset[str]
    statuses: tuple[StatusChange, ...] = ()
    contacts: tuple[ContactChange, ...] = ()
    accounts: tuple[AccountChange, ...] = ()
    left_alone: tuple[Text, ...] = ()

    @property
    def people(self) -> int:
        """How many people were looked at."""
        return len(self.codes)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.statuses or self.contacts or self.accounts)

    @property
    def altered(self) -> frozenset[str]:
        """The people whose recorded status changes; a status recorded for the first time alters nothing."""
        return frozenset(change.code for change in self.statuses if change.before is not None)

    def only(self, codes: Iterable[str]) -> SyncPlan:
        """Return the part of the plan that concerns the people of these codes; accounts are left out."""
        wanted = frozenset(codes)
        return SyncPlan(
            codes=self.codes,
            statuses=tuple(change for change in self.statuses if change.code in wanted),
            contacts=tuple(change for change in self.contacts if change.code in wanted),
        )
