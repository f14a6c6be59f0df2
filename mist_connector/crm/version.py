"""Ask a CRM for its version, without a login."""

from __future__ import annotations

import json
import re
from typing import Any

from mist_connector.crm.transports.wire import JSON, Answer, Wire

from .port import ServerVersion


def ask_version(wire: Wire) -> ServerVersion:
    """Return the version of the CRM at the other end.

    Raises `ConnectionRefused` if nothing answers there, or something that is no Odoo.
    """
    answer = wire.get("/web/version")
    found = _read(_object(answer).get("version_info"), _object(answer).get("version"))
    if found is None:  # Odoo up to 18 has only the older route
        answer = wire.post("/web/webclient/version_info", b'{"jsonrpc": "2.0", "params": {}}')
        result = _object(answer).get("result")
        if isinstance(result, dict):
            found = _read(result.get("server_version_info"), result.get("server_version"))
    if found is None:
        raise wire.foreign(answer)
    return found


def module_version(text: str) -> ServerVersion:
    """Return the CRM's version from that of its module `base`: « 19.0.1.3 », « saas~19.1.1.3 »."""
    parts = text.removeprefix("saas~").split(".")
    numbers = [int(part) if part.isdigit() else 0 for part in (*parts, "", "")[:2]]
    return ServerVersion(numbers[0], numbers[1], text)


def _object(answer: Answer) -> dict[str, Any]:
    if answer.kind != JSON:
        return {}
    try:
        value = json.loads(answer.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _read(parts: object, text: object) -> ServerVersion | None:
    """Read [19, 0, …] and ["saas~19", 1, …] alike."""
    if not isinstance(parts, list) or len(parts) < 2:  # noqa: PLR2004 - a major and a minor
        return None
    numbers = [re.search(r"\d+", str(part)) for part in parts[:2]]
    if numbers[0] is None or numbers[1] is None:
        return None
    return ServerVersion(int(numbers[0][0]), int(numbers[1][0]), str(text or ""))
