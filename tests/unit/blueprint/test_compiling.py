"""The compiled blueprint of MIST: what must hold of every model of ours, whatever the mappings say."""

import ast
import io
import xml.etree.ElementTree as ET
import zipfile

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.datamodule import Content, data_module
from mist_connector.blueprint.kinds import KINDS
from mist_connector.blueprint.records import MODULE, Reference
from mist_connector.bylaws.text import Text

OPERATIONS = ("perm_read", "perm_write", "perm_create", "perm_unlink")


@pytest.fixture(scope="module")
def records(mappings):
    return compile_blueprint(mappings.blueprint)


def of(records, model):
    return [record for record in records if record.model == model]


def content(records, **changes):
    names = [record.name for record in records]
    return Content(
        **{
            "expectation": "pass",
            "unbound": (),
            "records": records,
            "created": names,
            "removals": (),
            "translated": records,
        }
        | changes
    )


def test_every_name_is_given_once_and_every_reference_of_ours_leads_to_a_record_before_it(records):
    seen = set()
    for record in records:
        for value in record.values.values():
            for each in value if isinstance(value, frozenset) else {value}:
                if isinstance(each, Reference) and each.xmlid.startswith(f"{MODULE}."):
                    assert each.xmlid.split(".", 1)[1] in seen, record.name
        assert record.name not in seen
        seen.add(record.name)


def test_global_rules_cover_each_operation_of_each_model_exactly_once(records, mappings):
    rules = of(records, "ir.rule")
    for model in mappings.blueprint.models:
        own_rules = [rule for rule in rules if rule.values["model_id"].xmlid.endswith(f".model_{model.key}")]
        for operation in OPERATIONS:
            assert sum(bool(rule.values[operation]) for rule in own_rules) == 1, (model.key, operation)
        assert all(rule.values["groups"] == frozenset() for rule in own_rules)


def test_no_access_right_is_for_everybody(records):
    assert all(right.values["group_id"] is not None for right in of(records, "ir.model.access"))


def test_no_right_opens_a_personal_file_or_an_accompaniment_to_be_written_by_the_connector(records):
    rights = {right.name: right.values for right in of(records, "ir.model.access")}
    assert "access_file__connector" not in rights
    accompaniment = rights["access_accompaniment__connector"]
    assert [accompaniment[operation] for operation in OPERATIONS] == [True, False, False, False]
    assert not any(rights["access_accompaniment__staff"][operation] for operation in OPERATIONS[1:])


def test_every_model_has_a_neutral_code_a_path_to_the_association_and_a_guard(records, mappings):
    fields = {record.name for record in of(records, "ir.model.fields")}
    for model in mappings.blueprint.models:
        assert f"field_{model.key}__x_name" in fields
        assert f"field_{model.key}__x_guard" in fields
        assert model.key == "association" or f"field_{model.key}__x_association_id" in fields


def test_no_menu_or_window_is_for_everybody(records):
    shown = [*of(records, "ir.ui.menu"), *of(records, "ir.actions.act_window")]
    assert all(record.values["group_ids"] for record in shown)


def test_every_value_that_is_declared_is_one_that_is_written(records):
    for record in records:
        if KINDS.get(record.model):
            assert set(record.values) <= set(KINDS[record.model]), record.name


def test_what_staff_read_and_search_is_not_kept_on_their_computers(records):
    assert not any(record.values["cache"] for record in of(records, "ir.actions.act_window"))
    arches = [record.values["arch_db"].fr for record in of(records, "ir.ui.view")]
    assert not any("<searchpanel" in arch for arch in arches)


def test_every_code_that_the_server_runs_is_python_without_closures(records):
    codes = [record.values.get("compute") or record.values.get("code") for record in records]
    for code in filter(None, codes):
        ast.parse(code)
        compiled = compile(code, "code", "exec")
        assert not free_variables(compiled)


def free_variables(code):
    """Return the names that functions inside the code take from one another: the CRM refuses them."""
    found = set(code.co_freevars) | set(code.co_cellvars)
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            found |= free_variables(constant)
    return found


def test_every_word_that_people_read_is_french_with_english_beside_it(records):
    for record in records:
        for value in record.values.values():
            if isinstance(value, Text):
                assert value.fr.strip(), record.name
                assert value.en.strip(), record.name


def test_the_data_module_is_the_same_for_the_same_content(records):
    first, second = (
        data_module(content(records), title="MIST", version="1", depends=["base"]) for _ in range(2)
    )
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        root = ET.fromstring(archive.read(f"{MODULE}/data.xml"))  # noqa: S314 - made a moment ago
        assert root.find("function") is not None
        assert b'msgstr "Personnes"' in archive.read(f"{MODULE}/i18n/fr.po")


def test_what_is_not_created_is_written_one_record_at_a_time_so_that_errors_name_it(records):
    module = data_module(content(records, created=()), title="MIST", version="1", depends=["base"])
    with zipfile.ZipFile(io.BytesIO(module)) as archive:
        root = ET.fromstring(archive.read(f"{MODULE}/data.xml"))  # noqa: S314 - made a moment ago
    written = {element.get("id") for element in root.findall("record")}
    assert {record.name for record in records if record.model != "mist.setting"} <= written


def test_a_button_hides_out_of_its_turn_and_the_status_it_moves_is_not_clicked(records):
    [form] = [record for record in of(records, "ir.ui.view") if record.name == "view_assembly_form"]
    header = ET.fromstring(form.values["arch_db"].fr).find("header")  # noqa: S314 - our own
    turns = {button.get("string"): button.get("invisible") for button in header.iter("button")}
    assert turns["Proclamer et clore"] == "x_state not in ['open']"
    assert all(turns.values())
    assert header.find("field").get("options") == "{'clickable': False}"


def test_what_a_hook_watches_has_the_guard_computed_again(records):
    guard = next(record for record in records if record.name == "field_item__x_guard")
    watched = set(guard.values["depends"].split(","))
    assert {"x_votes_for", "x_ballots", "x_title"} <= watched
    assert "x_done_on" not in watched


WORDS = ("string", "confirm", "placeholder", "help", "title")


def test_a_view_is_the_same_in_both_languages_but_for_its_words(records):
    """The CRM keeps one view and the words of the other language: anything else that differs is lost."""

    def bones(arch):
        return [
            (element.tag, {name: value for name, value in element.items() if name not in WORDS})
            for element in ET.fromstring(arch).iter()  # noqa: S314 - our own
        ]

    for view in of(records, "ir.ui.view"):
        assert bones(view.values["arch_db"].fr) == bones(view.values["arch_db"].en), view.name


def test_a_heading_longer_than_a_day_and_names_beside_a_long_text_have_room(records):
    arch = {view.name: view.values["arch_db"].fr for view in of(records, "ir.ui.view")}
    consents = ET.fromstring(arch["view_consent_list"])  # noqa: S314 - our own
    widths = {field.get("name"): field.get("width") for field in consents.iter("field")}
    assert widths["x_since"] is None
    assert int(widths["x_until"].removesuffix("px")) > 92
    reminders = ET.fromstring(arch["view_reminder_list"])  # noqa: S314 - our own
    widths = {field.get("name"): field.get("width") for field in reminders.iter("field")}
    assert widths["x_called"] == widths["x_by"] == "170px"
    assert widths["x_sentence"] is None
