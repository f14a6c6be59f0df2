"""What the CRM holds of ours, in at most seven requests, whatever the size of the register."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mist_connector.blueprint.compile_hardening import SETTING
from mist_connector.blueprint.kinds import KINDS
from mist_connector.blueprint.records import MODULE, Record
from mist_connector.blueprint.settings_code import BEFORE
from mist_connector.crm.gate import require_supported
from mist_connector.crm.port import Crm
from mist_connector.crm.version import module_version
from mist_connector.planning.observed import Added, Deployed, Observed

from .normalize import Names, normalized
from .settings import keys_of, observed_settings
from .tables import CONTEXT, OURS, Row, read_rows, read_tables, search

PARAMETER = f"{MODULE}.deployed"
_AT = f"{PARAMETER} at"  # among the parameters that were read: when the last apply noted its own
BOOKKEEPING = ("deployed", "action_expect")
# A file of the web pages leads to its place; nothing leads to the file, so that it costs a request.
SCRIPTS = ("ir.attachment", "ir.asset")


def observe(crm: Crm, *, desired: Collection[Record], depends: Sequence[str]) -> Observed:
    """Return what the CRM holds of ours, what was added to it by hand, and what the last apply left."""
    needed = {record.needs for record in desired if record.needs}
    states = module_states(crm, [*depends, *sorted(needed), "base_import_module", MODULE])
    absent = frozenset(name for name in needed if states.get(name) != "installed")
    missing = frozenset(name for name in (*depends, "base_import_module") if states.get(name) != "installed")
    unknown = missing - set(states)
    if states.get(MODULE) != "installed":
        taken = _taken(search(crm, "ir.model", [["model", "=like", OURS]], {"model": {}}), desired)
        return Observed(missing=missing, absent=absent, unknown=unknown, taken=taken)
    held = read_parameters(crm, keys_of(desired))
    deployed = read_deployed(held)
    applicable = [record for record in desired if record.needs not in absent]
    observed = observe_deployed(crm, desired=applicable, deployed=deployed, held=held, missing=missing)
    return replace(observed, absent=absent, unknown=unknown)


def module_states(crm: Crm, names: Sequence[str]) -> dict[str, str]:
    """Return the state of each module that the server knows.

    The CRM's version stands in the same rows: one that mist does not work on is refused here, before
    anything is written. Raises `CrmError` then, and `LanguageMissing` where French is not active: a title is
    asked for in it, so that this costs no request of its own.
    """
    domain = [["name", "in", ["base", *names]]]
    fields = ["name", "state", "latest_version", "shortdesc"]
    rows = crm.call("ir.module.module", "search_read", domain=domain, fields=fields, context=CONTEXT)
    for row in rows:
        if row["name"] == "base":
            require_supported(module_version(str(row["latest_version"])))
    return {row["name"]: row["state"] for row in rows}


def read_parameters(crm: Crm, keys: Sequence[str]) -> dict[str, str]:
    """Return the parameters of these keys that are there, and what the applies noted down, and when."""
    domain = ["|", ["key", "in", [PARAMETER, *keys]], ["key", "=like", f"{BEFORE}%"]]
    fields = ["key", "value", "write_date"]
    rows = crm.call("ir.config_parameter", "search_read", domain=domain, fields=fields)
    held = {row["key"]: row["value"] or "" for row in rows}
    for row in rows:
        if row["key"] == PARAMETER:
            held[_AT] = row["write_date"]
    return held


def read_deployed(held: Mapping[str, str]) -> Deployed | None:
    """Return what the last apply noted down about itself."""
    if PARAMETER not in held:
        return None
    fingerprint, _, digests = held[PARAMETER].partition(" ")
    at = datetime.fromisoformat(held[_AT]).replace(tzinfo=UTC) if held.get(_AT) else None
    try:
        return Deployed(fingerprint, json.loads(digests or "{}"), at)
    except ValueError:
        return Deployed(fingerprint, {}, at)


def observe_deployed(
    crm: Crm,
    *,
    desired: Collection[Record],
    deployed: Deployed | None,
    held: Mapping[str, str] | None = None,
    missing: frozenset[str] = frozenset(),
    external_ids: Sequence[Mapping[str, Any]] = (),
) -> Observed:
    """Return what a CRM holds on which we are deployed.

    `held` are the parameters, where they were read; else they and the scripts are as desired, as after an
    import. `external_ids` are its rows of them, where they were read and none has changed since.
    """
    external_ids = external_ids or _external_ids(crm, desired)
    names = Names(external_ids)
    ours = names.ours(but=BOOKKEEPING)
    ours["ir.config_parameter"] = []  # notes of our own, read with the settings
    just_imported = [] if held is not None else [ours.pop(model, []) for model in SCRIPTS]
    tables = read_tables(crm, ours, names)
    for model, ids in ours.items():
        unseen = sorted(set(ids) - set(tables.get(model, {})))
        if unseen and KINDS.get(model):
            # A hand took it out of the place where the reads above look: read it by its id.
            tables.setdefault(model, {}).update(read_rows(crm, model, unseen))
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
    models = tables.get("ir.model", {})
    strange = [row for row_id, row in models.items() if ("ir.model", row_id) not in names.own]
    if just_imported:
        records |= {
            each.name: each for each in desired if each.model in SCRIPTS and each.name in names.own.values()
        }
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
        external_ids=tuple(external_ids),
        taken=_taken(strange, desired),
    )


def _taken(rows: Iterable[Row], desired: Iterable[Record]) -> frozenset[str]:
    """Return the models, of those that are not ours, that bear a name which we need."""
    needed = {str(record.values["model"]) for record in desired if record.model == "ir.model"}
    return frozenset(row["model"] for row in rows) & needed


def _as_desired(desired: Iterable[Record]) -> dict[str, str]:
    settings = [record.values for record in desired if record.model == SETTING]
    return {str(values["name"]): str(values["value"]) for values in settings if not values.get("group_id")}


def _a_right(records: Mapping[str, Record], names: Names) -> int | None:
    """Return an access right that is active already, so that writing it so changes nothing."""
    for (model, row_id), name in names.own.items():
        if model == "ir.model.access" and name in records and records[name].values["active"]:
            return row_id
    return None


def _external_ids(crm: Crm, desired: Iterable[Record]) -> list[Row]:
    """Return the CRM's rows of the external ids of ours, and of those of others that we refer to."""
    foreign = sorted(Names.foreign_references(desired))
    modules = sorted({reference.split(".")[0] for reference in foreign})
    others = ["&", ["module", "in", modules], ["name", "in", [name.split(".", 1)[1] for name in foreign]]]
    domain = ["|", ["module", "=", MODULE], *others]
    fields = ["module", "name", "model", "res_id"]
    rows = crm.call("ir.model.data", "search_read", domain=domain, fields=fields)
    # A record of others may have several names: it is known by the one that we refer to it by.
    known = {MODULE, *foreign}
    return [row for row in rows if known & {row["module"], f"{row['module']}.{row['name']}"}]


_OPEN_DOORS = ("ir.model.access", "ir.rule", "ir.actions.server")


def _added(tables: Mapping[str, Mapping[int, Row]], names: Names) -> Iterable[Added]:
    """Return access rights, rules and code that somebody put on our models by hand."""
    for model in _OPEN_DOORS:
        for row_id, row in sorted(tables.get(model, {}).items()):
            if (model, row_id) not in names.own:
                yield Added(model, row_id, str(row.get("name")))
