"""The port: what the connector needs of a CRM, whatever the transport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Values = Mapping[str, Any]
Domain = Sequence[Any]


@dataclass(frozen=True)
class ServerVersion:
    """The server's version, e.g. (19, 0), and the text it gives of itself."""

    major: int
    minor: int
    text: str


class Crm(Protocol):
    """One database of one CRM, seen by one account.

    Every call is one HTTP request and one transaction of the server: it happens wholly or not at all.
    Failures are raised as the family of `mist_connector.errors.CrmError`, never as a transport's own.
    """

    @property
    def requests(self) -> int:
        """How many HTTP requests were sent so far, logins included."""

    @property
    def login(self) -> str:
        """The login of the account."""

    def version(self) -> ServerVersion:
        """Return the server's version; asked once, then remembered."""

    def uid(self) -> int:
        """Return the id of the account's user; asked once, then remembered."""

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
        """Call a public method of a model, with named arguments only.

        `ids` is None for a method of the model itself (`search_read`, `create`), and the records'
        ids for a method of records (`write`, `read`, `unlink`).
        """

    def close(self) -> None:
        """Give back the connection; the object cannot be used afterwards."""
