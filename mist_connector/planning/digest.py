"""Digests of records: short enough to keep, enough to tell whether something changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from mist_connector.blueprint.records import Record, Reference, Value


def record_digest(record: Record) -> str:
    """Return a digest of a record's content, the same for equal records."""
    content = {column: _plain(value) for column, value in record.in_french().values.items()}
    text = json.dumps([record.model, content], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digests(records: Iterable[Record]) -> dict[str, str]:
    """Return the digest of each record by name."""
    return {record.name: record_digest(record) for record in records}


def fingerprint(named: Mapping[str, str], *more: str) -> str:
    """Return one digest of many."""
    text = json.dumps([sorted(named.items()), *more])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _plain(value: Value) -> object:
    if isinstance(value, frozenset):
        return sorted(str(reference) for reference in value)
    return str(value) if isinstance(value, Reference) else value
