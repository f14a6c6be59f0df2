"""Names of people whose consent or function lets them be told; nobody else's is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.identity import identity_of
from mist_connector.bylaws.visibility import Naming
from mist_connector.crm.batches import PAGE, read_all
from mist_connector.crm.port import Crm

PERSON = "x_mist_person"


def read_names(crm: Crm, blueprint: Blueprint, namings: Mapping[str, Naming]) -> dict[str, str]:
    """Return the names of these people, by code, each as far as it may be told."""
    codes, identity = sorted(namings), identity_of(blueprint)
    columns = ("x_name", *identity.preferred, *identity.whole)
    names: dict[str, str] = {}
    for start in range(0, len(codes), PAGE):
        domain = [["x_name", "in", codes[start : start + PAGE]]]
        for row in read_all(crm, PERSON, columns, domain=domain):
            told = identity.whole if namings[row["x_name"]] is Naming.FULL else identity.whole[:1]
            spelt = " ".join(row[column] for column in told if row[column])
            preferred = next((row[column] for column in identity.preferred if row[column]), "")
            names[row["x_name"]] = preferred or spelt
    return names
