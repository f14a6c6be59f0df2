"""Guards: stored computed fields that refuse, in the write's own transaction, what the bylaws forbid.

The CRM computes a guard again whenever a field that it depends on changes, whichever way the change came:
form, list, import, RPC, cascade or elevated code. A guard that finds something forbidden runs the server
action `refuse`, which raises the CRM's own user error: the same object is the lock and the message.
"""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.requirements import Requirement
from mist_connector.bylaws.text import Text
from mist_connector.conditions.forms import AllOf, AnyOf, Form, IsSet, Together

from .claims import claimed_anew, claims, claims_of
from .compile_status import columns_apart, followed_statement, has_status
from .declaration import Blueprint, Field, FieldType, Hook, Model
from .pieces import call
from .server_code import expression
from .server_crowd import crowd_statements
from .server_domain import edges_read
from .today import today_statement
from .triggers import columns_of

_LOOP = """for record in guard['records']:
    anew, refused = guard['anew'].get(record.id), guard['refused'][record.id]
"""
_AHEAD = """        if record.{column} and record.{column} > today:
            more = [more[0] + {said[0]!r}, more[1] + {said[1]!r}]
"""
_TAKEN = """        others = set([fact.x_person_id.x_name for fact in crowd['together'] if fact != record])
        codes = ', '.join(sorted(others))
        more = [{said[0]!r}.replace('%', codes), {said[1]!r}.replace('%', codes)]
"""
_NEUTRAL = (
    "Règlement intérieur ({rule}) : la référence est un code neutre, jamais un nom.",
    "Bylaws ({rule}): the reference is a neutral code, never a name.",
)


def guard_code(model: Model, blueprint: Blueprint) -> str:
    """Return the Python that computes the guard of a model."""
    given = {"prefix": model.prefix, "neutral": _neutral(blueprint), "again": _worked_out(model, blueprint)}
    opens = call("guard_opens", f"dict({given!r}, records=self)")
    checks = "".join(_checks(model, blueprint))
    if not checks:
        return _follow(model, blueprint) + call("guard_closes", opens)
    kept = claims_of(model, blueprint)
    lines = [f"guard = {opens}"]
    if kept:
        lines.append(f"guard = {call('claims', f'dict(guard, claims={kept!r})')}")
    lines.append(f"{_LOOP}{checks}{call('guard_closes', 'guard')}")
    if kept:
        lines.append(call("claims_kept", "guard"))
    return today_statement(blueprint) + _follow(model, blueprint) + "\n".join(lines)


def _neutral(blueprint: Blueprint) -> tuple[str, ...]:
    return tuple(each.format(rule=blueprint.frame.because.secrecy) for each in _NEUTRAL)


def _worked_out(model: Model, blueprint: Blueprint) -> tuple[str, ...]:
    """Return the columns that the CRM works out of others, and that nothing else may set."""
    fields = (field for field in model.fields if _follows(field))
    return (*_rested_on(model, blueprint), *(field.column for field in fields))


def _follows(field: Field) -> bool:
    if field.computed is not None:
        return not (field.computed.written or field.computed.entered)
    return field.type is FieldType.CHOICE and field.of is not None


def _rested_on(model: Model, blueprint: Blueprint) -> tuple[str, ...]:
    """Return the columns that record rules rest on: the link to the association, and the edges of terms."""
    own = () if model.key == "association" else ("x_association_id",)
    found = (edge.column for key, edge in edges_read(blueprint) if key == model.key)
    return (*own, *sorted(found))


def guard_triggers(model: Model, blueprint: Blueprint) -> str:
    """Return the columns whose change makes the CRM compute the guard again."""
    columns = {"x_name", *_rested_on(model, blueprint)}
    for hook in _hooks(model, blueprint):
        columns |= looked_at(hook, model, blueprint)
    if has_status(model):
        columns.add("x_status")
    columns |= set(columns_apart(model, blueprint))
    return ",".join(sorted(columns))


