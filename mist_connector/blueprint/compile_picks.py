"""Picks as records: the list of names, the action that opens it, and one action for each of its buttons."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from mist_connector.bylaws.text import Text

from .compile_models import model_reference
from .compile_views import empty_page
from .declaration import Blueprint, Model
from .picks import Pick, Recorded
from .pieces import call
from .records import MODULE, Record, Value, group_reference
from .server_words import FRENCH
from .view_buttons import Say, column_of

_BEHIND_OTHER_VIEWS = 90
_PERSON = "person"
_HERE = """here = env[{on!r}].with_user(env.uid).browse({place})
here.check_access('read')
"""
_OPEN = """action = {{
    'type': 'ir.actions.act_window',
    'name': {fr!r} if french else {en!r},
    'res_model': {people!r},
    'view_mode': 'list',
    'views': [(env.ref('{module}.{view}').sudo().id, 'list')],
    'search_view_id': [env.ref('{module}.view_person_search').sudo().id],
    'target': 'current',
    'cache': False,
    'help': {help_fr!r} if french else {help_en!r},
    'domain': [('x_status', 'not in', {without!r}), '!', ({facts!r}, 'any', [{same}])],
    'context': {{'mist_here': here.id}},
}}"""


def pick_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the records of all picks, the list before the action that opens it."""
    for pick in blueprint.picks:
        people, facts = blueprint.model(_PERSON), blueprint.model(pick.records)
        for one in pick.recorded:
            code = _recording_code(pick, one, facts, blueprint)
            yield _action(pick, f"action_{pick.key}_{one.key}", one.label, people, code)
        yield _list(pick, people)
        on = blueprint.model(pick.on)
        yield _action(pick, f"action_{pick.key}", pick.label, on, _opening_code(pick, on, people, facts))


def _action(pick: Pick, name: str, label: Text, model: Model, code: str) -> Record:
    values: Mapping[str, Value] = {
        "name": label,
        "model_id": model_reference(model.technical),
        "binding_model_id": None,
        "binding_view_types": "list,form",
        "state": "code",
        "code": code,
        "group_ids": frozenset(map(group_reference, pick.groups)),
    }
    return Record(name, "ir.actions.server", values, (pick.rule,))


def _same(pick: Pick, on: Model, facts: Model) -> dict[str, str]:
    """Return the values that a fact takes over, as code, by column."""
    return {facts.field(key).column: f"here.{on.field(key).column}" for key in pick.same}


def _opening_code(pick: Pick, on: Model, people: Model, facts: Model) -> str:
    links = (field.column for field in people.fields if field.to == pick.records)
    help_ = empty_page(pick.empty)
    terms = [f"({column!r}, '=', {value})" for column, value in _same(pick, on, facts).items()]
    here = _HERE.format(on=on.technical, place="env.context.get('active_id')")
    return (
        FRENCH
        + here
        + _OPEN.format(
            fr=pick.label.fr,
            en=pick.label.en,
            people=people.technical,
            module=MODULE,
            view=f"view_person_{pick.key}",
            help_fr=help_.fr,
            help_en=help_.en,
            without=list(pick.without),
            facts=next(links),
            same=", ".join(terms),
        )
    )


def _recording_code(pick: Pick, one: Recorded, facts: Model, blueprint: Blueprint) -> str:
    on = blueprint.model(pick.on)
    given = {
        "on": on.technical,
        "model": facts.technical,
        "same": {facts.field(key).column: on.field(key).column for key in pick.same},
        "values": {facts.field(key).column: value for key, value in one.given.items()},
        "done": (pick.done.fr, pick.done.en),
    }
    return f"action = {call('roll', repr(given), env='env')}"


def _list(pick: Pick, people: Model) -> Record:
    values: Mapping[str, Value] = {
        "name": f"{people.technical}.{pick.key}",
        "model": people.technical,
        "type": "list",
        "priority": _BEHIND_OTHER_VIEWS,
        "active": True,
        "arch_db": Text(
            fr=_arch(pick, people, lambda text: text.fr), en=_arch(pick, people, lambda text: text.en)
        ),
    }
    return Record(f"view_person_{pick.key}", "ir.ui.view", values, (pick.rule,))


def _arch(pick: Pick, people: Model, say: Say) -> str:
    # Everybody on one page: who is ticked on one page is forgotten on the next.
    fixed = {"create": "0", "delete": "0", "edit": "0", "duplicate": "0", "export_xlsx": "0", "limit": "400"}
    rows = ET.Element("list", {**fixed, "default_order": column_of(people, pick.shows[0])})
    header = ET.SubElement(rows, "header")
    for place, one in enumerate(pick.recorded):
        name = f"{MODULE}.action_{pick.key}_{one.key}"
        style = "btn-secondary" if place else "btn-primary"
        attributes = {"name": name, "type": "action", "string": say(one.label), "class": style}
        ET.SubElement(header, "button", attributes)
    for key in pick.shows:
        ET.SubElement(rows, "field", {"name": column_of(people, key)})
    return ET.canonicalize(ET.tostring(rows, encoding="unicode"))
