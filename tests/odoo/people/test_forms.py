"""What a form that is being filled tells: nothing that whoever fills it may not read."""

import pytest

LAPSED = "equipe.2@mist.example"  # staff whose confidentiality agreement is no longer in force


def onchange(crm, model, values, *computed):
    """Fill a form as a browser does; return what the CRM puts into it."""
    fields = {name: {} for name in (*computed, *values)}
    answer = crm.call(model, "onchange", ids=[], values=values, field_names=list(values), fields_spec=fields)
    return answer.get("value", {})


@pytest.fixture
def excluded(association):
    """The record of an exclusion, by its number, as somebody might guess it."""
    [exclusion, *_] = association.connector.call(
        "x_mist_exclusion", "search", domain=[["x_scope", "=", "association"]], order="id"
    )
    return exclusion


@pytest.mark.parametrize("login", [LAPSED, "equipe.1@mist.example"])
def test_linking_somebodys_facts_to_an_empty_form_tells_no_status(association, excluded, login):
    filled = onchange(
        association.door(login), "x_mist_person", {"x_exclusion_ids": [[4, excluded, False]]}, "x_status"
    )
    assert not filled.get("x_status")


def test_a_form_about_a_person_invents_no_other_code_for_her(association):
    crm = association.door("equipe.1@mist.example")
    [person] = crm.call("x_mist_person", "search_read", domain=[], fields=["x_name"], limit=1, order="id")
    filled = onchange(crm, "x_mist_signature", {"x_person_id": person["id"]}, "x_name")
    assert "P-" not in str(filled.get("x_name") or "")
    assert not filled.get("x_name")
