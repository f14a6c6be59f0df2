"""JSON-2: the API that stays, with an API key as bearer token; Odoo 19 and later."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from mist_connector.crm.failures import Failure, database_stopped, other_database, unknown_database, wrong_key
from mist_connector.errors import CrmError, RequestInvalid
from mist_connector.language import _

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

    _naming = True  # whether each request names the database

    def _answer(self, request: Request) -> Any:  # noqa: ANN401 - as heterogeneous as the CRM's own answers
        answer = self._sent(request)
        if answer.status == HTTPStatus.NOT_FOUND and answer.kind != JSON and self._naming:
            # A host that knows the database by its address alone may know no other way to name it. Which one
            # it serves is asked first: nothing is read of another one, or written to it.
            self._naming = not self._serves_the_database()
            answer = answer if self._naming else self._sent(request)
        if answer.kind != JSON:
            raise self._misplaced(answer)
        self._wire.understood()
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise wrong_key()
        value = self._decoded(answer)
        if answer.status != HTTPStatus.OK:
            raise _failure(value, request).error()
        return value

    def _serves_the_database(self) -> bool:
        """Tell whether the database that the host serves, where none is named, is that of the profile.

        False where it serves none. Raises DatabaseUnknown for another one, or one that does not say its name.
        """
        self._naming = False
        try:
            answer = self._sent(Request("ir.http", "session_info"))
        finally:
            self._naming = True
        if answer.kind != JSON:
            return False
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise wrong_key()
        said = self._decoded(answer)
        served = said.get("db") if isinstance(said, dict) and answer.status == HTTPStatus.OK else None
        if served != self._account.database:
            raise other_database(served)
        return True

    def _sent(self, request: Request) -> Answer:
        path = f"/json/2/{request.model}/{request.method}"
        return self._wire.post(path, json.dumps(request.named()).encode(), headers=self._headers())

    def _headers(self) -> dict[str, str]:
        """Return who asks and of which database; what no header can hold is no key or database of Odoo."""
        key, database = self._account.secret.get_secret_value(), self._account.database
        if not (key.isascii() and key.isprintable()):
            raise wrong_key()
        if not (database.isascii() and database.isprintable()):
            raise unknown_database()
        named = {"X-Odoo-Database": database} if self._naming else {}
        return {"Authorization": f"bearer {key}", **named}

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
                _("Ce CRM est un Odoo {text}, qui n’a pas JSON-2.").format(text=self.version().text),
                todo=_(
                    "Il faut Odoo {first_major} ou plus récent ; sinon, choisissez --transport jsonrpc."
                ).format(first_major=FIRST_MAJOR),
            )
        return database_stopped() if self._database_stopped() else unknown_database()

    def _database_stopped(self) -> bool:
        """Tell, by the older way, whether the database is there and stopped: to JSON-2 it is then unknown."""
        params = {"service": "common", "method": "login", "args": [self._account.database, self.login, ""]}
        body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 0}
        answer = self._wire.post("/jsonrpc", json.dumps(body).encode())
        try:
            said = json.loads(answer.body)["error"]["data"]
            return Failure(str(said["name"]), str(said["message"]), "login").database_stopped
        except (KeyError, TypeError, ValueError):
            return False


def _failure(value: object, request: Request) -> Failure:
    said = value if isinstance(value, dict) else {}
    return Failure(str(said.get("name", "")), str(said.get("message", "")), request.target)
