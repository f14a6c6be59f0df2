"""The family of errors: what went wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from mist_connector.language import _


@dataclass(frozen=True, order=True)
class Place:
    """A position in an input file: 1-based line and column."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Write the place as editors expect it."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it is, what it is, and a hint at how to mend it."""

    place: Place
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """Write the problem on one line."""
        return f"{self.place}: {self.what}" + (f" — {self.hint}" if self.hint else "")


class MistError(Exception):
    """Anything that mist reports to its user: one sentence, and what to do.

    Neither may hold a secret or anything of a personal file: both are printed and logged.
    """

    def __init__(self, what: str, *, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo


class DeclarationError(MistError):
    """Mapping files that do not hold together: every problem of the run at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.place, problem.what)))
        super().__init__("\n".join(map(str, self.problems)), todo=_("Corrigez les fichiers, puis relancez."))


class CrmError(MistError):
    """The CRM could not do what was asked."""


class ConnectionRefused(CrmError):
    """The CRM cannot be reached: wrong address, no route, broken TLS, or no answer in time."""


class NotReached(ConnectionRefused):
    """Nobody took the request: it never left, and nothing has happened."""


class OutcomeUnknown(ConnectionRefused):
    """The request left, and no answer of the CRM's came back: it may or may not have happened."""


class Busy(CrmError):
    """The CRM, or whoever stands before it, did not take the request: nothing has happened.

    `after`: seconds after which it says that it may be asked again, if it does; `too_many`: it was asked
    more often than it lets anybody ask.
    """

    def __init__(
        self, what: str, *, todo: str = "", after: float | None = None, too_many: bool = False
    ) -> None:
        super().__init__(what, todo=todo)
        self.after, self.too_many = after, too_many


class Interrupted(MistError):
    """Somebody stopped mist while the CRM was at work on a request."""


class AccountUnfit(MistError):
    """The account lacks what a command takes, or has more than it may."""


class MappingsDiffer(MistError):
    """A command would act by other bylaws than those that are deployed."""


class AuthenticationRefused(CrmError):
    """The CRM does not accept the database, login or secret, or the key has expired."""


class DatabaseUnknown(AuthenticationRefused):
    """The CRM does not know the database, or does not serve it this way."""


class AccessRefused(CrmError):
    """The account lacks a right that the request needs."""


class WriteRefused(CrmError):
    """A rule inside the CRM refused the write; `what` is the sentence of the rule."""


class LanguageMissing(CrmError):
    """French is not active in the CRM: words are written and compared in it."""


class Unverified(MistError):
    """What was asked is done, and looking at the result failed."""


class ServerFailed(CrmError):
    """The CRM answered with an error of its own."""


class RequestInvalid(CrmError):
    """The CRM does not know the model, method, field or record that the request names."""


class PlanRefused(MistError):
    """A plan crosses a safety limit that was not lifted by name."""


class PlanStale(MistError):
    """The CRM changed after the plan was made."""


class SandboxError(MistError):
    """The sandbox cannot work on this machine, and why."""
