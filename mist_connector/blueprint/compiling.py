"""The blueprint as records of the CRM: what `mist plan` compares and `mist apply` deploys."""

from __future__ import annotations

from collections.abc import Iterator

from .compile_access import access_records, group_records, lease_records
from .compile_actions import action_records
from .compile_acts import act_records
from .compile_fields import field_records
from .compile_hardening import hardening_records
from .compile_models import association_record, model_record
from .compile_picks import pick_records
from .compile_scripts import script_records
from .compile_views import menu_records, root_menus, view_records
from .declaration import Blueprint
from .pieces import piece_records
from .records import Record


def compile_blueprint(blueprint: Blueprint) -> tuple[Record, ...]:
    """Return every record that the CRM must hold, each after those that it refers to."""
    return tuple(_records(blueprint))


def _records(blueprint: Blueprint) -> Iterator[Record]:
    yield from group_records(blueprint)
    for model in blueprint.models:
        yield model_record(model)
    yield from piece_records(blueprint)
    yield from field_records(blueprint)
    yield association_record()
    yield from action_records(blueprint)
    yield from act_records(blueprint)
    yield from pick_records(blueprint)
    for model in blueprint.models:
        yield from access_records(model, blueprint)
        yield from lease_records(model, blueprint)
        yield from view_records(model, blueprint)
    yield from hardening_records(blueprint)
    yield from script_records(blueprint)
    yield from root_menus(blueprint)
    for model in blueprint.models:
        yield from menu_records(model, blueprint)
