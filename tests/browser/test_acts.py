"""J3, J5, J7: what is done with somebody is one button and one short dialog on her form."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from mist_connector.sandbox.clock import ZONE

TODAY = datetime.now(ZONE).date()


@pytest.fixture
def applicant(desk_of, house):
    """The form of somebody who applied, before staff; her number is `person`."""
    desk = desk_of("collegue")
    values = {"x_first_name": "Postulante", "x_last_name": "Imaginaire", "x_applied_on": str(TODAY)}
    [person] = desk.ask("x_mist_person", "create", args=[[values]])["result"]
    house.people["postulante"] = person
    desk.open("person", person)
    expect(desk.page.locator(".oe_title")).to_contain_text("Postulante")
    desk.clicks = 0
    return desk


def test_who_applied_signs_and_leaves_again_in_few_clicks(applicant, house, picture):
    desk = applicant
    desk.page.get_by_role("button", name="Attester").click()
    expect(desk.page.get_by_role("button", name="Attester")).to_be_hidden()
    _act(desk, "Faire signer", ticks=("Valeurs reconnues", "Engagement coché"))
    picture(desk, "signed", guide="signer")
    assert desk.clicks <= 8
    signed = _noted(desk, "signature", house, ["x_document", "x_on", "x_values", "x_commitment"])
    assert signed == [("bylaws", str(TODAY), True, True)]
    desk.clicks = 0
    _act(desk, "Départ")
    assert desk.clicks <= 4
    assert _noted(desk, "departure", house, ["x_scope", "x_on"]) == [("association", str(TODAY))]
    desk.expect_status("Partie")
    picture(desk, "left")


def test_a_step_is_noted_in_three_clicks_and_is_on_her_form_at_once(applicant, house, picture):
    desk = applicant
    desk.page.get_by_role("tab", name="Étapes").click()
    _act(desk, "Carte remise")
    assert desk.clicks <= 3
    expect(desk.page.locator(".tab-pane.active .o_data_row")).to_contain_text("Carte remise")
    picture(desk, guide="etape")
    assert _noted(desk, "step", house, ["x_kind", "x_on"]) == [("card_given", str(TODAY))]


def test_an_act_that_is_refused_says_why_and_keeps_what_was_typed(applicant, house, picture):
    desk = applicant
    desk.page.get_by_role("tab", name="Groupes de travail").click()
    desk.page.get_by_role("button", name="Noter sa place dans un groupe").click()
    dialog = desk.page.locator(".modal", has_text="Noter sa place")
    desk.fill(dialog, x_group="Formation", x_since=(TODAY - timedelta(days=1)).strftime("%d/%m/%Y"))
    dialog.get_by_role("button", name="Enregistrer").click()
    refused = desk.page.locator(".modal", has_text="(A10)")
    expect(refused).to_contain_text("vient après la signature")
    picture(desk)
    refused.get_by_role("button", name="Fermer").first.click()
    expect(dialog.locator("[name=x_group] input")).to_have_value("Formation")
    dialog.get_by_role("button", name="Annuler").click()
    assert _noted(desk, "workgroup", house, ["x_group"]) == []


def _act(desk, label, *, ticks=()):
    """Push a button, tick what the dialog asks, save, and wait until the CRM says that it is noted."""
    desk.page.get_by_role("button", name=label, exact=True).locator("visible=true").first.click()
    dialog = desk.page.locator(".modal")
    for field in ticks:
        dialog.get_by_label(field).check()
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(desk.page.locator(".o_notification").last).to_contain_text("C'est noté.")
    expect(dialog).to_have_count(0)


def _noted(desk, model, house, columns):
    domain = [["x_person_id", "=", house.people["postulante"]]]
    rows = desk.ask(f"x_mist_{model}", "search_read", args=[domain, columns])["result"]
    return [tuple(row[column] for column in columns) for row in rows]
