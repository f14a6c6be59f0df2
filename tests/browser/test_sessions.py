"""J4: who was there is noted for everybody at once, from a list of names."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from mist_connector.sandbox.clock import ZONE

TODAY = datetime.now(ZONE).date()


@pytest.fixture(scope="module")
def talk_group(desk_of):
    """Today's talk group on the programme, and twelve who come beside those of the house."""
    desk = desk_of("collegue")
    names = [{"x_first_name": f"Présente {number:02}", "x_last_name": "Assidue"} for number in range(13)]
    assert "result" in desk.ask("x_mist_person", "create", args=[names])
    day = {"x_activity": "talk_group", "x_on": str(TODAY)}
    assert "result" in desk.ask("x_mist_session", "create", args=[[day]])


@pytest.mark.usefixtures("talk_group")
def test_twelve_present_and_one_excused_are_noted_in_eighteen_clicks(desk_of, picture):
    desk = desk_of("collegue")
    desk.open("reminder")
    desk.clicks = 0
    desk.page.locator(".o_menu_sections button", has_text="Vie associative").click()
    desk.page.get_by_role("menuitem", name="Programme", exact=True).click()
    desk.page.locator(".o_data_row").first.get_by_role("button", name="Noter les présences").click()
    rows = desk.page.locator(".o_data_row", has_text="Assidue")
    for number in range(12):
        rows.nth(number).locator(".o_list_record_selector input").check()
    picture(desk, "ticked", guide="presences")
    desk.page.get_by_role("button", name="Présentes", exact=True).click()
    expect(desk.page.locator(".o_notification").last).to_contain_text("12 présence(s) notée(s).")
    expect(rows).to_have_count(1)
    rows.first.locator(".o_list_record_selector input").check()
    desk.page.get_by_role("button", name="Excusées : santé").click()
    expect(rows).to_have_count(0)
    picture(desk, "noted")
    assert desk.clicks <= 18
    _noted(desk)


def _noted(desk):
    """Each is noted once, on the session's day, the excused one with her reason."""
    domain = [["x_activity", "=", "talk_group"], ["x_on", "=", str(TODAY)]]
    asked = {"args": [domain, ["x_called", "x_state", "x_reason"]]}
    found = desk.ask("x_mist_attendance", "search_read", **asked)["result"]
    noted = [row for row in found if row["x_called"].endswith("Assidue")]
    assert len(noted) == len({row["x_called"] for row in noted}) == 13
    assert [row["x_reason"] for row in noted if row["x_state"] == "excused"] == ["health"]


@pytest.mark.usefixtures("talk_group")
def test_who_is_ticked_in_the_list_of_people_is_noted_for_the_session_of_today(desk_of):
    desk = desk_of("collegue")
    values = {"x_first_name": "Cochée", "x_last_name": "Fictive"}
    [person] = desk.ask("x_mist_person", "create", args=[[values]])["result"]
    desk.open("person")
    row = desk.page.locator(".o_data_row", has_text="Cochée Fictive")
    row.locator(".o_list_record_selector input").check()
    desk.page.get_by_role("button", name="Présentes aujourd'hui").click()
    expect(desk.page.locator(".o_notification").last).to_contain_text("1 présence(s) notée(s).")
    asked = {"args": [[["x_person_id", "=", person]], ["x_activity", "x_state"]]}
    [noted] = desk.ask("x_mist_attendance", "search_read", **asked)["result"]
    assert (noted["x_activity"], noted["x_state"]) == ("talk_group", "present")
