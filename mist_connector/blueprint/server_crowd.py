"""Records in force together, as statements that the CRM runs: the hooks' reading of `together`."""

from __future__ import annotations

from mist_connector.bylaws.conditions import Rounded, Together

from .declaration import Blueprint, Model
from .paths import resolve
from .server_code import expression

# Whoever records one of them at the same time waits here, and is then asked again by the CRM itself:
# otherwise two transactions could each see a last free seat.
_STATEMENTS = """    fits = True
    if {when}:
        self.env.cr.execute('UPDATE x_mist_association SET x_name = x_name')
        crowd = (record.{path} | record).filtered(
            lambda fact: fact.{same} == record.{same} and fact.x_since
            and (not record.x_until or fact.x_since <= record.x_until)
            and (not fact.x_until or fact.x_until >= record.x_since)
        )
        for first in crowd:
            count = fit = 0
            for other in crowd:
                if other.x_since <= first.x_since and (not other.x_until or other.x_until >= first.x_since):
                    count += 1
                    fit += 1 if {where} else 0
            if first.x_since >= record.x_since and ({broken}):
                fits = False
"""


def crowd_statements(crowd: Together, *, when: str, blueprint: Blueprint, model: Model) -> str:
    """Return statements that set `fits`, for the body of a loop over `record`."""
    path = resolve(crowd.facts, blueprint=blueprint, model=model)
    where = "True"
    if crowd.where is not None:
        where = expression(crowd.where, blueprint=blueprint, model=model, record="other")
    return _STATEMENTS.format(
        when=when,
        path=path.columns,
        same=model.field(crowd.same).column,
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
