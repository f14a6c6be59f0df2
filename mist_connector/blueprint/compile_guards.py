"""Guards: stored computed fields that refuse, in the write's own transaction, what the bylaws forbid.

The CRM computes a guard again whenever a field that it depends on changes, whichever way the change came:
form, list, import, RPC, cascade or elevated code. A guard that finds something forbidden runs the server
action `refuse`, which raises the CRM's own user error: the same object is the lock and the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.conditions import Requirement
from mist_connector.bylaws.statuses import StatusRule

from .declaration import Blueprint, Hook, Model
from .records import MODULE
from .server_code import expression
from .server_crowd import crowd_statements
from .today import today_statement
from .triggers import columns_of

# A form that is being filled is checked when it is saved, not before (see compile_status).
_HEAD = """for record in self:
    if not isinstance(record.id, int):
        record['x_guard'] = 'ok'
        continue
    refused = []
    code = record.x_name or ''
    shape = ''.join(['0' if letter in '0123456789ABCDEF' else letter for letter in code[%d:]])
    if code and (code[:%d] != %r or shape != '-0000-0000'):
        refused.append((%r, %r))
"""
# Whoever may not enter a record at all is told that alone, as where nothing is forbidden: the sentences tell
# facts about somebody whom she may not read, since the CRM looks at its rules after the guard. Where she has
# no right on the model, it is elevated code that writes.
_TAIL = """    if refused and not record.x_guard:
        hers = record.with_user(self.env.uid)
        if hers.browse().has_access('create'):
            hers.check_access('create')
    if refused:
        french = (self.env.lang or self.env.user.lang or 'fr_FR').startswith('fr')
        sentences = [pair[0] if french else pair[1] for pair in refused]
        action = self.env.ref('%s.action_refuse').sudo()
        action.with_context(mist_refusal='\\n\\n'.join(sentences)).run()
    record['x_guard'] = 'ok'"""
_NEUTRAL = (
    "Règlement intérieur (C02) : la référence est un code neutre, jamais un nom.",
    "Bylaws (C02): the reference is a neutral code, never a name.",
)


def guard_code(model: Model, blueprint: Blueprint) -> str:
    """Return the Python that computes the guard of a model."""
    checks = "".join(_checks(model, blueprint))
    length = len(model.prefix)
    head = _HEAD % (length, length, model.prefix, *_NEUTRAL)
    return today_statement(blueprint) + head + checks + _TAIL % MODULE


def guard_triggers(model: Model, blueprint: Blueprint) -> str:
    """Return the columns whose change makes the CRM compute the guard again."""
    columns = {"x_name"}
    for hook in _hooks(model, blueprint):
        named = _columns(hook.requirement, model, blueprint)
        columns |= _own(named) if hook.on_entry else named
        columns |= {model.field(key).column for key in hook.watching}
    if has_status(model):
        columns.add("x_status")
        for requirement in _status_requirements(blueprint):
            columns |= _columns(requirement, model, blueprint)
    return ",".join(sorted(columns))


def _columns(requirement: Requirement, model: Model, blueprint: Blueprint) -> set[str]:
    parts = (requirement.holds, requirement.when)
    return {name for part in parts if part for name in columns_of(part, blueprint, model)}


def _own(columns: set[str]) -> set[str]:
    """Return the record's own columns among those that a condition looks at."""
    heads = {column.partition(".")[0] for column in columns}
    return {head for head in heads if head in columns or head.endswith("_id")}


def _checks(model: Model, blueprint: Blueprint) -> Iterator[str]:
    for hook in _hooks(model, blueprint):
        yield guard_check("True", hook.requirement, blueprint, model)
    if has_status(model):
        for status in blueprint.statuses:
            yield from _status_checks(status, blueprint, model)


def _status_checks(status: StatusRule, blueprint: Blueprint, model: Model) -> Iterator[str]:
    for requirement in status.requires:
        if requirement.enforced:
            yield guard_check(f"record.x_status == {status.id!r}", requirement, blueprint, model)


def guard_check(when: str, requirement: Requirement, blueprint: Blueprint, model: Model) -> str:
    """Return the statements that check one requirement of a record; KeyError or ValueError if impossible."""
    if requirement.when is not None:
        when = f"{when} and {expression(requirement.when, blueprint=blueprint, model=model)}"
    before, crowd = "", requirement.holds.together
    if crowd is None:
        holds = expression(requirement.holds, blueprint=blueprint, model=model)
    else:
        before, holds = crowd_statements(crowd, when=when, blueprint=blueprint, model=model), "fits"
    title = blueprint.section_titles[requirement.cited]
    french = f"Règlement intérieur, « {title.fr} » ({requirement.cited}) : {requirement.otherwise.fr}"
    english = f"Bylaws, “{title.en}” ({requirement.cited}): {requirement.otherwise.en}"
    return f"{before}    if {when} and not {holds}:\n        refused.append(({french!r}, {english!r}))\n"


def _hooks(model: Model, blueprint: Blueprint) -> list[Hook]:
    return [hook for hook in blueprint.hooks if hook.model == model.key]


def has_status(model: Model) -> bool:
    """Tell whether records of the model have a status of the bylaws."""
    return any(field.choices == "statuses" for field in model.fields)


def _status_requirements(blueprint: Blueprint) -> Iterator[Requirement]:
    for status in blueprint.statuses:
        yield from (requirement for requirement in status.requires if requirement.enforced)
