"""What the CRM holds of ours, in at most six requests whatever the size of the register."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mist_connector.blueprint.compile_hardening import SETTING
from mist_connector.blueprint.kinds import KINDS
from mist_connector.blueprint.records import MODULE, Record
from mist_connector.blueprint.settings_code import BEFORE
from mist_connector.planning.observed import Added, Deployed, Observed

from .gate import require_supported
from .normalize import Names, normalized
from .port import Crm
from .settings import keys_of, observed_settings
from .version import module_version

PARAMETER = f"{MODULE}.deployed"
BOOKKEEPING = ("deployed", "action_expect")
# How the CRM shows it in French, archived things included.
CONTEXT = {"lang": "fr_FR", "active_test": False}
_OURS = "x_mist_%"
Row = dict[str, Any]


def observe(crm: Crm, *, desired: Collection[Record], depends: Sequence[str]) -> Observed:
    """Return what the CRM holds of ours, what was added to it by hand, and what the last apply left."""
    needed = {record.needs for record in desired if record.needs}
    states = module_states(crm, [*depends, *sorted(needed), "base_import_module", MODULE])
    absent = frozenset(name for name in needed if states.get(name) != "installed")
    missing = frozenset(name for name in (*depends, "base_import_module") if states.get(name) != "installed")
    if states.get(MODULE) != "installed":
        return Observed(missing=missing, absent=absent)
    held = read_parameters(crm, keys_of(desired))
    deployed = read_deployed(held)
    applicable = [record for record in desired if record.needs not in absent]
    observed = observe_deployed(crm, desired=applicable, deployed=deployed, held=held, missing=missing)
    return replace(observed, absent=absent)


def module_states(crm: Crm, names: Sequence[str]) -> dict[str, str]:
    """Return the state of each module that the server knows.

    The CRM's version stands in the same rows: one that mist does not work on is refused here, before
    anything is written. Raises `CrmError` then.
    """
    domain = [["name", "in", ["base", *names]]]
    fields = ["name", "state", "latest_version"]
    rows = crm.call("ir.module.module", "search_read", domain=domain, fields=fields)
    for row in rows:
        if row["name"] == "base":
            require_supported(module_version(str(row["latest_version"])))
    return {row["name"]: row["state"] for row in rows}


def read_parameters(crm: Crm, keys: Sequence[str]) -> dict[str, str]:
    """Return the parameters of these keys that are there, and what the applies noted down."""
    domain = ["|", ["key", "in", [PARAMETER, *keys]], ["key", "=like", f"{BEFORE}%"]]
    rows = crm.call("ir.config_parameter", "search_read", domain=domain, fields=["key", "value"])
    return {row["key"]: row["value"] or "" for row in rows}


def read_deployed(held: Mapping[str, str]) -> Deployed | None:
    """Return what the last apply noted down about itself."""
    if PARAMETER not in held:
        return None
    fingerprint, _, digests = held[PARAMETER].partition(" ")
    try:
        return Deployed(fingerprint, json.loads(digests or "{}"))
    except ValueError:
        return Deployed(fingerprint, {})


def observe_deployed(
    crm: Crm,
    *,
    desired: Collection[Record],
    deployed: Deployed | None,
    held: Mapping[str, str] | None = None,
    missing: frozenset[str] = frozenset(),
) -> Observed:
    """Return what a CRM holds on which we are deployed.

    `held` are the parameters, where they were read; else they are as desired, as after an import.
    """
    names = _external_ids(crm, desired)
    ours = names.ours(but=BOOKKEEPING)
    ours["ir.config_parameter"] = []  # notes of our own, read with the settings
    tables = _tables(crm, ours, names)
    for model, ids in ours.items():
        unseen = sorted(set(ids) - set(tables.get(model, {})))
        if unseen and KINDS.get(model):
            # A hand took it out of the place where the reads above look: read it by its id.
            tables.setdefault(model, {}).update(_read(crm, model, unseen))
    records = {
        names.own[model, row_id]: Record(
            names.own[model, row_id], model, normalized(model, tables[model][row_id], names)
        )
        for model in KINDS
        for row_id in sorted(ours.get(model, ()))
        if row_id in tables.get(model, {})
    }
    records |= {
        name: Record(name, model, {}) for (model, _), name in names.own.items() if KINDS.get(model) == {}
    }
    actions = tables.get("ir.actions.server", {}).values()
    records |= observed_settings(desired, _as_desired(desired) if held is None else held, actions, names)
    counts = {row["model"]: int(row["count"]) for row in tables.get("ir.model", {}).values()}
    added = tuple(_added(tables, names))
    return Observed(
        records,
        added,
        deployed,
        installed=True,
        counts=counts,
        missing=missing,
        tangled=names.tangled,
        a_right=_a_right(records, names),
    )


def _as_desired(desired: Iterable[Record]) -> dict[str, str]:
    settings = [record.values for record in desired if record.model == SETTING]
    return {str(values["name"]): str(values["value"]) for values in settings if not values.get("group_id")}


def _a_right(records: Mapping[str, Record], names: Names) -> int | None:
    """Return an access right that is active already, so that writing it so changes nothing."""
    for (model, row_id), name in names.own.items():
        if model == "ir.model.access" and name in records and records[name].values["active"]:
            return row_id
    return None


def _external_ids(crm: Crm, desired: Iterable[Record]) -> Names:
    foreign = sorted(Names.foreign_references(desired))
    modules = sorted({reference.split(".")[0] for reference in foreign})
    others = ["&", ["module", "in", modules], ["name", "in", [name.split(".", 1)[1] for name in foreign]]]
    domain = ["|", ["module", "=", MODULE], *others]
    fields = ["module", "name", "model", "res_id"]
    rows = crm.call("ir.model.data", "search_read", domain=domain, fields=fields)
    # A record of others may have several names: it is known by the one that we refer to it by.
    known = {MODULE, *foreign}
    return Names(row for row in rows if known & {row["module"], f"{row['module']}.{row['name']}"})


def _tables(crm: Crm, ours: Mapping[str, Sequence[int]], names: Names) -> dict[str, dict[int, Row]]:
    """Read models with all that hangs on them, groups with menus and windows, and server actions."""
    tables: dict[str, dict[int, Row]] = {}
    with_ours = [
        ["rule_ids", "in", ours.get("ir.rule", [])],
        ["field_id", "in", ours.get("ir.model.fields", [])],
    ]
    domain: list[Any] = ["|", "|", ["model", "=like", _OURS], *with_ours]
    for row in _search(crm, "ir.model", domain, _MODEL):
        if not row["model"].startswith(_OURS[:-1]):
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
    for row in _search(crm, "res.groups.privilege", [["group_ids.full_name", "ilike", "MIST"]], _PRIVILEGE):
        _keep(tables, "res.groups.privilege", row, {})
        for group in row["group_ids"]:
            _keep(tables, "res.groups", group, {"privilege_id": row["id"]})
            _keep_menus(tables, group["menu_access"])
    domain = ["|", ["id", "in", list(ours.get("ir.actions.server", []))], ["model_id.model", "=like", _OURS]]
    for row in _search(crm, "ir.actions.server", domain, _ACTION):
        _keep(tables, "ir.actions.server", row, {})
    return tables


def _keep_own_of(tables: dict[str, dict[int, Row]], row: Row, names: Names) -> None:
    """Keep what is ours on a model of others."""
    for column, model in (("field_id", "ir.model.fields"), ("rule_ids", "ir.rule")):
        for part in row[column]:
            if (model, part["id"]) in names.own:
                _keep(tables, model, part, {"model_id": row["id"]})


def _keep_menus(tables: dict[str, dict[int, Row]], menus: Iterable[Row]) -> None:
    for menu in menus:
        window = menu["action"]
        if isinstance(window, Mapping):
            # A reference field answers the record with its id wrapped together with its model.
            row = {**window, "id": window["id"]["id"]}
            _keep(tables, "ir.actions.act_window", row, {})
            menu["action"] = f"ir.actions.act_window,{row['id']}"
        _keep(tables, "ir.ui.menu", menu, {})


def _keep(tables: dict[str, dict[int, Row]], model: str, row: Row, known: Row) -> None:
    tables.setdefault(model, {})[row["id"]] = row | known


def _search(crm: Crm, model: str, domain: list[Any], specification: Row) -> list[Row]:
    found = crm.call(model, "web_search_read", domain=domain, specification=specification, context=CONTEXT)
    records: list[Row] = found["records"]
    return records


def _read(crm: Crm, model: str, ids: list[int]) -> dict[int, Row]:
    rows = _search(crm, model, [["id", "in", ids]], _columns(model))
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
_ACTION = _columns("ir.actions.server") | {"group_ids": {"fields": {"implied_ids": {}}}}
_OPEN_DOORS = ("ir.model.access", "ir.rule", "ir.actions.server")


def _added(tables: Mapping[str, Mapping[int, Row]], names: Names) -> Iterable[Added]:
    """Return access rights, rules and code that somebody put on our models by hand."""
    for model in _OPEN_DOORS:
        for row_id, row in sorted(tables.get(model, {}).items()):
            if (model, row_id) not in names.own:
                yield Added(model, row_id, str(row.get("name")))
