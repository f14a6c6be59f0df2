"""The HTTP connection below every transport: kept alive, verified, counted, and silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from mist_connector.errors import CrmError, RequestInvalid, ServerFailed

from .address import Address
from .quiet import keep_quiet
from .unreachable import not_odoo, redirected, unreachable

JSON = "application/json"
XML = "text/xml"

_CONNECT_SECONDS = 10.0


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status, its content type without parameters, and its body."""

    status: int
    kind: str
    body: bytes = field(repr=False)


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
        self._client = httpx.Client(
            base_url=address.url,
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT_SECONDS)),
            headers={"Accept-Language": "fr-FR"},  # the CRM's own sentences in French, its data as asked for
            trust_env=not address.loopback,  # a proxy has no business between this machine and itself
        )

    def get(self, path: str) -> Answer:
        """Ask for a public page of the CRM."""
        return self._send(self._client.build_request("GET", path))

    def post(
        self, path: str, body: bytes, *, kind: str = JSON, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a body; whether the answer is of the right kind is for the caller to check."""
        headers = {"Content-Type": kind, **(headers or {})}
        return self._send(self._client.build_request("POST", path, content=body, headers=headers))

    def foreign(self, answer: Answer) -> CrmError:
        """Return the error for an answer that is not of the kind that was asked for."""
        return _overloaded(answer) or not_odoo(self.address)

    def close(self) -> None:
        """Give back the connection."""
        self._client.close()

    def _send(self, request: httpx.Request) -> Answer:
        self.requests += 1
        try:
            response = self._client.send(request)
        except httpx.HTTPError as error:
            failure = unreachable(error, self.address, self.timeout)
        else:
            return self._answer(response)
        raise failure

    def _answer(self, response: httpx.Response) -> Answer:
        if response.is_redirect:
            raise redirected(self.address, _without_path(response))
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Answer(response.status_code, kind, response.content)


def _without_path(response: httpx.Response) -> str:
    if response.next_request is None:
        return ""
    target = response.next_request.url
    return str(httpx.URL(scheme=target.scheme, host=target.host, port=target.port))


def _overloaded(answer: Answer) -> CrmError | None:
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return ServerFailed(
            "Le CRM refuse d’autres demandes pour l’instant.", todo="Attendez une minute, puis relancez."
        )
    if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return RequestInvalid(
            "Le CRM refuse un envoi aussi gros.", todo="Demandez à l’hébergeur la taille d’envoi permise."
        )
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerFailed(
            f"Le serveur du CRM est en panne ou redémarre (HTTP {answer.status}).",
            todo="Attendez quelques minutes, puis relancez.",
        )
    return None
