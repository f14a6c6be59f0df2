"""One call of the CRM, with values that every transport can carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from mist_connector.errors import RequestInvalid
from mist_connector.language import _


@dataclass(frozen=True)
class Request:
    """A public method of a model, the records that it is called on, and its named arguments.

    Its text holds the target alone: arguments may be anybody's data.
    """

    model: str
    method: str
    ids: tuple[int, ...] | None = field(default=None, repr=False)
    context: Mapping[str, Any] | None = field(default=None, repr=False)
    arguments: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def target(self) -> str:
        """Model and method, as sentences name them."""
        return f"{self.model}.{self.method}"

    def named(self) -> dict[str, Any]:
        """Return everything by name, as JSON-2 takes it."""
        ids = {} if self.ids is None else {"ids": list(self.ids)}
        return {**self._keywords(), **ids}

    def positional(self) -> tuple[list[Any], dict[str, Any]]:
        """Return what the older routes take: the ids first, the rest by name.

        They look at the first positional argument of `create` themselves, so it cannot go by name.
        """
        keywords = self._keywords()
        if self.method == "create" and "vals_list" in keywords:
            return [keywords.pop("vals_list")], keywords
        return ([] if self.ids is None else [list(self.ids)]), keywords

    def _keywords(self) -> dict[str, Any]:
        arguments = {name: plain(value) for name, value in self.arguments.items()}
        return arguments if self.context is None else {**arguments, "context": plain(self.context)}


def plain(value: Any) -> Any:  # noqa: ANN401 - as heterogeneous as the CRM's own values
    """Return a value as JSON has it: lists, dictionaries, text, numbers, booleans, None.

    Dates are written as the CRM writes them, moments in UTC without a zone.
    Raises `RequestInvalid` for a value that no transport carries.
    """
    if value is None or isinstance(value, (str, int)) or (isinstance(value, float) and isfinite(value)):
        return value
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (Sequence, set, frozenset)) and not isinstance(value, (bytes, bytearray)):
        return [plain(item) for item in value]
    raise RequestInvalid(
        _("Une valeur de type {kind}, ou l’une de ses clés, ne peut pas être envoyée au CRM.").format(
            kind=type(value).__name__
        ),
        todo=_("C’est un défaut de mist : signalez-le."),
    )


def _moment(value: datetime) -> str:
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    return value.strftime("%Y-%m-%d %H:%M:%S")
