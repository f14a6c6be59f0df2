"""A proof as data: to keep, and to compare with the one before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mist_connector.errors import MistError

from .outcome import Outcome
from .prove import Proof

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Difference:
    """One try that came out otherwise than in the proof before; empty where it was not made."""

    persona: str
    channel: str
    tier: str
    before: str
    after: str


def as_data(proof: Proof) -> dict[str, Any]:
    """Return the proof for a program; it holds no word of anybody's, planted ones included."""
    return {
        "at": proof.at.isoformat(timespec="seconds"),
        "database": proof.database,
        "holds": proof.holds,
        "figures": figures(proof),
        "unclassified": [f"{path.model}.{path.field} → {path.to}" for path in proof.unclassified],
        "named": list(proof.named),
        "outcomes": [_row(each) for each in proof.outcomes],
    }


def figures(proof: Proof) -> dict[str, float]:
    """Return what was tried and what came of it, in numbers."""
    verdicts = Counter(str(each.verdict) for each in proof.outcomes)
    return {
        "channels": proof.channels,
        "models": proof.models,
        "personas": len({each.persona for each in proof.outcomes}),
        "probes": len(proof.outcomes),
        "requests": proof.requests,
        "seconds": proof.seconds,
        **dict(sorted(verdicts.items())),
    }


def load(path: Path) -> dict[Key, str]:
    """Return the verdicts of a proof that was kept; MistError where the file is none."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["outcomes"]
        return {(row["persona"], row["channel"], row["tier"]): str(row["verdict"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        failure = MistError(f"{path} n'est pas une preuve.", todo="donnez un fichier de « mist prove --out »")
    raise failure


def differences(before: Mapping[Key, str], proof: Proof) -> list[Difference]:
    """Return what came out otherwise than before."""
    after = {(each.persona, each.channel, each.tier): str(each.verdict) for each in proof.outcomes}
    keys = sorted({*before, *after})
    return [
        Difference(*key, before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    ]


def _row(each: Outcome) -> dict[str, str | bool]:
    row: dict[str, str | bool] = {
        "persona": each.persona,
        "channel": each.channel,
        "label": each.fr,
        "tier": each.tier,
        "expected": each.expected,
        "verdict": str(each.verdict),
    }
    return row | ({"reason": each.reason} if each.reason else {})
