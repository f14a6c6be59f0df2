"""Who sees personal files and names in the CRM's own pages: the entitled, and nobody else."""

import json

import pytest
from playwright.sync_api import expect

NOTE = "rendez-vous le mardi"
FICTIVE = "Fictive"


@pytest.fixture
def file_id(desk_of, house):
    """The personal file of the person who is accompanied, as direction finds it."""
    domain = [["x_person_id", "=", house.people["suivie"]]]
    [found] = desk_of("direction").ask("x_mist_file", "search", args=[domain])["result"]
    return found


@pytest.mark.parametrize(("login", "files"), [("direction", 2), ("accompagnante", 1)])
def test_a_file_opens_for_direction_and_for_who_accompanies_her(desk_of, file_id, picture, login, files):
    desk = desk_of(login)
    desk.open("file")
    expect(desk.page.locator(".o_data_row")).to_have_count(files)
    desk.open("file", file_id)
    expect(desk.page.locator(".oe_title")).to_have_text("Marguerite")
    expect(desk.page.locator("[name=x_note] textarea")).to_have_value(f"Note inventée : {NOTE}.")
    picture(desk, login)


def test_staff_who_do_not_accompany_her_see_no_file_and_are_told_why(desk_of, file_id, picture):
    desk = desk_of("collegue")
    desk.open("file")
    expect(desk.page.locator(".o_view_nocontent")).to_contain_text("Aucun dossier ne vous est ouvert")
    assert desk.table == []
    picture(desk)
    assert NOTE not in desk.page.content()
    answer = desk.ask("x_mist_file", "read", args=[[file_id], ["x_note", "x_called"]])
    assert "error" in answer
    assert NOTE not in json.dumps(answer, ensure_ascii=False)
    assert "Marguerite" not in json.dumps(answer)


def test_her_file_is_two_clicks_from_her_form_for_who_may_open_it_and_says_why_to_others(desk_of, house):
    desk = desk_of("direction")
    desk.open("person", house.people["suivie"])
    desk.clicks = 0
    desk.page.get_by_role("button", name="Dossier", exact=True).click()
    expect(desk.page.locator("[name=x_note] textarea")).to_have_value(f"Note inventée : {NOTE}.")
    assert desk.clicks <= 2
    other = desk_of("collegue")
    other.open("person", house.people["suivie"])
    other.page.get_by_role("button", name="Dossier", exact=True).click()
    expect(other.page.locator(".o_view_nocontent")).to_contain_text("Aucun dossier ne vous est ouvert")
    assert NOTE not in other.page.content()


def test_staff_without_an_agreement_in_force_see_no_name_anywhere(desk_of, mappings, picture):
    desk = desk_of("sans-accord")
    desk.open("person")
    expect(desk.page.locator(".o_view_nocontent")).to_contain_text("accord de confidentialité")
    picture(desk)
    assert FICTIVE not in desk.page.content()
    asked = ("x_mist_person", "web_search_read")
    assert desk_of("collegue").ask(*asked, args=[[], {"x_name": {}}])["result"]["records"]
    for model in mappings.blueprint.models:
        if model.key != "association":
            found = desk.ask(model.technical, "web_search_read", args=[[], {"x_name": {}}])
            assert found.get("result", {}).get("records", []) == [], model.key


def test_a_name_shown_beside_a_code_is_read_with_the_rights_of_who_looks(desk_of, house):
    """Whoever fills in a form gets no name for a code, if she may not read that person."""
    values = {"x_person_id": house.people["membre"]}
    specification = {"x_person_id": {"fields": {"display_name": {}}}, "x_called": {}}
    asked = {"args": [[], values, ["x_person_id"], specification]}
    entitled = desk_of("collegue").ask("x_mist_signature", "onchange", **asked)
    assert entitled["result"]["value"]["x_called"] == "Membre Fictive"
    for login in ("sans-accord", "admin"):
        answer = desk_of(login).ask("x_mist_signature", "onchange", **asked)
        assert FICTIVE not in json.dumps(answer), login
        assert not answer.get("result", {}).get("value", {}).get("x_called"), login


def test_an_administrator_finds_no_register(desk_of, picture):
    desk = desk_of("admin")
    assert "MIST" not in desk.apps()
    picture(desk)
    for model in ("person", "file", "signature", "accompaniment"):
        answer = desk.ask(f"x_mist_{model}", "search_read", args=[[]])
        assert "error" in answer, model
        assert FICTIVE not in json.dumps(answer), model