def looked_at(hook: Hook, model: Model, blueprint: Blueprint) -> set[str]:
    """Return the columns whose change has a hook checked again; of a term, its own alone (see claims)."""
    named = _columns(hook.requirement, model, blueprint)
    watched = {model.field(key).column for key in hook.watching}
    if model.last is not None:
        return watched | _own(named) | {model.last}
    return watched | (_own(named) if hook.on_entry else named)


def _columns(requirement: Requirement, model: Model, blueprint: Blueprint) -> set[str]:
    parts = (requirement.holds, requirement.when)
    return {name for part in parts if part for name in columns_of(part, blueprint, model)}


def _own(columns: set[str]) -> set[str]:
    """Return the record's own columns among those that a condition looks at."""
    heads = {column.partition(".")[0] for column in columns}
    return {head for head in heads if head in columns or head.endswith("_id")}


def _checks(model: Model, blueprint: Blueprint) -> Iterator[str]:
    for hook in _hooks(model, blueprint):
        when = "True"
        if claims(model, blueprint):
            when = claimed_anew(looked_at(hook, model, blueprint), model)
        yield guard_check(when, hook.requirement, blueprint, model)


def _follow(model: Model, blueprint: Blueprint) -> str:
    """Return statements by which statuses follow what the CRM's own triggers do not see.

    That is a status that somebody wrote, and facts to which nothing in the register leads.
    """
    if has_status(model):
        return followed_statement("self")
    if columns_apart(model, blueprint):
        return followed_statement("self.mapped('x_person_id')")
    return ""


def guard_check(when: str, requirement: Requirement, blueprint: Blueprint, model: Model) -> str:
    """Return the statements that check one requirement of a record; KeyError or Unread if impossible."""
    if requirement.when is not None:
        when = f"{when} and {expression(requirement.when, blueprint=blueprint, model=model)}"
    if isinstance(requirement.holds, Together):
        before = crowd_statements(requirement.holds, when=when, blueprint=blueprint, model=model)
        holds = "fits"
    else:
        before, holds = "", expression(requirement.holds, blueprint=blueprint, model=model)
    title = blueprint.section_titles[requirement.cited]
    french = f"Règlement intérieur, « {title.fr} » ({requirement.cited}) : {requirement.otherwise.fr}"
    english = f"Bylaws, “{title.en}” ({requirement.cited}): {requirement.otherwise.en}"
    more = "".join(_more(requirement.holds, blueprint, model))
    said = f"        refused.append(({french!r}, {english!r}))\n"
    if more:
        more = f"        more = ['', '']\n{more}"
        said = f"        refused.append(({french!r} + more[0], {english!r} + more[1]))\n"
    return f"{before}    if {when} and not {holds}:\n{more}{said}"


def _more(holds: Form, blueprint: Blueprint, model: Model) -> Iterator[str]:
    """Yield the statements that say more of a refusal: what lies ahead, and who holds the seats."""
    for field in _days_asked(holds, model):
        said = _pair(blueprint.sound.ahead, fr=field.label.fr, en=field.label.en)
        yield _AHEAD.format(column=field.column, said=said)
    if isinstance(holds, Together) and holds.at_most is not None and _of_people(model):
        yield _TAKEN.format(said=_pair(blueprint.sound.taken, fr="%", en="%"))


def _days_asked(condition: Form, model: Model) -> Iterator[Field]:
    """Yield the days of the record itself that a condition asks for."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from _days_asked(part, model)
    elif isinstance(condition, IsSet) and model.field(condition.field).type is FieldType.DATE:
        yield model.field(condition.field)


def _pair(text: Text, *, fr: str, en: str) -> tuple[str, str]:
    """Return a sentence in both languages, its one word filled in."""
    return (f" {text.fr.format(field=fr, codes=fr)}", f" {text.en.format(field=en, codes=en)}")


def _of_people(model: Model) -> bool:
    return any(field.key == "person" and field.to == "person" for field in model.fields)


def _hooks(model: Model, blueprint: Blueprint) -> list[Hook]:
    return [hook for hook in blueprint.hooks if hook.model == model.key]
