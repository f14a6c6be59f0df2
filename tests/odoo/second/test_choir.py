"""A second association on a real CRM: it deploys, syncs, checks and refuses by mappings alone."""

from datetime import timedelta

import pytest

from mist_connector.errors import WriteRefused
from mist_connector.work.people.facts_reading import read_common_facts, read_facts

STEWARDS = "intendance@mouettes.example"


def statuses(choir):
    rows = choir.connector.call("x_mist_person", "search_read", domain=[], fields=["x_name", "x_status"])
    return {row["x_name"]: row["x_status"] for row in rows}


def findings(choir):
    blueprint = choir.mappings.blueprint
    register = read_facts(choir.connector, blueprint)
    common = read_common_facts(choir.connector, blueprint)
    return choir.sync().verdicts(register, choir.today(), common=common).findings


def found(choir, check):
    return sorted(str(each.code) for each in findings(choir) if each.check == check)


def person(choir, number):
    [row] = choir.connector.call("x_mist_person", "search", domain=[["x_name", "=", f"P-C0DE-{number:04d}"]])
    return row


def test_statuses_follow_a_fee_that_is_paid(choir):
    held = statuses(choir)
    assert [held[f"P-C0DE-{number:04d}"] for number in (1, 9, 10, 11, 12)] == [
        "singer",
        "singer",
        "lapsed",
        "gone",
        "applicant",
    ]
    assert choir.plan().empty


def test_an_unpaid_fee_is_found_until_it_is_paid_and_the_status_follows(choir):
    assert found(choir, "fee_unpaid") == ["P-C0DE-0010"]
    day = choir.today()
    fee = {
        "x_person_id": person(choir, 10),
        "x_since": day.isoformat(),
        "x_until": (day + timedelta(days=364)).isoformat(),
        "x_how": "cash",
    }
    stewards = choir.door(STEWARDS)
    ids = stewards.call("x_mist_payment", "create", vals_list=[fee])
    assert statuses(choir)["P-C0DE-0010"] == "singer"
    assert found(choir, "fee_unpaid") == []
    stewards.call("x_mist_payment", "unlink", ids=ids)
    assert statuses(choir)["P-C0DE-0010"] == "lapsed"


def test_an_empty_seat_of_the_committee_is_found(choir):
    assert [each.office for each in findings(choir) if each.check == "seats_vacant"] == ["committee"]


def mandate(choir, number, days):
    first = choir.today()
    return {
        "x_person_id": person(choir, number),
        "x_office": "committee",
        "x_since": first.isoformat(),
        "x_until": (first + timedelta(days=days)).isoformat(),
        "x_chosen_on": first.isoformat(),
    }


@pytest.mark.parametrize(
    ("number", "days", "said"),
    [(10, 300, "la cotisation couvre le premier jour"), (4, 400, "dure 12 mois au plus")],
)
def test_a_seat_without_a_fee_and_a_term_too_long_are_refused(choir, number, days, said):
    with pytest.raises(WriteRefused, match=said):
        choir.door(STEWARDS).call("x_mist_mandate", "create", vals_list=[mandate(choir, number, days)])


def test_a_fourth_singer_sits_on_the_committee_and_a_fifth_does_not(choir):
    stewards = choir.door(STEWARDS)
    ids = stewards.call("x_mist_mandate", "create", vals_list=[mandate(choir, 4, 300)])
    with pytest.raises(WriteRefused, match="4 mandats au plus"):
        stewards.call("x_mist_mandate", "create", vals_list=[mandate(choir, 5, 300)])
    stewards.call("x_mist_mandate", "unlink", ids=ids)


def test_nothing_of_mist_alone_is_in_the_crm(choir):
    domain = [["model", "=like", "x_mist_%"]]
    rows = choir.admin.call("ir.model", "search_read", domain=domain, fields=["model"])
    models = {row["model"].removeprefix("x_mist_") for row in rows}
    assert models == {model.key for model in choir.mappings.blueprint.models}
    assert models.isdisjoint({"vote", "accompaniment", "file", "exclusion", "investigation"})
