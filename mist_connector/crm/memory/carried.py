"""What each of the three transports carries: the in-memory CRM refuses the rest, both ways.

XML-RPC carries the least: whole numbers of 32 bits, no control character, and no None inside an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from mist_connector.errors import RequestInvalid, ServerFailed
from mist_connector.language import _

_LARGEST = 2**31 - 1
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def require_sendable(value: Any) -> None:  # noqa: ANN401 - as heterogeneous as the CRM's own values
    """Raise RequestInvalid for plain arguments that XML-RPC would not carry."""
    if reason := _reason(value):
        raise RequestInvalid(_("XML-RPC ne sait pas porter cette demande : {reason}.").format(reason=reason))


def require_answerable(value: Any) -> None:  # noqa: ANN401
    """Raise ServerFailed for an answer that a transport would not carry, or would change on the way.

    None alone is carried: XML-RPC answers it with a fault of its own, which our transport knows.
    """
    reason = None if value is None else _reason(value, answer=True)
    if reason:
        raise ServerFailed(
            _("XML-RPC ne sait pas porter la réponse : {reason} ; l’opération a eu lieu.").format(
                reason=reason
            )
        )


def _reason(value: Any, *, answer: bool = False) -> str | None:  # noqa: ANN401
    """Return why a value is not carried, or None."""
    if isinstance(value, Mapping):
        named = all(isinstance(key, str) for key in value)
        return (
            _first([*value, *value.values()], answer=answer) if named else _("une clé qui n’est pas un texte")
        )
    if isinstance(value, list | tuple):
        return _first(value, answer=answer)
    return _scalar_reason(value, answer=answer)


def _first(values: Iterable[Any], *, answer: bool) -> str | None:
    return next((reason for each in values if (reason := _reason(each, answer=answer))), None)


def _scalar_reason(value: Any, *, answer: bool) -> str | None:  # noqa: ANN401
    match value:
        case None:
            return _("None dans une réponse") if answer else None
        case bool() | float():
            return None
        case int():
            return None if -_LARGEST - 1 <= value <= _LARGEST else _("un entier de plus de 32 bits")
        case str():
            return _("un caractère de contrôle") if _CONTROL.search(value) else None
    return _("une valeur de type {kind}").format(kind=type(value).__name__)
