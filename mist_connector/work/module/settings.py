"""Settings of the CRM's own that we change and do not own: how they stand, and how they are given back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mist_connector.blueprint.compile_hardening import KEPT_APART, SETTING
from mist_connector.blueprint.records import Record, Reference
from mist_connector.blueprint.settings_code import BEFORE
from mist_connector.crm.port import Crm

from .normalize import Names

Row = Mapping[str, Any]


def keys_of(desired: Iterable[Record]) -> list[str]:
    """Return the keys of the parameters that the desired settings are about."""
    settings = [record for record in desired if record.model == SETTING]
    return [str(record.values["name"]) for record in settings if record.values.get("group_id") is None]


def observed_settings(
    desired: Collection[Record], held: Mapping[str, str], actions: Iterable[Row], names: Names
) -> dict[str, Record]:
    """Return the settings as they stand, by name: those desired, and those that were changed before.

    `held` are parameters by key; a parameter that is not there, and a group that nothing tells of, are left
    out, as something still to be made.
    """
    implied = _implied(actions)
    found: dict[str, Record] = {}
    for record in (each for each in desired if each.model == SETTING):
        group, other = record.values.get("group_id"), record.values.get("implied_id")
        if isinstance(group, Reference) and isinstance(other, Reference):
            ids = implied.get(names.id_of("res.groups", group))
            if ids is not None:
                apart = names.id_of("res.groups", other) not in ids
                found[record.name] = _with(record, KEPT_APART if apart else "yes")
        elif str(record.values["name"]) in held:
            found[record.name] = _with(record, held[str(record.values["name"])])
    wanted = {record.name for record in desired}
    for key in held:
        name = key.removeprefix(BEFORE)
        if key.startswith(BEFORE) and name not in wanted:
            found[name] = Record(name, SETTING, {"name": name})
    return found


def give_back(crm: Crm) -> None:
    """Give every setting that we changed the value that it had: to be done before the notes of it go."""
    domain = [["key", "=like", f"{BEFORE}%"]]
    for row in crm.call("ir.config_parameter", "search_read", domain=domain, fields=["value"]):
        kind, _, rest = str(row["value"]).partition(" ")
        if kind == "parameter":
            key, there, value = rest.partition("=")
            crm.call("ir.config_parameter", "set_param", key=key, value=value if there else False)
        elif rest.endswith(" yes"):
            group, other, _ = rest.split(" ")
            crm.call("res.groups", "write", ids=[int(group)], vals={"implied_ids": [[4, int(other)]]})


def _with(record: Record, value: str) -> Record:
    return Record(record.name, SETTING, {**record.values, "value": value}, record.rules)


def _implied(actions: Iterable[Row]) -> dict[int, set[int]]:
    """Return what each group implies, of the groups that some server action of ours is for."""
    groups = [group for row in actions for group in row.get("group_ids") or () if isinstance(group, Mapping)]
    return {group["id"]: set(group["implied_ids"]) for group in groups}
