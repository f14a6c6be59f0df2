"""Names beside codes: joined as she wishes, read with the rights of who looks, found by all their parts."""

from ast import literal_eval
from types import SimpleNamespace

import pytest

from mist_connector.blueprint.compile_names import columns_searched
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.declaration import FieldType
from mist_connector.blueprint.view_form import field_attributes


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
    row = Row(id=1, x_first_name=first, x_last_name=last, x_name_of_use=of_use)
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
    row = Row(id=1, x_function_id=SimpleNamespace(x_person_id=SimpleNamespace(x_called="Prénom Fictif")))
    exec(fields["field_accompaniment__x_by"]["compute"], {"self": [row]})  # noqa: S102 - what the CRM runs
    assert row["x_by"] == "Prénom Fictif"


def test_a_search_for_a_name_looks_into_all_its_parts_wherever_it_is_shown(mappings):
    blueprint = mappings.blueprint
    signature = blueprint.model("signature")
    columns = columns_searched(signature, signature.field("called"), blueprint)
    searched = ("x_called", "x_first_name", "x_last_name", "x_name_of_use", "x_folded")
    assert set(columns) == {f"x_person_id.{column}" for column in searched}


@pytest.mark.parametrize(
    ("first", "last", "phone", "folded"),
    [
        ("Élise", "Œuvre", "+33 6 11 22", "elise œuvre +33 6 11 22 p-0000-0001 3361122"),
        ("e\u0301te\u0301", "WEIß", False, "ete weiss p-0000-0001"),
        ("Ёлка", "김", "", "елка 김 p-0000-0001"),
    ],
)
def test_the_crm_keeps_a_name_as_it_is_searched(fields, first, last, phone, folded):
    one = Row(
        id=1,
        x_first_name=first,
        x_last_name=last,
        x_name_of_use=False,
        x_email=False,
        x_phone=phone,
        x_name="P-0000-0001",
    )
    exec(fields["field_person__x_folded"]["compute"], {"self": [one]})  # noqa: S102 - ours, as the CRM runs it
    assert one["x_folded"] == folded.replace("œ", "oe")


def test_every_link_to_somebody_or_something_named_is_shown_by_name(mappings):
    """Where the script is there; every widget that it needs names a column to show and one to search."""
    blueprint = mappings.blueprint
    for model in blueprint.models:
        for field in model.fields:
            if field.type is FieldType.LINK and field.to in {
                "person",
                "function",
                "item",
                "candidacy",
                "mandate",
            }:
                shown = field_attributes(model, field.key, blueprint)
                assert shown["widget"] == "mist_name", (model.key, field.key)
                naming = literal_eval(shown["options"])["naming"]
                assert naming["shows"] in {"x_called", "x_title"}
                assert naming["searches"].rpartition(".")[2] in {"x_folded", "x_title"}
