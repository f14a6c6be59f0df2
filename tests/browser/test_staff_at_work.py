"""What staff and direction see and do in the CRM's own pages, and how they are told what is refused."""

import re
from datetime import datetime

from playwright.sync_api import expect

from mist_connector.sandbox.clock import ZONE

from .conftest import NAMES

M06 = "pour être membre, il faut avoir signé le règlement intérieur"
CODE = re.compile(r"[A-Z]{1,2}-[0-9A-F]{4}-[0-9A-F]{4}")
TODAY = datetime.now(ZONE).date().strftime("%d/%m/%Y")
HEADINGS = ["Personnes", "Vie associative", "Confidentialité"]


def test_staff_find_the_register_in_french_with_names_statuses_and_neutral_codes(desk_of, picture):
    desk = desk_of("collegue")
    assert "MIST" in desk.apps()
    desk.page.locator(".o_app", has_text="MIST").click()
    desk.page.locator(".o_menu_sections button", has_text="Personnes").click()
    desk.page.get_by_role("menuitem", name="Personnes", exact=True).click()
    # Other tests work with people of their own.
    known = {" ".join(name) for name in NAMES.values()} | {"Marguerite"}
    expect(desk.page.locator(".o_data_row", has_text="Prête Fictive")).to_have_count(1)
    rows = {row[0]: row for row in desk.table if row[0] in known}
    assert len(rows) == len(NAMES)
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
    desk.search("suivie")
    expect(desk.page.locator(".o_data_row")).to_have_count(1)
    assert desk.table[0][0] == "Marguerite"


def test_the_list_is_narrowed_by_status(desk_of):
    desk = desk_of("collegue")
    desk.open("person")
    desk.page.click(".o_searchview_dropdown_toggler")
    desk.page.get_by_role("menuitemcheckbox", name="Partie", exact=True).click()
    expect(desk.page.locator(".o_data_row", has_text="Prête Fictive")).to_have_count(0)
    rows = {row[0]: row[3] for row in desk.table}
    assert set(rows.values()) == {"Partie"}
    assert "Partie Fictive" in rows


def test_nobody_clicks_a_status_and_the_form_says_what_the_next_one_lacks(desk_of, picture):
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
    for button in desk.page.locator(".o_statusbar_status button:visible").all():
        expect(button).to_be_disabled()
    picture(desk)
    assert "Pour « Membre » :" in desk.missing
    assert f"{M06} (onglet Signatures). (« Devenir membre », M06)" in desk.missing
    assert not re.search(r"Bylaws|x_|False|\{", desk.missing)
    desk.open_person("exclue")
    assert (desk.status, desk.missing) == ("Exclue", "")


def test_a_signature_added_in_its_tab_makes_a_member_in_the_same_write(desk_of, picture):
    desk = desk_of("collegue")
    desk.open_person("prete")
    inside = desk.tab("Signatures", "Signé le")
    inside.get_by_text("Ajouter une ligne").click()
    dialog = desk.page.locator(".modal")
    desk.fill(dialog, x_document="Règlement intérieur", x_on=TODAY)
    for field in ("Valeurs reconnues", "Engagement coché"):
        dialog.get_by_label(field).check()
    picture(desk, "dialog")
    dialog.get_by_role("button", name="Enregistrer & Fermer").click()
    desk.save()
    expect(inside.locator(".o_data_row")).to_have_count(1)
    desk.expect_status("Membre")
    assert "Pour « Membre active provisoire » :" in desk.missing
    expect(desk.page.locator(".o_field_widget[name=x_member_since]")).to_contain_text(TODAY)
    picture(desk)


def test_a_departure_noted_of_the_wrong_person_is_taken_back_and_her_status_is_as_before(desk_of):
    desk = desk_of("direction")
    desk.open_person("membre")
    inside = desk.tab("Départs", "Le")
    inside.get_by_text("Ajouter une ligne").click()
    dialog = desk.page.locator(".modal")
    desk.fill(dialog, x_scope="L'association", x_on=TODAY)
    dialog.get_by_role("button", name="Enregistrer & Fermer").click()
    desk.save()
    desk.expect_status("Partie")
    inside.locator(".o_list_record_remove").click()
    desk.save()
    desk.expect_status("Membre")


def test_an_exclusion_is_recorded_by_direction_only_and_shows_at_once(desk_of, picture):
    staff = desk_of("collegue")
    staff.open_person("bientot")
    assert staff.tab("Décisions", "Décidée le").get_by_text("Ajouter une ligne").count() == 0
    desk = desk_of("direction")
    desk.open_person("bientot")
    desk.tab("Décisions", "Décidée le").get_by_text("Ajouter une ligne").click()
    dialog = desk.page.locator(".modal")
    desk.fill(
        dialog, x_scope="L'association", x_on=TODAY, x_ground="Valeurs", x_heard_on=TODAY, x_voted_on=TODAY
    )
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
