"""What the three transports share: the wire, the account, and what is asked once and remembered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from mist_connector.crm.port import ServerVersion
from mist_connector.crm.version import ask_version
from mist_connector.errors import Busy

from .again import Tell, again
from .request import Request
from .wire import Wire


@dataclass(frozen=True)
class Account:
    """Who speaks to which database, and with which secret; the secret's text is masked."""

    database: str
    login: str
    secret: SecretStr = field(repr=False)


class Transport(ABC):
    """The port over HTTP; a transport says only how a request is written and its answer read."""

    def __init__(self, wire: Wire, account: Account, version: ServerVersion | None = None) -> None:
        self._wire = wire
        self._account = account
        self._version = version
        self._uid: int | None = None
        self.tell: Tell | None = None  # who hears that something is asked again
        self.mails_per_day: int | None = None  # as many as the host lets leave

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, logins included."""
        return self._wire.requests

    @property
    def login(self) -> str:
        """The login of the account."""
        return self._account.login

    @property
    def behind(self) -> timedelta | None:
        """How far this machine's clock is behind the CRM's; None before the first answer."""
        return self._wire.behind

    def version(self) -> ServerVersion:
        """Return the server's version; asked once, then remembered."""
        if self._version is None:
            self._version = ask_version(self._wire)
        return self._version

    def uid(self) -> int:
        """Return the id of the account's user; asked once, then remembered.

        Raises `AuthenticationRefused` if the CRM does not accept the account.
        """
        if self._uid is None:
            self._uid = self._authenticate()
        return self._uid

    def call(
        self,
        model: str,
        method: str,
        /,
        *,
        ids: Sequence[int] | None = None,
        context: Mapping[str, Any] | None = None,
        **arguments: Any,  # noqa: ANN401 - as heterogeneous as the CRM's own methods
    ) -> Any:  # noqa: ANN401
        """Call a public method of a model, or of its records `ids`, with named arguments."""
        request = Request(model, method, None if ids is None else tuple(ids), context, arguments)
        return again(
            lambda: self._paced(request), method=method, known=self._wire.known, tell=self.tell or _unheard
        )

    def _paced(self, request: Request) -> Any:  # noqa: ANN401
        """Send one request; after one too many, leave more time between those that follow."""
        try:
            return self._answer(request)
        except Busy as busy:
            if busy.too_many:
                self._wire.slow_down()
            raise

    def close(self) -> None:
        """Give back the connection; the object cannot be used afterwards."""
        self._wire.close()

    @abstractmethod
    def _authenticate(self) -> int:
        """Log in, and return the user's id."""

    @abstractmethod
    def _answer(self, request: Request) -> Any:  # noqa: ANN401
        """Send one request and return the CRM's answer."""


def _unheard(sentence: str) -> None:
    """Tell nobody."""
