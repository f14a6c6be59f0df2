from datetime import date

import pytest

from mist_connector.assembly.electorate import check_nobody_twice, check_seal, freeze
from mist_connector.assembly.refusal import AssemblyRefused

DAY = date(2026, 11, 24)
STATUSES = {"P-1": "active", "P-2": "member", "P-3": "provisional", "P-4": "left", "P-5": None}


def decisions(delivered, answer):
    return [
        each.model_copy(update={"answer": answer}) if each.id == "Q01" else each
        for each in delivered.bylaws.decisions
    ]


def frozen(delivered, answer, statuses=STATUSES, **more):
    given = {"on": DAY, "assembly": "Y-1", **more}
    return freeze(
        given["assembly"], statuses, delivered.assembly, decisions(delivered, answer), on=given["on"]
    )


def test_while_nobody_has_said_who_votes_no_list_is_made(delivered):
    with pytest.raises(AssemblyRefused, match="Q01"):
        freeze("Y-1", STATUSES, delivered.assembly, delivered.bylaws.decisions, on=DAY)


@pytest.mark.parametrize(("answer", "voters"), [("all_members", {"P-1", "P-2"}), ("active_members", {"P-1"})])
def test_both_answers_make_their_list(delivered, answer, voters):
    assert frozen(delivered, answer).voters == voters


def test_two_records_that_may_be_one_person_are_not_two_electors(delivered):
    electorate = frozen(delivered, "all_members")
    with pytest.raises(AssemblyRefused, match="P-1 et P-2") as refusal:
        check_nobody_twice(electorate, [("P-4", "P-5"), ("P-2", "P-1", "P-3")])
    assert "Fiches qui se ressemblent" in refusal.value.todo
    check_nobody_twice(electorate, [("P-1", "P-3"), ("P-2", "P-4")])


def test_the_seal_is_the_same_for_the_same_list_in_any_order(delivered):
    turned = dict(reversed(STATUSES.items()))
    assert frozen(delivered, "all_members").seal == frozen(delivered, "all_members", turned).seal


@pytest.mark.parametrize(
    "more", [{"on": date(2026, 11, 25)}, {"assembly": "Y-2"}, {"statuses": {**STATUSES, "P-5": "member"}}]
)
def test_another_list_day_or_assembly_breaks_the_seal(delivered, more):
    seal = frozen(delivered, "all_members").seal
    with pytest.raises(AssemblyRefused, match="scellée"):
        check_seal(frozen(delivered, "all_members", **more), seal)


def test_another_answer_breaks_the_seal_even_if_the_list_is_the_same(delivered):
    only = {"P-1": "active"}
    assert frozen(delivered, "all_members", only).seal != frozen(delivered, "active_members", only).seal
