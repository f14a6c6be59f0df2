"""JSON-RPC through odoorpc: a web session for a password, `/jsonrpc` for an API key."""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import odoorpc

from mist_connector.crm.failures import Failure, second_factor, unknown_database, wrong_key, wrong_password
from mist_connector.crm.port import ServerVersion
from mist_connector.crm.secrets import looks_like_key
from mist_connector.errors import CrmError

from .request import Request
from .transport import Account, Transport
from .wire import JSON, Answer, Wire

if TYPE_CHECKING:
    from urllib.request import Request as UrlRequest


class JsonRpc(Transport):
    """odoorpc writes the envelopes and reads them; our wire carries them.

    The server hashes a password for 0.4 s at `/jsonrpc`, at login and after each change of rights or models.
    A web session spares that, but takes no API key.
    """

    def __init__(self, wire: Wire, account: Account, version: ServerVersion | None = None) -> None:
        super().__init__(wire, account, version)
        self._with_key = looks_like_key(account.secret)
        self._odoo = odoorpc.ODOO(
            wire.address.host,
            protocol="jsonrpc+ssl" if wire.address.scheme == "https" else "jsonrpc",
            port=wire.address.port,
            timeout=wire.timeout,
            version="19.0",  # given, or odoorpc asks for it here; it matters only to methods not used
            opener=_Opener(wire),
        )

    def _authenticate(self) -> int:
        return self._key_login() if self._with_key else self._session_login()

    def _answer(self, request: Request) -> Any:  # noqa: ANN401 - as heterogeneous as the CRM's own answers
        user = self.uid()
        arguments, keywords = request.positional()
        if self._with_key:
            call = [*self._credentials(user), request.model, request.method, arguments, keywords]
            return self._post("/jsonrpc", _service("object", "execute_kw", call), request.target)
        call_kw = {"model": request.model, "method": request.method, "args": arguments, "kwargs": keywords}
        return self._post(f"/web/dataset/call_kw/{request.target}", call_kw, request.target)

    def _session_login(self) -> int:
        account = self._account
        credentials = {
            "db": account.database,
            "login": account.login,
            "password": account.secret.get_secret_value(),
        }
        session = self._post("/web/session/authenticate", credentials, "login")
        user = session.get("uid") if isinstance(session, dict) else None
        if not user:
            raise second_factor()
        return int(user)

    def _key_login(self) -> int:
        user = self._post("/jsonrpc", _service("common", "login", self._credentials(self.login)), "login")
        if not user:
            raise wrong_key()
        return int(user)

    def _credentials(self, user: int | str) -> list[Any]:
        return [self._account.database, user, self._account.secret.get_secret_value()]

    def _post(self, path: str, params: dict[str, Any], target: str) -> Any:  # noqa: ANN401
        try:
            value = self._odoo.json(path, params).get("result")
            self._wire.understood()
            return value  # noqa: TRY300 - what odoorpc cannot read is no answer
        except odoorpc.error.RPCError as error:
            failure = self._refusal(error, target)
        except (AttributeError, KeyError, TypeError, ValueError):  # odoorpc, reading what is no envelope
            failure = self._wire.foreign(Answer(HTTPStatus.OK, JSON, b""))
        raise failure

    def _refusal(self, error: odoorpc.error.RPCError, target: str) -> CrmError:
        self._wire.understood()
        data = error.info["data"]
        failure = Failure(str(data.get("name", "")), str(data.get("message", "")), target)
        if failure.name == "AccessDenied":
            return wrong_key() if self._with_key else wrong_password()
        if target == "login" and failure.name == "AccessError":
            return unknown_database()
        return failure.error()


class _Opener:
    """What odoorpc sends through: our wire, where its own would open a connection for each call."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def open(self, request: UrlRequest, timeout: float | None = None) -> BytesIO:  # noqa: ARG002 - odoorpc's signature
        """Send odoorpc's request, and return the answer's body as it expects it."""
        body = request.data if isinstance(request.data, bytes) else b""
        answer = self._wire.post(urlsplit(request.full_url).path, body)
        if answer.kind != JSON:
            raise self._wire.foreign(answer)
        return BytesIO(answer.body)


def _service(service: str, method: str, arguments: list[Any]) -> dict[str, Any]:
    return {"service": service, "method": method, "args": arguments}
