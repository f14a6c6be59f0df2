"""What staff and direction see and do in the CRM's own pages, and how they are told what is refused."""

import re
from datetime import datetime

from playwright.sync_api import expect

from mist_connector.sandbox.clock import ZONE

M06 = "pour être membre, il faut avoir signé le règlement intérieur"
X05 = "une personne exclue ne peut jamais redevenir membre"
CODE = re.compile(r"[A-Z]{1,2}-[0-9A-F]{4}-[0-9A-F]{4}")
TODAY = datetime.now(ZONE).date().strftime("%d/%m/%Y")
HEADINGS = ["Personnes", "Vie associative", "Confidentialité"]


def test_staff_find_the_register_in_french_with_names_statuses_and_neutral_codes(desk_of, house, picture):
    desk = desk_of("collegue")
    assert "MIST" in desk.apps()
    desk.page.locator(".o_app", has_text="MIST").click()
    expect(desk.page.locator(".o_data_row")).to_have_count(len(house.people))
    rows = {row[0]: row for row in desk.table}
    picture(desk)
    assert desk.page.locator(".o_menu_sections button").all_inner_texts() == HEADINGS
    assert desk.headers == ["Personne", "Nom", "Prénom", "Statut", "À joindre par", "Référence"]
    assert list(rows) == sorted(rows)
    assert rows["Marguerite"][1:5] == ["Fictive", "Suivie", "Membre", "Appel"]
    assert rows["Collègue Exemple"][3] == ""
    assert all(CODE.fullmatch(row[5]) for row in rows.values())


def test_a_person_is_found_by_the_name_that_she_does_not_use(desk_of):
    desk = desk_of("collegue")
    desk.open("person")
    desk.page.fill(".o_searchview_input", "suivie")
    desk.page.press(".o_searchview_input", "Enter")
    expect(desk.page.locator(".o_data_row")).to_have_count(1)
    assert desk.table[0][0] == "Marguerite"


def test_the_list_is_narrowed_by_status(desk_of):
    desk = desk_of("collegue")
    desk.open("person")
    desk.page.click(".o_searchview_dropdown_toggler")
    desk.page.get_by_role("menuitemcheckbox", name="Partie", exact=True).click()
    expect(desk.page.locator(".o_data_row")).to_have_count(1)
    assert desk.table[0][0] == "Partie Fictive"


def test_a_candidate_without_signature_cannot_be_made_a_member_and_it_says_why(desk_of, picture):
    desk = desk_of("collegue")
    desk.open_person("candidate")
    assert desk.status == "Candidate"
    assert desk.statuses == [
        "Candidate",
        "Membre",
        "Membre active provisoire",
        "Membre active",
        "Partie",
        "Exclue",
    ]
    desk.choose_status("Membre")
    said = desk.refusal()
    picture(desk)
    assert f"Règlement intérieur, « Devenir membre » (M06) : {M06}" in said
    assert_readable(said)
    desk.open_person("candidate")
    assert desk.status == "Candidate"


def test_an_excluded_person_cannot_be_made_a_member_again_and_it_says_why(desk_of, picture):
    desk = desk_of("collegue")
    desk.open_person("exclue")
    assert desk.status == "Exclue"
    desk.choose_status("Membre")
    said = desk.refusal()
    picture(desk)
    assert "(X05)" in said
    assert X05 in said
    assert_readable(said)
    desk.open_person("exclue")
    assert desk.status == "Exclue"


def test_a_signature_added_in_its_tab_opens_the_way_to_membership(desk_of, picture):
    desk = desk_of("collegue")
    desk.open_person("prete")
    inside = desk.tab("Signatures", "Signé le")
    inside.get_by_text("Ajouter une ligne").click()
    desk.fill(inside.locator(".o_selected_row"), x_document="Règlement intérieur", x_on=TODAY)
    desk.save()
    expect(inside.locator(".o_data_row")).to_have_count(1)
    desk.choose_status("Membre")
    desk.expect_status("Membre")
    picture(desk)
    desk.open_person("prete")
    desk.expect_status("Membre")


def test_an_exclusion_is_recorded_by_direction_only_and_shows_at_once(desk_of, picture):
    staff = desk_of("collegue")
    staff.open_person("bientot")
    assert staff.tab("Décisions", "Décidée le").get_by_text("Ajouter une ligne").count() == 0
    desk = desk_of("direction")
    desk.open_person("bientot")
    desk.tab("Décisions", "Décidée le").get_by_text("Ajouter une ligne").click()
    dialog = desk.page.locator(".modal")
    expect(dialog.locator(".oe_title")).to_have_text("Bientôt Fictive")
    desk.fill(dialog, x_scope="L'association", x_on=TODAY)
    picture(desk, "dialog")
    dialog.get_by_role("button", name="Enregistrer & Fermer").click()
    desk.save()
    desk.expect_status("Exclue")
    picture(desk)


def test_an_examination_is_direction_s_alone_and_concludes_only_after_a_hearing(desk_of, house, picture):
    staff = desk_of("collegue")
    answer = staff.ask("x_mist_investigation", "search_read", args=[[], ["x_name"]])
    assert "error" in answer or answer["result"] == []
    desk = desk_of("direction")
    desk.page.goto(f"{house.url}/odoo/action-mist_connector.window_investigation/new")
    desk.page.wait_for_selector(".o_form_view")
    desk.look_up("x_person_id", "Suivie")
    expect(desk.page.locator(".oe_title")).to_have_text("Marguerite")
    form = desk.page.locator(".o_form_view")
    desk.fill(
        form,
        x_kind="Accusation de traite",
        x_on=TODAY,
        x_examined_on=TODAY,
        x_concluded_on=TODAY,
        x_outcome="Fondé",
    )
    picture(desk, "unheard")
    desk.page.click(".o_form_button_save")
    said = desk.refusal()
    picture(desk, "refused")
    assert "(X02)" in said
    assert "entendue" in said
    assert_readable(said)
    desk.page.get_by_role("button", name="Fermer").first.click()
    desk.fill(form, x_heard_on=TODAY)
    desk.save()
    picture(desk, "concluded")


def assert_readable(said):
    """Our sentence is the first thing read after the CRM's own title: no traceback, nothing in English."""
    title, first = [line for line in said.splitlines() if line.strip()][:2]
    assert title == "Opération invalide"
    assert first.startswith("Règlement intérieur")
    assert not re.search(r"Traceback|Server Error|File \"|x_mist|odoo", said, re.IGNORECASE)
