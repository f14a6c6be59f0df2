"""Fields of the server that lead to a person or to a fact about her, and that the mappings do not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.port import Crm

from .finding import UNKNOWN, Trace, trace_of


@dataclass(frozen=True)
class Path:
    """A field of some model that leads to a person or to a fact about her."""

    model: str
    field: str
    to: str
    trace: Trace = UNKNOWN


def unclassified(crm: Crm, blueprint: Blueprint) -> list[Path]:
    """Return every field of the server that leads to a model of ours and that the mappings do not declare."""
    declared = {(model.technical, field.column) for model in blueprint.models for field in model.fields} | {
        (model.technical, "x_association_id") for model in blueprint.models
    }
    domain = ["|", ["relation", "=like", "x_mist_%"], ["model", "=like", "x_mist_%"]]
    fields = ["model", "name", "relation", "write_uid", "write_date"]
    rows = crm.call("ir.model.fields", "search_read", domain=domain, fields=fields)
    ours = {model.technical for model in blueprint.models}
    return [
        Path(row["model"], row["name"], row["relation"] or row["model"], trace_of(row))
        for row in rows
        if (row["model"], row["name"]) not in declared and _leads(row, ours)
    ]


def _leads(row: Mapping[str, Any], ours: set[str]) -> bool:
    """Tell whether a field points to a model of ours, or is on an undeclared model named like ours."""
    return str(row["relation"] or "").startswith("x_mist_") or row["model"] not in ours
