"""The columns of a model that hold its edges: computed by the CRM, read by record rules."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.text import Text

from .declaration import Blueprint, Model
from .edges import Edge
from .records import Value
from .server_domain import edges_read

# The offset is asked of the moment itself: some servers' zones do not bear being set on a time directly.
# A day without a midnight (the calendar's last year) has no moment, and so opens nothing.
_SOURCE = """zone = dateutil.tz.gettz({zone!r})
for record in self:
    day = record.{day}
    if not day or day.year > 9000:
        record['{column}'] = False
        continue
    {first}
    midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
    moment = midnight - midnight.astimezone(zone).utcoffset()
    moment = midnight - moment.astimezone(zone).utcoffset()
    record['{column}'] = moment.replace(tzinfo=None)"""
_DAYS = "day = day + datetime.timedelta(days={later})"
# Months are counted back from a day, and the end of a short month stands for several days: so the first day
# is looked for, from before the earliest that it can be.
_MONTHS = """lapse = dateutil.relativedelta.relativedelta(months={months}, days={days})
    first = day + lapse - datetime.timedelta(days=6)
    while first - lapse {before} day:
        first = first + datetime.timedelta(days=1)
    day = first"""


def edges(model: Model, blueprint: Blueprint) -> Iterator[tuple[str, Text, dict[str, Value]]]:
    """Yield the columns of the edges that record rules look at in a model: name, label, values."""
    found = (edge for key, edge in edges_read(blueprint) if key == model.key)
    for edge in sorted(found, key=lambda edge: edge.day):
        code = _SOURCE.format(
            zone=blueprint.frame.timezone, day=edge.day, column=edge.column, first=_first(edge)
        )
        values: dict[str, Value] = {"compute": code, "depends": edge.day, "copied": False, "readonly": True}
        yield edge.column, edge.label, values


def _first(edge: Edge) -> str:
    """Return the statement that makes of a date the first day on which it is as long ago as the edge says."""
    months, days = edge.lapse.months, edge.lapse.days
    if months == 0:
        return _DAYS.format(later=days + edge.past)
    return _MONTHS.format(months=months, days=days, before="<=" if edge.past else "<")
