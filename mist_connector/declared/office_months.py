"""The longest mandate of each office, for code that the CRM runs: the number stands in offices.yaml alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mist_connector.blueprint.declaration import Field, Model
from mist_connector.bylaws.offices import Office

NAME = "months_of_office"


def with_office_months(models: Sequence[Model], offices: Sequence[Office]) -> tuple[Model, ...]:
    """Return the models; computed code that names `months_of_office` is given it, as a dict by office."""
    months = {office.id: office.months.value for office in offices if office.months is not None}
    line = f"{NAME} = {months!r}\n"
    return tuple(
        model.model_copy(update={"fields": tuple(_given(field, line) for field in model.fields)})
        for model in models
    )


def _given(field: Field, line: str) -> Field:
    computed = field.computed
    if computed is None or not re.search(rf"\b{NAME}\b", computed.code):
        return field
    given = computed.model_copy(update={"code": line + computed.code})
    return field.model_copy(update={"computed": given})
