"""The CRM's tables as one look reads them: each model with all that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mist_connector.blueprint.kinds import KINDS
from mist_connector.crm.port import Crm

from .normalize import Names

# How the CRM shows it in French, archived things included.
CONTEXT = {"lang": "fr_FR", "active_test": False}
OURS = "x_mist_%"
Row = dict[str, Any]
Tables = dict[str, dict[int, Row]]


def read_tables(crm: Crm, ours: Mapping[str, Sequence[int]], names: Names) -> Tables:
    """Read models with all that hangs on them, groups with menus and windows, server actions and scripts."""
    tables: Tables = {}
    with_ours = [
        ["rule_ids", "in", ours.get("ir.rule", [])],
        ["field_id", "in", ours.get("ir.model.fields", [])],
    ]
    domain: list[Any] = ["|", "|", ["model", "=like", OURS], *with_ours]
    for row in search(crm, "ir.model", domain, _MODEL):
        if not row["model"].startswith(OURS[:-1]):
            _keep_own_of(tables, row, names)
            continue
        _keep(tables, "ir.model", row, {})
        for field in row["field_id"]:
            _keep(tables, "ir.model.fields", field, {"model_id": row["id"]})
            for choice in field["selection_ids"]:
                _keep(tables, "ir.model.fields.selection", choice, {"field_id": field["id"]})
        for column, model in (
            ("access_ids", "ir.model.access"),
            ("rule_ids", "ir.rule"),
            ("view_ids", "ir.ui.view"),
        ):
            for part in row[column]:
                _keep(tables, model, part, {"model_id": row["id"]})
    _keep_groups(tables, crm)
    _keep_code(tables, crm, ours)
    return tables


def _keep_groups(tables: Tables, crm: Crm) -> None:
    """Keep groups, with the menus and windows that hang on them."""
    for row in search(crm, "res.groups.privilege", [["group_ids.full_name", "ilike", "MIST"]], _PRIVILEGE):
        _keep(tables, "res.groups.privilege", row, {})
        for group in row["group_ids"]:
            _keep(tables, "res.groups", group, {"privilege_id": row["id"]})
            _keep_menus(tables, group["menu_access"])


def _keep_code(tables: Tables, crm: Crm, ours: Mapping[str, Sequence[int]]) -> None:
    """Keep what runs: server actions, and scripts of the web pages with their places."""
    domain = ["|", ["id", "in", list(ours.get("ir.actions.server", []))], ["model_id.model", "=like", OURS]]
    for row in search(crm, "ir.actions.server", domain, _ACTION):
        _keep(tables, "ir.actions.server", row, {})
    if scripts := ours.get("ir.attachment"):
        for row in search(crm, "ir.attachment", [["id", "in", list(scripts)]], _SCRIPT):
            _keep(tables, "ir.attachment", row, {})
            if isinstance(row["res_id"], Mapping):
                _keep(tables, "ir.asset", dict(row["res_id"]), {})


def _keep_own_of(tables: Tables, row: Row, names: Names) -> None:
    """Keep what is ours on a model of others."""
    for column, model in (("field_id", "ir.model.fields"), ("rule_ids", "ir.rule")):
        for part in row[column]:
            if (model, part["id"]) in names.own:
                _keep(tables, model, part, {"model_id": row["id"]})


def _keep_menus(tables: Tables, menus: Iterable[Row]) -> None:
    for menu in menus:
        window = menu["action"]
        if isinstance(window, Mapping):
            # A reference field answers the record with its id wrapped together with its model.
            row = {**window, "id": window["id"]["id"]}
            _keep(tables, "ir.actions.act_window", row, {})
            menu["action"] = f"ir.actions.act_window,{row['id']}"
        _keep(tables, "ir.ui.menu", menu, {})


def _keep(tables: Tables, model: str, row: Row, known: Row) -> None:
    tables.setdefault(model, {})[row["id"]] = row | known


def search(crm: Crm, model: str, domain: list[Any], specification: Row) -> list[Row]:
    """Return the rows of a model, with all that the specification asks for."""
    found = crm.call(model, "web_search_read", domain=domain, specification=specification, context=CONTEXT)
    records: list[Row] = found["records"]
    return records


def read_rows(crm: Crm, model: str, ids: list[int]) -> dict[int, Row]:
    """Return single rows of a model by id, with the columns that we answer for."""
    rows = search(crm, model, [["id", "in", ids]], _columns(model))
    return {row["id"]: row for row in rows}


def _columns(model: str, *, without: str = "", **more: Row) -> Row:
    columns: Row = {column: {} for column in KINDS[model] if column != without}
    return columns | more


_MODEL = _columns(
    "ir.model",
    # Counted by the server past every access rule: the account that deploys sees no register.
    count={},
    field_id={
        "fields": _columns(
            "ir.model.fields",
            without="model_id",
            state={},
            selection_ids={"fields": _columns("ir.model.fields.selection", without="field_id")},
        )
    },
    access_ids={"fields": _columns("ir.model.access", without="model_id"), "context": CONTEXT},
    rule_ids={"fields": _columns("ir.rule", without="model_id"), "context": CONTEXT},
    view_ids={"fields": _columns("ir.ui.view"), "context": CONTEXT},
)
_WINDOW = {"fields": _columns("ir.actions.act_window")}
_MENU = {**_columns("ir.ui.menu"), "action": _WINDOW}
_PRIVILEGE = _columns(
    "res.groups.privilege",
    group_ids={
        "fields": _columns(
            "res.groups",
            without="privilege_id",
            menu_access={"fields": _MENU, "context": CONTEXT},
        )
    },
)
_SCRIPT = _columns("ir.attachment", res_id={"fields": _columns("ir.asset")})
_ACTION = _columns("ir.actions.server") | {"group_ids": {"fields": {"implied_ids": {}}}}
