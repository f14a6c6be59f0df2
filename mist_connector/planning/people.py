"""What a sync would change: statuses, contacts, accounts, reminders, as one frozen plan from verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from mist_connector.bylaws.text import Text


class ReminderAct(StrEnum):
    """What is done with a reminder."""

    TELL = "tell"  # nobody has been told yet
    ALIGN = "align"  # somebody else is to be told, or in other words, or the CRM's clock does not show it
    END = "end"  # its cause is gone


class ContactAct(StrEnum):
    """What is done with the contact that stands for a person."""

    CREATE = "create"
    ADOPT = "adopt"  # one of her code is there already, and linked to nobody
    SCRUB = "scrub"  # it shows more than it may
    NAME = "name"  # a consent, or an account held for a function, lets it show her name


class AccountAct(StrEnum):
    """What is done with an account."""

    OPEN = "open"  # a function in force has none yet
    ALIGN = "align"  # its groups are not those of its functions today
    ADMIT = "admit"  # it gets the first of our groups: keys, sessions and password of before go
    CLOSE = "close"  # its functions have ended
    REVOKE = "revoke"  # it has a group of ours without any function
    RENAME = "rename"  # it shows a name, and may not


@dataclass(frozen=True)
class StatusChange:
    """A status that time alone has changed, and that the CRM is to follow; None is no status."""

    code: str
    person: int
    before: str | None
    after: str | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContactChange:
    """A contact to make, link, clean or name; `added` names the fields that are wrong, never their values.

    `named` is the name that it is to show instead of the code; it is printed nowhere.
    """

    code: str
    person: int
    act: ContactAct
    contact: int | None = None
    added: tuple[str, ...] = ()
    named: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class AccountChange:
    """An account to open, align or close: the groups it has, and those it is to have.

    `by_hand`: groups that no function of hers ever gave. `last`: roles of which no account would be left.
    `people` are the codes of those whose functions it serves. `coded`: it gets the code of that person as
    its name.
    """

    login: str
    act: AccountAct
    before: tuple[str, ...]
    after: tuple[str, ...]
    account: int | None = None
    functions: tuple[int, ...] = ()
    by_hand: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    coded: bool = False


@dataclass(frozen=True)
class ReminderWords:
    """What a reminder says, in French, without a name."""

    sentence: str = ""
    mend: str = ""
    because: str = ""


@dataclass(frozen=True)
class ReminderChange:
    """A reminder to make, change or end: about the person of this code, if it is about one.

    `told` and `function` are the code and the record of the function of whoever is told.
    """

    code: str | None
    act: ReminderAct
    cause: str
    rule: str = ""
    due: date = date.max
    told: str = ""
    function: int = 0
    words: ReminderWords = ReminderWords()
    person: int | None = None
    reminder: int | None = None


@dataclass(frozen=True)
class SyncPlan:
    """Everything that a sync would do, and what it leaves alone and why; shown first, applied as shown.

    `codes` are those of everybody who was looked at. `refused`: those to whom the CRM, which may know what
    the connector's account does not, gives another status than the facts that were read.
    `left_out`: those of whom a day is recorded that cannot be right; their status waits for its correction.
    """

    codes: frozenset[str]
    statuses: tuple[StatusChange, ...] = ()
    contacts: tuple[ContactChange, ...] = ()
    accounts: tuple[AccountChange, ...] = ()
    reminders: tuple[ReminderChange, ...] = ()
    left_alone: tuple[Text, ...] = ()
    refused: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    @property
    def people(self) -> int:
        """How many people were looked at."""
        return len(self.codes)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.statuses or self.contacts or self.accounts or self.reminders)

    @property
    def refusal(self) -> Text:
        """What is said of those to whom the CRM gives another status: whom to ask, and nothing of why."""
        codes = ", ".join(sorted(self.refused))
        return Text(
            fr=f"le CRM donne un autre statut que ces faits ; voyez avec la direction : {codes}",
            en=f"the CRM gives another status than these facts; see direction: {codes}",
        )

    @property
    def exclusion(self) -> Text:
        """What is said of those who wait for a correction."""
        codes = ", ".join(sorted(self.left_out))
        return Text(
            fr=f"une date impossible est à corriger (« mist check ») : {codes}",
            en=f"an impossible date is to be corrected (“mist check”): {codes}",
        )

    @property
    def altered(self) -> frozenset[str]:
        """The people whose recorded status changes; a status recorded for the first time alters nothing."""
        return frozenset(change.code for change in self.statuses if change.before is not None)

    @property
    def last_lost(self) -> tuple[str, ...]:
        """The functions of which no account would be left."""
        return tuple(sorted({role for change in self.accounts for role in change.last}))

    @property
    def to_invite(self) -> tuple[str, ...]:
        """The logins of accounts that are made or admitted: whose they are, nobody can log in yet."""
        acts = {AccountAct.OPEN, AccountAct.ADMIT}
        return tuple(sorted(change.login for change in self.accounts if change.act in acts))

    @property
    def protecting(self) -> SyncPlan:
        """The part that shows less of people than the CRM shows now: it waits for nothing."""
        contacts = tuple(change for change in self.contacts if change.act is ContactAct.SCRUB)
        return SyncPlan(codes=self.codes, contacts=contacts)

    def without(self, refused: Collection[str]) -> SyncPlan:
        """Return the plan without the statuses of the people of these codes, to whom the CRM gives others."""
        kept = tuple(change for change in self.statuses if change.code not in refused)
        return replace(self, statuses=kept, refused=frozenset(refused))

    def only(self, codes: Iterable[str]) -> SyncPlan:
        """Return the part of the plan that concerns the people of these codes."""
        wanted = frozenset(codes)
        return SyncPlan(
            codes=self.codes,
            statuses=tuple(change for change in self.statuses if change.code in wanted),
            contacts=tuple(change for change in self.contacts if change.code in wanted),
            accounts=tuple(change for change in self.accounts if wanted & set(change.people)),
            reminders=tuple(change for change in self.reminders if change.code in wanted),
            refused=self.refused & wanted,
            left_out=self.left_out & wanted,
        )
