"""XML-RPC: the oldest API, kept as the fallback where a host offers nothing else."""

from __future__ import annotations

import re
import xmlrpc.client
from typing import Any
from xml.parsers.expat import ExpatError

from mist_connector.crm.failures import Failure, wrong_key, wrong_password
from mist_connector.crm.secrets import looks_like_key
from mist_connector.errors import CrmError, RequestInvalid, ServerFailed
from mist_connector.language import _

from .request import Request
from .transport import Transport
from .wire import XML

# Odoo's fault codes; 1 carries the server's whole traceback, whose last lines name the exception.
_KINDS = {2: "UserError", 3: "AccessDenied", 4: "AccessError"}
_EXCEPTION = re.compile(r"(?P<kind>[A-Za-z_][\w.]*)(?:: (?P<message>.*))?", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_NONE = "cannot marshal None unless allow_none is enabled"


class XmlRpc(Transport):
    """One request per call after one for the login; the secret goes with each."""

    def _authenticate(self) -> int:
        account = self._account
        call: tuple[Any, ...] = (
            account.database,
            account.login,
            account.secret.get_secret_value(),
            {},
        )
        user = self._post("common", "authenticate", call, "login")
        if not user:
            raise self._denied()
        return int(user)

    def _answer(self, request: Request) -> Any:  # noqa: ANN401 - as heterogeneous as the CRM's own answers
        arguments, keywords = request.positional()
        account = self._account
        credentials = (account.database, self.uid(), account.secret.get_secret_value())
        call = (*credentials, request.model, request.method, arguments, keywords)
        return self._post("object", "execute_kw", call, request.target)

    def _post(self, service: str, method: str, call: tuple[Any, ...], target: str) -> Any:  # noqa: ANN401
        answer = self._wire.post(f"/xmlrpc/2/{service}", _written(method, call, target), kind=XML)
        if answer.kind != XML:
            raise self._wire.foreign(answer)
        try:
            (value,), _method = xmlrpc.client.loads(answer.body, use_builtin_types=True)
        except xmlrpc.client.Fault as fault:
            failure = self._refusal(fault, target)
        except (ExpatError, xmlrpc.client.Error, ValueError, TypeError):
            failure = self._wire.foreign(answer)
        else:
            self._wire.understood()
            return value
        if failure is None:
            return None
        raise failure

    def _refusal(self, fault: xmlrpc.client.Fault, target: str) -> CrmError | None:
        """Return the error that a fault stands for, or None where it stands for the answer None."""
        self._wire.understood()
        text = fault.faultString
        if fault.faultCode == 3:  # noqa: PLR2004 - see _KINDS
            return self._denied()
        if fault.faultCode in _KINDS:
            return Failure(_KINDS[fault.faultCode], text, target).error()
        if text.rstrip().endswith(_NO_NONE):
            return _unspeakable(target) if "in dump_struct" in text or "in dump_array" in text else None
        return _raised(text, target).error()

    def _denied(self) -> CrmError:
        return wrong_key() if looks_like_key(self._account.secret) else wrong_password()


def _raised(traceback: str, target: str) -> Failure:
    """Read the exception off a server's traceback: what follows its last frame."""
    last_frame = traceback.rpartition('\n  File "')[2]
    after = re.search(r"\n(?=\S)", last_frame)
    found = _EXCEPTION.match(last_frame[after.end() :]) if after else None
    return Failure(
        found["kind"] if found else "", ((found["message"] or "") if found else "").strip(), target
    )


def _written(method: str, call: tuple[Any, ...], target: str) -> bytes:
    try:
        text = xmlrpc.client.dumps(call, method, allow_none=True)
        body = text.encode()
    except (OverflowError, TypeError, UnicodeError):
        text, body = "\0", b""
    if _CONTROL.search(text):
        raise RequestInvalid(
            _("XML-RPC ne sait pas porter une valeur de {target}.").format(target=target),
            todo=_("Choisissez --transport jsonrpc ou json2."),
        )
    return body


def _unspeakable(target: str) -> CrmError:
    return ServerFailed(
        _("XML-RPC ne sait pas porter la réponse de {target} ; l’opération a eu lieu.").format(target=target),
        todo=_("Choisissez --transport jsonrpc ou json2."),
    )
