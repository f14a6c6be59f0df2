"""The moments at which a term begins and ends, stored beside its days: what record rules compare with now.

A day is another span of time in each time zone, and the CRM takes the zone from whoever asks. A moment is the
same for everybody: leases open and close at midnight where the association is.
"""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.conditions import Condition, Time
from mist_connector.bylaws.text import Text

from .declaration import Blueprint, Model
from .paths import resolve
from .records import Value

OPENS, CLOSES = "x_opens", "x_closes"
_LABELS = {
    OPENS: Text(fr="Ouvre à", en="Opens at"),
    CLOSES: Text(fr="Ferme à", en="Closes at"),
}
_DAYS = {OPENS: ("x_since", 0), CLOSES: ("x_until", 1)}
# The offset is asked of the moment itself: some servers' zones do not bear being set on a time directly.
# A day without a midnight (the calendar's last year) has no moment, and so opens nothing.
_SOURCE = """zone = dateutil.tz.gettz({zone!r})
for record in self:
    day = record.{day}
    if not day or day.year > 9000:
        record['{column}'] = False
        continue
    day = day + datetime.timedelta(days={later})
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
    moment = midnight - midnight.astimezone(zone).utcoffset()
    moment = midnight - moment.astimezone(zone).utcoffset()
    record['{column}'] = moment.replace(tzinfo=None)"""


def leased_models(blueprint: Blueprint) -> frozenset[str]:
    """Return the keys of the models whose terms open something."""
    found: set[str] = set()
    for lease in blueprint.frame.leases:
        if lease.holds is not None:
            for model in blueprint.models:
                if lease.key in model.access:
                    found.update(_termed(lease.holds, blueprint, model))
    return frozenset(found)


def edges(model: Model, blueprint: Blueprint) -> Iterator[tuple[str, Text, dict[str, Value]]]:
    """Return the two fields of a model whose terms open something: column, label, values."""
    if model.key not in leased_models(blueprint):
        return
    for column, (day, later) in _DAYS.items():
        code = _SOURCE.format(zone=blueprint.frame.timezone, day=day, later=later, column=column)
        yield column, _LABELS[column], {"compute": code, "depends": day, "copied": False, "readonly": True}


def _termed(condition: Condition, blueprint: Blueprint, model: Model) -> Iterator[str]:
    """Yield the models of the terms that a condition looks at."""
    for part in condition.parts:
        yield from _termed(part, blueprint, model)
    if condition.facts is not None:
        target = blueprint.model(resolve(condition.facts, blueprint=blueprint, model=model).target)
        if condition.time is Time.IN_FORCE:
            yield target.key
        for part in condition.where:
            yield from _termed(part, blueprint, target)
