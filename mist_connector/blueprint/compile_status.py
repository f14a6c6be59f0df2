"""The status as a field that the CRM sets itself where the facts demand it at once."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.statuses import StatusRule

from .declaration import Blueprint, Model
from .server_code import expression
from .today import today_statement
from .triggers import columns_of

# A form that is being filled is no record yet: it is decided when it is saved. Deciding before, with the
# server's own rights, would tell whoever links somebody's facts to an empty form what they say of her.
_HEAD = """for record in self:
    status = record.x_status
    if not isinstance(record.id, int):
        record['x_status'] = status
        continue
"""
_TAIL = "    record['x_status'] = status"


def status_code(model: Model, blueprint: Blueprint) -> str:
    """Return the Python that sets an immediate status, and keeps any other as it is."""
    branches: list[str] = []
    for status in _immediate(blueprint):
        word = "elif" if branches else "if"
        branches.append(
            f"    {word} {_demanded(status, model, blueprint)}:\n        status = {status.id!r}\n"
        )
    endings = "".join(_endings(model, blueprint))
    lapsing = "".join(_lapsing(model, blueprint))
    return today_statement(blueprint) + _HEAD + "".join(branches) + endings + lapsing + _TAIL


def status_triggers(model: Model, blueprint: Blueprint) -> str:
    """Return the columns whose change may demand a status; never the status itself."""
    requirements = [requirement for status in _immediate(blueprint) for requirement in status.requires]
    conditions = [each.holds for each in requirements]
    conditions.extend(status.ends.when for status in blueprint.statuses if status.ends)
    lapsing = [status for status in blueprint.statuses if any(each.lapses for each in status.requires)]
    conditions.extend(each.holds for status in lapsing for each in status.requires)
    columns = {name for each in conditions for name in columns_of(each, blueprint, model)}
    return ",".join(sorted(columns - {"x_status"}))


def _endings(model: Model, blueprint: Blueprint) -> Iterator[str]:
    """Yield statements by which a status falls to the next; one may fall through several."""
    for status in blueprint.statuses:
        if status.ends is not None:
            when = expression(status.ends.when, blueprint=blueprint, model=model)
            yield f"    if status == {status.id!r} and {when}:\n        status = {status.ends.becomes!r}\n"


def _lapsing(model: Model, blueprint: Blueprint) -> Iterator[str]:
    """Yield statements by which a status that time has ended falls to the first that the facts still give."""
    for place, status in enumerate(blueprint.statuses):
        lapsing = [each.holds for each in status.requires if each.lapses]
        if lapsing:
            held = " and ".join(expression(each, blueprint=blueprint, model=model) for each in lapsing)
            below = (each for each in blueprint.statuses[place + 1 :] if not each.immediate)
            given = " else ".join(f"{each.id!r} if {_demanded(each, model, blueprint)}" for each in below)
            becomes = f"{given} else False" if given else "False"
            yield f"    if status == {status.id!r} and not ({held}):\n        status = {becomes}\n"


def _immediate(blueprint: Blueprint) -> list[StatusRule]:
    return [status for status in blueprint.statuses if status.immediate]


def _demanded(status: StatusRule, model: Model, blueprint: Blueprint) -> str:
    conditions = [expression(each.holds, blueprint=blueprint, model=model) for each in status.requires]
    return " and ".join(conditions)
