"""What the CRM's own parts must be for the secrets of ours to hold."""

from __future__ import annotations

from pydantic import Field as Bound

from mist_connector.strict import Strict

KEY = r"^[a-z][a-z0-9_]*$"
XMLID = r"^[a-z0-9_]+\.[a-z0-9_.]+$"
ADDRESS = r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$"
OPERATION = r"^(read|write|create|delete)$"


class Parameter(Strict):
    """A system parameter of the CRM's, and the value that it must have."""

    key: str = Bound(pattern=r"^[a-z0-9_.]+$")
    value: str
    rule: str


class Apart(Strict):
    """A group of the CRM's that must not hand on another one."""

    group: str = Bound(pattern=XMLID)
    without: str = Bound(pattern=XMLID)
    rule: str


class Implied(Strict):
    """Groups of the CRM's own that come with one of ours, given by its key."""

    group: str = Bound(pattern=KEY)
    implies: tuple[str, ...]
    rule: str


class ForeignRule(Strict):
    """A global rule on a model of the CRM's own, given by the external id of its description.

    One on a model of a `module` that not every CRM has is there only where that module is.
    """

    key: str = Bound(pattern=KEY)
    model: str = Bound(pattern=XMLID)
    operations: tuple[str, ...]
    domain: str
    rule: str
    module: str = ""


class ForeignGuard(Strict):
    """What in a model of the CRM's own only holders of the settings change, whichever way it comes."""

    key: str = Bound(pattern=KEY)
    model: str = Bound(pattern=XMLID)
    watching: tuple[str, ...]  # columns whose change is looked at, paths included
    rule: str


class Membership(Strict):
    """The groups whose members alone may add accounts to groups of ours, and to some of the CRM's `also`.

    An account in one of these is marked as kept: a rule on accounts may name it.
    """

    groups: tuple[str, ...]
    also: tuple[str, ...] = ()
    rule: str


class Unwanted(Strict):
    """A module of the CRM's that opens a door, and which."""

    name: str = Bound(pattern=KEY)
    because: str
    rule: str


class Sender(Strict):
    """Whom the mails that we send come from, and where answers and mails that came back go."""

    address: str = Bound(pattern=ADDRESS)
    answers_to: str = Bound(pattern=ADDRESS)
    returns_to: str = Bound(pattern=ADDRESS)
    also: tuple[str, ...] = ()  # addresses that the CRM's own mail domain may have beside these
    rule: str

    @property
    def known(self) -> tuple[str, ...]:
        """Return every address that the CRM may have for the company, in lower case."""
        return tuple(
            sorted({each.lower() for each in (self.address, self.answers_to, self.returns_to, *self.also)})
        )


class Hardening(Strict):
    """The whole manifest; empty, it asks nothing of the CRM."""

    parameters: tuple[Parameter, ...] = ()
    apart: tuple[Apart, ...] = ()
    implied: tuple[Implied, ...] = ()
    rules: tuple[ForeignRule, ...] = ()
    guards: tuple[ForeignGuard, ...] = ()
    membership: Membership | None = None
    modules: tuple[Unwanted, ...] = ()
    key_warning_days: int = Bound(default=14, ge=1, le=365)  # how long before a key's end it is announced
    sender: Sender | None = None  # without it, nothing is sent
    mail_servers: tuple[str, ...] = ()  # by which mails may leave, beside the host's own

    def implied_by(self, group: str) -> tuple[str, ...]:
        """Return the external ids of the groups that come with a group of ours."""
        return tuple(xmlid for each in self.implied if each.group == group for xmlid in each.implies)
