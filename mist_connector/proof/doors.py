"""The doors that a persona knocks at: the three transports with her key, and the web client's session."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr

from mist_connector.crm.address import parse_address
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile, TransportName
from mist_connector.crm.transports.wire import Wire
from mist_connector.errors import CrmError

from .personas import Door, Persona
from .planting import MARKER, Planted, login_of
from .words import readable

NO_KEY = "0" * 40
SECONDS = 60.0
FILE = f"piece{MARKER}"  # what an uploaded file is called, and found again by
_EDGE = "mist" + "0" * 28


class Web:
    """A browser without a screen: a session of the web client, or none at all."""

    def __init__(self, profile: Profile) -> None:
        self._wire = Wire(parse_address(profile.url, insecure=profile.insecure), timeout=SECONDS)
        self.profile = profile
        self.database = profile.database
        self.open = False
        self._token = ""

    def log_in(self, login: str, password: SecretStr) -> None:
        """Begin a session; `open` tells whether the CRM let her in."""
        said = self.ask(
            "/web/session/authenticate",
            {"db": self.database, "login": login, "password": password.get_secret_value()},
        )
        self.open = '"uid"' in said and '"uid": null' not in said

    def ask(self, path: str, params: Mapping[str, Any]) -> str:
        """Call a route of the web client that speaks JSON; return whatever it says, errors included."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        try:
            return readable(self._wire.post(path, body).body)
        except CrmError as error:
            return error.what

    def get(self, path: str, **query: object) -> str:
        """Ask for a page or file; return its text with the status before it."""
        try:
            answer = self._wire.get(f"{path}?{urlencode(query)}" if query else path)
        except CrmError as error:
            return error.what
        return f"{answer.status} {readable(answer.body)}"

    def submit(
        self, path: str, fields: Mapping[str, object], files: Mapping[str, str | bytes] | None = None
    ) -> str:
        """Send a form of the web client's own, files included; return its text with the status before it."""
        values = {"csrf_token": self._form_token(), **fields}
        parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in values.items()]
        for name, content in (files or {}).items():
            head = f'name="{name}"; filename="{FILE}"\r\nContent-Type: text/plain\r\n\r\n'
            parts.append(head.encode() + (content if isinstance(content, bytes) else content.encode()))
        begin = f"--{_EDGE}\r\nContent-Disposition: form-data; ".encode()
        body = b"".join(begin + part + b"\r\n" for part in parts) + f"--{_EDGE}--\r\n".encode()
        try:
            kind = f"multipart/form-data; boundary={_EDGE}"
            answer = self._wire.post(path, body, kind=kind)
        except CrmError as error:
            return error.what
        return f"{answer.status} {readable(answer.body)}"

    def _form_token(self) -> str:
        """Return what the CRM wants back with each form: it is in its own pages."""
        if not self._token:
            page = self.get("/odoo" if self.open else "/web/login")
            found = re.search(r'csrf_token["\']?(?:: "|" value=")(\w+)', page)
            self._token = found[1] if found else ""
        return self._token

    def call(self, model: str, method: str, *args: object, **kwargs: object) -> str:
        """Call a method as the web client does."""
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.ask(f"/web/dataset/call_kw/{model}/{method}", params)

    def close(self) -> None:
        """Give back the connection."""
        self._wire.close()


@dataclass(frozen=True)
class Visitor:
    """A persona with everything that she can knock with."""

    persona: Persona
    user: int
    ways: Mapping[TransportName, Crm]
    web: Web

    @property
    def crm(self) -> Crm:
        """The transport that most channels are tried over."""
        return self.ways[TransportName.JSON2]

    def say(self, model: str, method: str, /, **arguments: Any) -> str:  # noqa: ANN401 - as the CRM's own methods
        """Call a method over the first transport; return the answer or the error's words as one text."""
        return said(self.crm, model, method, **arguments)

    @property
    def requests(self) -> int:
        """How many requests she sent over the transports."""
        return sum(crm.requests for crm in self.ways.values())

    def close(self) -> None:
        """Give back every connection."""
        for crm in self.ways.values():
            crm.close()
        self.web.close()


def said(crm: Crm, model: str, method: str, /, **arguments: Any) -> str:  # noqa: ANN401 - as the CRM's own methods
    """Call a method; return the answer or the error's words as one text."""
    try:
        return json.dumps(crm.call(model, method, **arguments), ensure_ascii=False, default=str)
    except CrmError as error:
        return f"refused: {error.what}"


def visit(profile: Profile, persona: Persona, planted: Planted) -> Visitor:
    """Return a visitor; whoever has no account comes with a key that nobody was given."""
    user, key = planted.keys.get(persona.id, (0, SecretStr(NO_KEY)))
    mine = profile.model_copy(update={"login": login_of(persona), "transport": None, "timeout": SECONDS})
    ways = {name: connect(mine, key, transport=name) for name in TransportName}
    web = Web(profile)
    if persona.door is Door.NONE:
        web.get("/web/login", db=profile.database)
    else:
        web.log_in(login_of(persona), planted.password)
    return Visitor(persona, user, ways, web)
