"""Records in force together, as statements that the CRM runs: the hooks' reading of `together`."""

from __future__ import annotations

from mist_connector.conditions.forms import Rounded, Together

from .declaration import Blueprint, Model
from .paths import resolve
from .pieces import call
from .server_code import expression

# Loops, not comprehensions: what looks at one of several stands in a function, and the CRM refuses closures.
_STATEMENTS = """    fits = True
    if {when}:
        crowd = {crowd}
        for here in crowd['crowds']:
            count, fit = len(here), 0
            for other in here:
                fit += 1 if {where} else 0
            fits = fits and not ({broken})
"""


def crowd_statements(crowd: Together, *, when: str, blueprint: Blueprint, model: Model) -> str:
    """Return statements that set `fits`, for the body of a loop over `record`."""
    path = resolve(crowd.path, blueprint=blueprint, model=model)
    where = "True"
    if crowd.where is not None:
        where = expression(crowd.where, blueprint=blueprint, model=model, record="other")
    same, last = model.field(crowd.same).column, blueprint.model(path.target).last
    given = f"dict(record=record, among=record.{path.columns}, same={same!r}, last={last!r})"
    return _STATEMENTS.format(
        when=when,
        crowd=call("crowd", given),
        where=where,
        broken=" or ".join(_broken(crowd)) or "False",
    )


def _broken(crowd: Together) -> list[str]:
    """Return what must not be true of the number in force together and of those who fulfil the condition."""
    demands = [f"count > {crowd.at_most}"] if crowd.at_most is not None else []
    if crowd.where is not None:
        half = "(count + 1) // 2" if crowd.rounded is Rounded.UP else "count // 2"
        wanted = half if crowd.at_least == "half" else str(crowd.at_least)
        demands.append(f"(count >= {crowd.once} and fit < {wanted})")
    return demands
