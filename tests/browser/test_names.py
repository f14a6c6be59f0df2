"""J2: whoever may read names types them, in any order and without accents; others find nothing by them."""

import pytest
from playwright.sync_api import expect

from mist_connector.blueprint.folding import fold

FOLDED = """(text) => {
    const name = [...odoo.loader.modules.keys()].find((key) => key.startsWith("@mist_connector/"));
    return odoo.loader.modules.get(name).foldedWords(text);
}"""
TYPED = ("Fictive PRÊTE", "Œuvre Łucja", "Đặng Thị", "Ёлка Й", "e\u0301te\u0301", "Müller-Weiß", "김 서연")


def test_a_link_is_chosen_by_words_of_a_name_and_keeps_her_neutral_code(desk_of, house, picture):
    desk = desk_of("direction")
    desk.page.goto(f"{house.url}/odoo/action-mist_connector.window_accompaniment/new")
    desk.page.wait_for_selector(".o_form_view")
    desk.type_name("x_person_id", "fict PRET")
    expect(desk.page.locator("[name=x_called]")).to_have_text("Prête Fictive")
    desk.type_name("x_function_id", "collegue")
    picture(desk, guide="noms")
    person, function = (
        desk.page.locator(f"[name={name}] input").input_value() for name in ("x_person_id", "x_function_id")
    )
    assert person.startswith("Prête Fictive (P-")
    assert function.startswith("Collègue Exemple (F-")
    desk.page.locator("button.o_form_button_cancel").click()


@pytest.mark.parametrize("words", ["pret fict", "FICTIVE prête", "06 11 22", "+33611223344"])
def test_the_list_is_searched_by_words_in_any_order_and_by_telephone(desk_of, house, words):
    desk = desk_of("collegue")
    values = {"x_phone": "06 11 22 33 44"}
    assert desk.ask("x_mist_person", "write", args=[[house.people["prete"]], values])["result"] is True
    desk.open("person")
    desk.clicks = 0
    desk.search(words)
    expect(desk.page.locator(".o_data_row")).to_have_count(1)
    assert desk.table[0][0] == "Prête Fictive"
    assert desk.clicks <= 2


def test_without_the_script_codes_are_found_and_names_are_not(new_desk, house):
    desk = new_desk("direction")
    spec = {"args": [[house.people["prete"]], ["x_name"]]}
    [row] = desk.ask("x_mist_person", "read", **spec)["result"]

    def without(route):
        answer = route.fetch()
        # As on a server of another version: the script is there and lets everything be.
        route.fulfill(response=answer, body=answer.text().replace("SERVER=19", "SERVER=1"))

    # In a browser of its own, which would else keep the script as it was.
    desk.page.context.route("**/web/assets/**/*.js", without)
    desk.page.goto(f"{house.url}/odoo/action-mist_connector.window_accompaniment/new")
    desk.page.wait_for_selector(".o_form_view")
    desk.type_name("x_person_id", row["x_name"])
    expect(desk.page.locator("[name=x_called]")).to_have_text("Prête Fictive")
    assert desk.page.locator("[name=x_person_id] input").input_value() == row["x_name"]
    desk.page.locator("button.o_form_button_cancel").click()
    desk.page.context.close()


def test_page_and_server_fold_a_name_alike(desk_of):
    desk = desk_of("direction")
    desk.open("person")
    for text in TYPED:
        assert desk.page.evaluate(FOLDED, text) == fold(text).split(), text


def test_who_may_not_read_names_finds_nothing_by_them_and_no_log_holds_what_was_typed(desk_of, sandbox):
    asked = {"args": [[["x_folded", "ilike", "fictive"]], ["x_called"]]}
    for login in ("sans-accord", "admin"):
        assert not desk_of(login).ask("x_mist_person", "search_read", **asked).get("result")
    written = sandbox.log_file.read_text(errors="replace").lower()
    assert "fictive" not in written
    assert "search_read" in written
