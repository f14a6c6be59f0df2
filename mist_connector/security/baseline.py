"""What a CRM was when somebody last answered for it, signed, and how the CRM of today differs from it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

Key = tuple[str, int]


class Act(StrEnum):
    """How a record differs from the baseline."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Entry:
    """One record: a digest of what it says, and the module that ships it, empty for what a hand made."""

    digest: str
    module: str = ""


@dataclass(frozen=True)
class State:
    """Every record that may open a door, by table and number, and the version of each module installed."""

    entries: Mapping[Key, Entry]
    modules: Mapping[str, str]


@dataclass(frozen=True)
class Acknowledged:
    """One time that somebody answered for what is there: who, when, why, and how many records."""

    at: str
    by: str
    reason: str
    count: int


@dataclass(frozen=True)
class Baseline:
    """The state that was answered for, in which database, and each time that it was."""

    database: str
    state: State
    history: tuple[Acknowledged, ...] = ()


@dataclass(frozen=True)
class Difference:
    """One record that is not as it was answered for; `module` ships it today, or did."""

    act: Act
    model: str
    id: int
    module: str = ""


@dataclass(frozen=True)
class Record:
    """A baseline as it was read; `trusted` where its signature is that of this connector."""

    baseline: Baseline
    trusted: bool = field(default=True)


def compare(baseline: State, today: State) -> tuple[Difference, ...]:
    """Return every record that is new, changed or gone, in the order of tables and numbers."""
    return tuple(sorted(_differences(baseline, today), key=lambda each: (each.model, each.id)))


def _differences(baseline: State, today: State) -> Iterator[Difference]:
    for key, entry in today.entries.items():
        known = baseline.entries.get(key)
        if known is None:
            yield Difference(Act.NEW, *key, entry.module)
        elif known.digest != entry.digest:
            yield Difference(Act.CHANGED, *key, entry.module)
    for key, entry in baseline.entries.items():
        if key not in today.entries:
            yield Difference(Act.GONE, *key, entry.module)


def accept(baseline: Baseline, today: State, keys: frozenset[Key], how: Acknowledged) -> Baseline:
    """Return the baseline with these records, and every module, as they are today."""
    entries = {key: entry for key, entry in baseline.state.entries.items() if key not in keys}
    entries |= {key: entry for key, entry in today.entries.items() if key in keys}
    return replace(baseline, state=State(entries, today.modules), history=(*baseline.history, how))


def written(baseline: Baseline, secret: bytes) -> str:
    """Return a baseline as text, behind the digest that only whoever has the secret can make."""
    tables: dict[str, dict[str, str]] = {}
    for (model, row_id), entry in sorted(baseline.state.entries.items()):
        tables.setdefault(model, {})[str(row_id)] = f"{entry.digest} {entry.module}".strip()
    told = {
        "database": baseline.database,
        "modules": dict(sorted(baseline.state.modules.items())),
        "records": tables,
        "history": [vars(each) for each in baseline.history],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"{_signature(text, secret)} {text}"


def read(value: str, secret: bytes | None, database: str) -> Record | None:
    """Return a baseline that was written, trusted or not; None for what is none at all."""
    signature, _, text = value.partition(" ")
    try:
        told = json.loads(text)
        found = _baseline(told)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    own = secret is not None and hmac.compare_digest(signature, _signature(text, secret))
    return Record(found, trusted=own and found.database == database)


def _baseline(told: Mapping[str, Any]) -> Baseline:
    entries = {
        (model, int(row_id)): Entry(*each.split(" ", 1))
        for model, rows in told["records"].items()
        for row_id, each in rows.items()
    }
    history = tuple(Acknowledged(**each) for each in told["history"])
    return Baseline(told["database"], State(entries, told["modules"]), history)


def _signature(text: str, secret: bytes) -> str:
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
