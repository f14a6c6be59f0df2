"""The family of errors: what went wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


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
        super().__init__("\n".join(map(str, self.problems)), todo="Corrigez les fichiers, puis relancez.")


class CrmError(MistError):
    """The CRM could not do what was asked."""


class ConnectionRefused(CrmError):
    """The CRM cannot be reached: wrong address, no route, broken TLS, or no answer in time."""


class AccountUnfit(MistError):
    """The account lacks what a command takes, or has more than it may."""


class AuthenticationRefused(CrmError):
    """The CRM does not accept the database, login or secret, or the key has expired."""


class AccessRefused(CrmError):
    """The account lacks a right that the request needs."""


class WriteRefused(CrmError):
    """A rule inside the CRM refused the write; `what` is the sentence of the rule."""


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
