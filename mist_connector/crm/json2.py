"""JSON-2: the API that stays, with an API key as bearer token; Odoo 19 and later."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from mist_connector.errors import CrmError, RequestInvalid

from .failures import Failure, unknown_database, wrong_key
from .request import Request
from .transport import Transport
from .wire import JSON, Answer

FIRST_MAJOR = 19


class Json2(Transport):
    """One request per call, none for the login: the key goes with each."""

    def _authenticate(self) -> int:
        context = self._answer(Request("res.users", "context_get"))
        if not isinstance(context, dict) or not isinstance(context.get("uid"), int):
            raise wrong_key()
        return int(context["uid"])

    def _answer(self, request: Request) -> Any:  # noqa: ANN401 - as heterogeneous as the CRM's own answers
        path = f"/json/2/{request.model}/{request.method}"
        answer = self._wire.post(path, json.dumps(request.named()).encode(), headers=self._headers())
        if answer.kind != JSON:
            raise self._misplaced(answer)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise wrong_key()
        value = self._decoded(answer)
        if answer.status != HTTPStatus.OK:
            raise _failure(value, request).error()
        return value

    def _headers(self) -> dict[str, str]:
        """Return who asks and of which database; what no header can hold is no key or database of Odoo."""
        key, database = self._account.secret.get_secret_value(), self._account.database
        if not (key.isascii() and key.isprintable()):
            raise wrong_key()
        if not (database.isascii() and database.isprintable()):
            raise unknown_database()
        return {"Authorization": f"bearer {key}", "X-Odoo-Database": database}

    def _decoded(self, answer: Answer) -> Any:  # noqa: ANN401
        try:
            return json.loads(answer.body)
        except ValueError:
            pass
        raise self._wire.foreign(answer)

    def _misplaced(self, answer: Answer) -> CrmError:
        """Tell apart an unknown database, an Odoo without JSON-2, and something that is no Odoo."""
        if answer.status != HTTPStatus.NOT_FOUND:
            return self._wire.foreign(answer)
        if self.version().major < FIRST_MAJOR:
            return RequestInvalid(
                f"Ce CRM est un Odoo {self.version().text}, qui n’a pas JSON-2.",
                todo=f"Il faut Odoo {FIRST_MAJOR} ou plus récent ; sinon, choisissez --transport jsonrpc.",
            )
        return unknown_database()


def _failure(value: object, request: Request) -> Failure:
    said = value if isinstance(value, dict) else {}
    return Failure(str(said.get("name", "")), str(said.get("message", "")), request.target)
