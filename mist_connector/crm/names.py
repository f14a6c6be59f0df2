"""Names of people whose consent or function lets them be told; nobody else's is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.bylaws.visibility import Naming

from .batches import PAGE, read_all
from .port import Crm

PERSON = "x_mist_person"
_COLUMNS = ("x_name", "x_first_name", "x_last_name", "x_name_of_use")


def read_names(crm: Crm, namings: Mapping[str, Naming]) -> dict[str, str]:
    """Return the names of these people, by code, each as far as it may be told."""
    codes = sorted(namings)
    names: dict[str, str] = {}
    for start in range(0, len(codes), PAGE):
        domain = [["x_name", "in", codes[start : start + PAGE]]]
        for row in read_all(crm, PERSON, _COLUMNS, domain=domain):
            first = row["x_first_name"]
            whole = f"{first} {row['x_last_name']}"
            spelt = whole if namings[row["x_name"]] is Naming.FULL else first
            names[row["x_name"]] = row["x_name_of_use"] or spelt
    return names
