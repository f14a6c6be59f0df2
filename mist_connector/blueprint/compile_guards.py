"""Guards: stored computed fields that refuse, in the write's own transaction, what the bylaws forbid.

The CRM computes a guard again whenever a field that it depends on changes, whichever way the change came:
form, list, import, RPC, cascade or elevated code. A guard that finds something forbidden runs the server
action `refuse`, which raises the CRM's own user error: the same object is the lock and the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.conditions import Condition, Requirement, Time

from .declaration import Blueprint, FieldType, Model, StatusRule
from .paths import resolve
from .records import MODULE
from .server_code import expression

_HEAD = """today = datetime.date.today()
for record in self:
    refused = []
    code = record.x_name or ''
    shape = ''.join(['0' if letter in '0123456789ABCDEF' else letter for letter in code[1:]])
    if code and (code[0] != %r or shape != '-0000-0000'):
        refused.append((%r, %r))
"""
_TAIL = """    if refused:
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
    return _HEAD % (model.prefix, *_NEUTRAL) + checks + _TAIL % MODULE


def guard_triggers(model: Model, blueprint: Blueprint) -> str:
    """Return the columns whose change makes the CRM compute the guard again."""
    columns = {"x_name"}
    for hook in _hooks(model, blueprint):
        columns |= set(_columns(hook.holds, blueprint, model))
    if _has_status(model):
        columns.add("x_status")
        for requirement in _status_requirements(blueprint):
            columns |= set(_columns(requirement.holds, blueprint, model))
    return ",".join(sorted(columns))


def _checks(model: Model, blueprint: Blueprint) -> Iterator[str]:
    for hook in _hooks(model, blueprint):
        yield _check("True", hook, blueprint, model)
    if _has_status(model):
        for status in blueprint.statuses:
            yield from _status_checks(status, blueprint, model)


def _status_checks(status: StatusRule, blueprint: Blueprint, model: Model) -> Iterator[str]:
    for requirement in status.requires:
        if requirement.enforced:
            yield _check(f"record.x_status == {status.id!r}", requirement, blueprint, model)


def _check(when: str, requirement: Requirement, blueprint: Blueprint, model: Model) -> str:
    holds = expression(requirement.holds, blueprint=blueprint, model=model)
    title = blueprint.section_titles[requirement.rule]
    french = f"Règlement intérieur, « {title.fr} » ({requirement.rule}) : {requirement.otherwise.fr}"
    english = f"Bylaws, “{title.en}” ({requirement.rule}): {requirement.otherwise.en}"
    return f"    if {when} and not {holds}:\n        refused.append(({french!r}, {english!r}))\n"


def _hooks(model: Model, blueprint: Blueprint) -> list[Requirement]:
    return [hook.requirement for hook in blueprint.hooks if hook.model == model.key]


def _has_status(model: Model) -> bool:
    return any(field.choices == "statuses" for field in model.fields)


def _status_requirements(blueprint: Blueprint) -> Iterator[Requirement]:
    for status in blueprint.statuses:
        yield from (requirement for requirement in status.requires if requirement.enforced)


def _columns(condition: Condition, blueprint: Blueprint, model: Model, prefix: str = "") -> Iterator[str]:
    """Return every column that a condition looks at, dotted from the model."""
    for part in (*(condition.all_of or ()), *(condition.any_of or ()), *condition.after):
        yield from _columns(part, blueprint, model, prefix)
    for key in (condition.is_set, condition.field):
        if key is not None:
            yield prefix + model.field(key).column
    if condition.lasts is not None:
        yield from (prefix + model.field(key).column for key in (condition.lasts.start, condition.lasts.end))
    if condition.facts is not None:
        yield from _columns_behind(condition, blueprint, model, prefix)


def _columns_behind(condition: Condition, blueprint: Blueprint, model: Model, prefix: str) -> Iterator[str]:
    assert condition.facts is not None  # noqa: S101 - only called for conditions on facts
    path = resolve(condition.facts, blueprint=blueprint, model=model)
    target, inside = blueprint.model(path.target), f"{prefix}{path.columns}."
    dates = {Time.HAPPENED: ("on",), Time.IN_FORCE: ("since", "until"), Time.ANY: ()}[condition.time]
    yield from (inside + target.field(key).column for key in dates)
    if condition.after and any(field.type is FieldType.DATE for field in target.fields):
        yield f"{inside}x_on"
    for part in condition.where:
        yield from _columns(part, blueprint, target, inside)
    if not condition.where and not dates:
        yield inside.removesuffix(".")
