"""J6: whoever works here reports a danger, and whoever must hear it is told at once (C09, C10)."""

from playwright.sync_api import expect


def test_staff_report_a_danger_in_four_clicks_and_direction_is_told_at_once(desk_of, picture):
    direction = desk_of("direction")
    direction.page.goto(f"{direction.house.url}/odoo")
    clock = direction.page.locator(".o_menu_systray button:has(i.fa-clock-o)")
    # Only once the page has counted does it add what comes in.
    clock.click()
    expect(direction.page.locator(".o-mail-ActivityMenu")).to_be_visible()
    direction.page.keyboard.press("Escape")
    direction.expect_listening("direction")
    before = int(clock.inner_text() or 0)
    desk = desk_of("collegue")
    desk.open("reminder")
    desk.clicks = 0
    desk.page.get_by_role("button", name="Signaler un danger").click()
    dialog = desk.page.locator(".modal")
    expect(dialog).to_contain_text("de vive voix")
    expect(dialog.locator("[name=x_by]")).to_have_text("Collègue Exemple")
    picture(desk, "dialog", guide="danger")
    dialog.get_by_role("button", name="Signaler", exact=True).click()
    expect(desk.page.locator(".o_notification")).to_contain_text("Enregistré, la direction est prévenue.")
    assert desk.clicks <= 4
    picture(desk, "told")
    # The clock of a page that stays open counts it by itself, without a sync and without a reload.
    expect(clock).to_have_text(str(before + 1), timeout=60_000)
    picture(direction, "clock")
    _neutral(direction)


def _neutral(direction):
    """Of what it is about, the notice says nothing; it leads to where it is read and closed."""
    rows = direction.ask(
        "mail.activity", "search_read", args=[[["summary", "=like", "MIST : à lire%"]], ["summary", "note"]]
    )["result"]
    for word in ("danger", "signal", "collègue"):
        assert word not in str(rows).lower()
    direction.open("alert")
    direction.page.locator(".o_data_row .o_list_record_selector input").first.check()
    direction.page.get_by_role("button", name="Entendu aujourd'hui").click()
    expect(direction.page.locator(".o_data_row").first.locator("[name=x_heard_on]")).not_to_have_text("")


def test_the_button_stands_on_each_person_too_and_no_window_takes_a_report_that_it_could_not_save(desk_of):
    desk = desk_of("collegue")
    desk.open_person("membre")
    desk.page.get_by_role("button", name="Signaler un danger").click()
    desk.page.locator(".modal").get_by_role("button", name="Annuler").click()
    # A page that is left while its window still stands open keeps what was typed there.
    expect(desk.page.locator(".modal")).to_have_count(0)
    desk.open("alert")
    expect(desk.page.get_by_role("button", name="Nouveau")).to_have_count(0)
    expect(desk.page.get_by_role("button", name="Entendu aujourd'hui")).to_have_count(0)
