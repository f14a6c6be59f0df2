"""Names beside codes: joined as she wishes, read with the rights of who looks, found by all their parts."""

from types import SimpleNamespace

import pytest

from mist_connector.blueprint.compile_names import columns_searched
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.declaration import FieldType


@pytest.fixture(scope="module")
def fields(mappings):
    records = compile_blueprint(mappings.blueprint)
    return {record.name: record.values for record in records if record.model == "ir.model.fields"}


class Row(dict):
    """A record as the CRM's own code sees it: columns as attributes to read, as items to write."""

    __getattr__ = dict.__getitem__


@pytest.mark.parametrize(
    ("first", "last", "of_use", "called"),
    [
        ("Prénom", "Fictif", "Marguerite", "Marguerite"),
        ("Prénom", "Fictif", False, "Prénom Fictif"),
        ("Prénom", False, False, "Prénom"),
        (False, False, False, ""),
    ],
)
def test_a_person_is_called_by_her_name_of_use_or_else_by_her_first_and_last_name(
    fields, first, last, of_use, called
):
    row = Row(x_first_name=first, x_last_name=last, x_name_of_use=of_use)
    exec(fields["field_person__x_called"]["compute"], {"self": [row]})  # noqa: S102 - what the CRM runs
    assert row["x_called"] == called


def test_a_name_that_is_shown_is_stored_nowhere_and_never_read_with_all_rights(fields, mappings):
    shown = [
        (model, field)
        for model in mappings.blueprint.models
        for field in model.fields
        if field.type is FieldType.SHOWN
    ]
    assert shown
    for model, field in shown:
        values = fields[f"field_{model.key}__{field.column}"]
        assert values["store"] is False
        assert "sudo" not in values["compute"]
        assert "related" not in values


def test_the_code_of_a_shown_name_follows_the_links(fields):
    row = Row(x_function_id=SimpleNamespace(x_person_id=SimpleNamespace(x_called="Prénom Fictif")))
    exec(fields["field_accompaniment__x_by"]["compute"], {"self": [row]})  # noqa: S102 - what the CRM runs
    assert row["x_by"] == "Prénom Fictif"


def test_a_search_for_a_name_looks_into_all_its_parts_wherever_it_is_shown(mappings):
    blueprint = mappings.blueprint
    signature = blueprint.model("signature")
    columns = columns_searched(signature, signature.field("called"), blueprint)
    assert set(columns) == {
        f"x_person_id.{column}" for column in ("x_called", "x_first_name", "x_last_name", "x_name_of_use")
    }
