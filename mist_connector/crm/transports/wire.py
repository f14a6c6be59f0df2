"""The HTTP connection below every transport: kept alive, verified, counted, and silent."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from mist_connector.crm.address import Address
from mist_connector.errors import CrmError

from .quiet import keep_quiet
from .strange import foreign, interrupted
from .trust import client
from .unreachable import redirected, unreachable

JSON = "application/json"
XML = "text/xml"
_APART_LEAST, _APART_MOST = 0.1, 2.0  # seconds between requests, once a host has refused one as too many


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status, its content type without parameters, its body, and when to ask again."""

    status: int
    kind: str
    body: bytes = field(repr=False)
    after: str = ""


class Wire:
    """One CRM's address, and the connection to it.

    `timeout` is how many seconds the CRM may stay silent. Every failure is raised as one of our errors,
    outside the handler that caught the library's: that one holds the request, secret included.
    """

    def __init__(self, address: Address, *, timeout: float) -> None:
        keep_quiet()
        self.address = address
        self.timeout = timeout
        self.requests = 0
        self.behind: timedelta | None = None  # how far this machine's clock is behind the CRM's
        self._understood = 0
        self._apart, self._last = 0.0, 0.0  # seconds between two requests, and when the last one left
        self._client = client(address, timeout)

    def get(self, path: str) -> Answer:
        """Ask for a public page of the CRM."""
        return self._send(self._client.build_request("GET", path))

    def post(
        self, path: str, body: bytes, *, kind: str = JSON, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a body; whether the answer is of the right kind is for the caller to check."""
        headers = {"Content-Type": kind, **(headers or {})}
        return self._send(self._client.build_request("POST", path, content=body, headers=headers))

    @property
    def known(self) -> bool:
        """Whether an Odoo has answered at this address."""
        return self._understood > 0

    def pace(self, calls_per_second: float | None) -> None:
        """Send no more requests than that from here on; None: as they come."""
        self._apart = 1 / calls_per_second if calls_per_second else 0.0

    def slow_down(self) -> None:
        """Leave more time between requests from here on, since the host found them too many."""
        self._apart = min(max(2 * self._apart, _APART_LEAST), _APART_MOST)

    def understood(self) -> None:
        """Note that an Odoo answered: whatever else answers later stands in its place."""
        self._understood += 1

    def foreign(self, answer: Answer) -> CrmError:
        """Return the error for an answer that is not of the kind that was asked for."""
        return foreign(answer.status, answer.after, self.address, known=self.known)

    def close(self) -> None:
        """Give back the connection."""
        self._client.close()

    def _send(self, request: httpx.Request) -> Answer:
        self.requests += 1
        self._keep_apart()
        try:
            response = self._client.send(request)
        except httpx.HTTPError as error:
            failure: Exception = unreachable(error, self.address, self.timeout)
        except KeyboardInterrupt:
            failure = interrupted()
        else:
            return self._answer(response)
        raise failure

    def _keep_apart(self) -> None:
        time.sleep(max(self._last + self._apart - time.monotonic(), 0.0))
        self._last = time.monotonic()

    def _answer(self, response: httpx.Response) -> Answer:
        if response.is_redirect:
            raise redirected(self.address, _without_path(response))
        self._compare_clocks(response)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        after = response.headers.get("retry-after", "")
        return Answer(response.status_code, kind, response.content, after)

    def _compare_clocks(self, response: httpx.Response) -> None:
        try:
            there = parsedate_to_datetime(response.headers.get("date", ""))
        except ValueError:
            return
        if there.tzinfo is not None:
            self.behind = there - datetime.now(UTC)


def _without_path(response: httpx.Response) -> str:
    if response.next_request is None:
        return ""
    target = response.next_request.url
    return str(httpx.URL(scheme=target.scheme, host=target.host, port=target.port))
