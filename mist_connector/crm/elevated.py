"""Code that the CRM runs with all rights for its administrator, and that is gone from it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from mist_connector.errors import AccessRefused, ServerFailed

from .port import Crm

Payload = Mapping[str, Any]


class Elevated:
    """Code that the CRM runs with all rights, for as long as it takes."""

    def __init__(self, crm: Crm, actions: Mapping[str, int], payload_name: str) -> None:
        self._crm, self._actions, self._payload_name = crm, actions, payload_name

    @classmethod
    @contextmanager
    def opened(cls, crm: Crm, name: str, *codes: str, payload_name: str = "mist_work") -> Iterator[Elevated]:
        """Make one server action for each code; afterwards remove them, with those of a killed run.

        Raises AccessRefused for an account that may not: it takes one that holds the CRM's Settings.
        """
        [model] = crm.call("ir.model", "search", domain=[["model", "=", "ir.config_parameter"]])
        values = [{"name": name, "model_id": model, "state": "code", "code": code.strip()} for code in codes]
        try:
            ids = crm.call("ir.actions.server", "create", vals_list=values)
        except AccessRefused:
            raise AccessRefused(
                f"Le compte {crm.login} n’administre pas le CRM.",
                todo="prenez le profil du compte qui installe : --profile NOM",
            ) from None
        try:
            yield cls(crm, dict(zip(codes, ids, strict=True)), payload_name)
        finally:
            left = crm.call("ir.actions.server", "search", domain=[["name", "=", name]])
            crm.call("ir.actions.server", "unlink", ids=left)

    def run(self, code: str, payload: Payload) -> dict[str, Any]:
        """Run one of the codes, and return what it answers."""
        context = {self._payload_name: payload, "lang": "fr_FR"}
        answer = self._crm.call("ir.actions.server", "run", ids=[self._actions[code]], context=context)
        if not isinstance(answer, dict):
            raise ServerFailed("Le CRM n’a rien répondu à ce qui lui était demandé.", todo="relancez")
        return answer
