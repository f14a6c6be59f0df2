"""The status as a field that the CRM works out in the write of each fact, from the engine's conditions."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.requirements import Requirement
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.conditions.forms import Exists, Form, Lacks, Unread, Wanted

from .declaration import Blueprint, FieldType, Model
from .paths import is_apart
from .records import Value
from .server_apart import people_apart
from .server_code import expression
from .today import today_statement
from .triggers import columns_of

# A form that is being filled is no record yet: it is decided when it is saved. Deciding before, with the
# server's own rights, would tell whoever links somebody's facts to an empty form what they say of her.
_STATUS = """for record in self:
    if not isinstance(record.id, int):
        record['x_status'] = record.x_status
        continue
{holds}    record['x_status'] = {first}"""

# Where nothing differs, nothing is marked to be worked out again: this is what ends the round.
_FOLLOWED = """people = {people}.filtered(lambda one: isinstance(one.id, int))
told = {{one.id: one.x_status for one in people}}
{again}changed = people.filtered(lambda one: one.x_status != told[one.id])
if changed:
    changed.modified(['x_status'])
"""


def status(model: Model, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM work out the status of each record."""
    return {
        "compute": status_code(model, blueprint),
        "depends": status_triggers(model, blueprint),
        "copied": False,
        "readonly": True,
    }


def status_code(model: Model, blueprint: Blueprint) -> str:
    """Return the Python that gives each record the first status whose requirements all hold."""
    requirements = requirements_of(blueprint.statuses)
    first = "".join(f"{each.id!r} if {_met(each, requirements)} else " for each in blueprint.statuses)
    holds = holding(requirements, model, blueprint, indent=4)
    body = _STATUS.format(holds=holds, first=f"{first}False")
    return today_statement(blueprint) + people_statements(requirements, model, blueprint) + body


def status_triggers(model: Model, blueprint: Blueprint) -> str:
    """Return the columns whose change may change the status; never the status itself."""
    conditions = [each.holds for each in requirements_of(blueprint.statuses)]
    columns = {name for each in conditions for name in columns_of(each, blueprint, model)}
    return ",".join(sorted(columns - {"x_status"}))


def requirements_of(statuses: tuple[StatusRule, ...]) -> list[Requirement]:
    """Return every requirement of the statuses once, in the order in which they are named."""
    found: list[Requirement] = []
    for requirement in (each for status in statuses for each in status.requires):
        if requirement not in found:
            found.append(requirement)
    return found


def people_statements(requirements: list[Requirement], model: Model, blueprint: Blueprint) -> str:
    """Return statements that ask once, for all of `self`, who has facts that are kept apart."""
    found = ((place, facts_apart(each, model)) for place, each in enumerate(requirements))
    return "".join(
        f"apart_{place} = {people_apart(wanted, blueprint=blueprint, model=model)}\n"
        for place, wanted in found
        if wanted is not None
    )


def facts_apart(requirement: Requirement, model: Model) -> Wanted | None:
    """Return the facts kept apart that a requirement is about, if it is about some."""
    wanted = _behind(requirement.holds)
    return wanted if wanted is not None and is_apart(wanted.path, model) else None


def _behind(condition: Form) -> Wanted | None:
    return condition.wanted if isinstance(condition, Exists | Lacks) else None


def holding(requirements: list[Requirement], model: Model, blueprint: Blueprint, *, indent: int) -> str:
    """Return statements that set `holds_0`, `holds_1`… of `record`, one for each requirement."""
    lines = (
        f"{' ' * indent}holds_{place} = {_holds(place, each, model, blueprint)}\n"
        for place, each in enumerate(requirements)
    )
    return "".join(lines)


def requirement_code(requirement: Requirement, model: Model, blueprint: Blueprint) -> str:
    """Return the statements for one requirement alone; Unread or KeyError where the CRM cannot read it."""
    if requirement.when is not None:
        raise Unread("une exigence de statut n’a pas de « when » : dites-le dans « holds »")
    alone = [requirement]
    return people_statements(alone, model, blueprint) + holding(alone, model, blueprint, indent=4)


def _holds(place: int, requirement: Requirement, model: Model, blueprint: Blueprint) -> str:
    if facts_apart(requirement, model) is not None:
        word = "in" if isinstance(requirement.holds, Exists) else "not in"
        return f"record.id {word} apart_{place}"
    return expression(requirement.holds, blueprint=blueprint, model=model)


def _met(status: StatusRule, requirements: list[Requirement]) -> str:
    """Return an expression: whether everything that a status requires holds."""
    return " and ".join(f"holds_{requirements.index(each)}" for each in status.requires)


def has_status(model: Model) -> bool:
    """Tell whether records of the model have a status of the bylaws."""
    return any(field.choices == "statuses" for field in model.fields)


def columns_apart(model: Model, blueprint: Blueprint) -> list[str]:
    """Return the columns of a model that statuses rest on although no person leads to its records."""
    found = {
        column
        for person in blueprint.models
        if has_status(person)
        for field in person.fields
        if field.type is FieldType.APART and field.to == model.key
        for column in _columns_apart(field.key, person, model, blueprint)
    }
    return sorted(found)


def _columns_apart(key: str, person: Model, model: Model, blueprint: Blueprint) -> Iterator[str]:
    for requirement in requirements_of(blueprint.statuses):
        wanted = facts_apart(requirement, person)
        if wanted is not None and wanted.path == key:
            yield f"x_{person.key}_id"
            for part in wanted.where:
                yield from columns_of(part, blueprint, model)


def again_statement(people: str) -> str:
    """Return the statement that has the status of some people worked out again when it is next read."""
    return f"self.env.add_to_compute(self.env['x_mist_person']._fields['x_status'], {people})\n"


def followed_statement(people: str) -> str:
    """Return statements that work out the status of some people again, with all that depends on it."""
    return _FOLLOWED.format(people=people, again=again_statement("people"))
