"""Search domains of an in-memory CRM: which records a domain finds."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from mist_connector.errors import RequestInvalid
from mist_connector.language import _

from .schema import MANY, Kind, field_of
from .store import Store

Test = Callable[[int], bool]
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NEGATIVE = {"!=": "=", "not in": "in", "not ilike": "ilike", "not like": "like", "not any": "any"}


def matcher(store: Store, model: str, domain: Sequence[Any]) -> Test:
    """Return the test, by id, that a domain makes of a model's records.

    Raises `RequestInvalid` for a malformed domain, an unknown field or operator.
    """
    terms = list(domain)
    tests: list[Test] = []
    while terms:
        tests.append(_take(store, model, terms))
    return lambda identity: all(test(identity) for test in tests)


def _take(store: Store, model: str, terms: list[Any]) -> Test:
    """Take one complete expression, in prefix notation, off the front of the terms."""
    if not terms:
        raise _malformed()
    term = terms.pop(0)
    if term == "!":
        negated = _take(store, model, terms)
        return lambda identity: not negated(identity)
    if term in ("&", "|"):
        left, right = _take(store, model, terms), _take(store, model, terms)
        if term == "&":
            return lambda identity: left(identity) and right(identity)
        return lambda identity: left(identity) or right(identity)
    if isinstance(term, str) or not isinstance(term, Sequence) or len(term) != 3:  # noqa: PLR2004 - a condition
        raise _malformed()
    return _condition(store, model, *term)


def _condition(store: Store, model: str, path: Any, operation: str, value: Any) -> Test:  # noqa: ANN401
    if isinstance(path, int):  # the CRM's own (1, "=", 1) and (0, "=", 1)
        return lambda _identity: path == value
    name, _, rest = path.partition(".")
    if rest:
        return _condition(store, model, name, "any", [(rest, operation, value)])
    if operation in _NEGATIVE:
        positive = _condition(store, model, name, _NEGATIVE[operation], value)
        return lambda identity: not positive(identity)
    field = field_of(store.schema, model, name)
    if operation == "any":
        inner = matcher(store, field.relation, value)
        return lambda identity: any(inner(key) for key in store.related(model, name, identity))
    if field.kind in MANY:
        return _multiple(store, model, name, operation, value)
    compare = _comparison(field.kind, operation, value)
    rows = store.rows(model)
    return lambda identity: compare(rows[identity][name])


def _multiple(store: Store, model: str, name: str, operation: str, value: Any) -> Test:  # noqa: ANN401
    """Compare a field of several records: it matches if one of them does; False stands for none."""
    if operation not in {"=", "in"}:
        raise _unknown(operation)
    wanted = set(value) if operation == "in" else {value}
    or_none = bool(wanted & {False, None})

    def test(identity: int) -> bool:
        held = store.related(model, name, identity)
        return not wanted.isdisjoint(held) or (or_none and not held)

    return test


def _comparison(kind: Kind, operation: str, value: Any) -> Callable[[Any], bool]:  # noqa: ANN401
    if operation in {"=", "in"}:
        wanted = {_same(item) for item in (value if operation == "in" else [value])}
        return lambda held: _same(held) in wanted
    if operation in _ORDERED:
        compare = _ORDERED[operation]
        unset = (False,) if kind not in {Kind.INTEGER, Kind.FLOAT} else ()
        return lambda held: not any(held is empty for empty in unset) and compare(held, value)
    if operation == "ilike":
        return lambda held: str(value or "").lower() in str(held or "").lower()
    if operation == "like":
        return lambda held: str(value or "") in str(held or "")
    raise _unknown(operation)


def _same(value: Any) -> Any:  # noqa: ANN401
    """Return one value for all that the CRM takes as empty: nothing, False, 0 and the empty text."""
    return value or False


def _malformed() -> RequestInvalid:
    return RequestInvalid(_("Le CRM ne comprend pas le filtre demandé."))


def _unknown(operation: str) -> RequestInvalid:
    return RequestInvalid(
        _("Le CRM ne connaît pas la comparaison {operation} pour ce champ.").format(operation=operation)
    )
