"""What « mist sync » prints: codes, never names; what it leaves alone and why; how much in short."""

from __future__ import annotations

import pytest

from mist_connector.bylaws.text import Text
from mist_connector.cli.declared_mappings import declared
from mist_connector.cli.sync_view import show_brief, show_invited, show_sync, sync_data
from mist_connector.planning.people import (
    AccountAct,
    AccountChange,
    ContactAct,
    ContactChange,
    StatusChange,
    SyncPlan,
)

PROVISIONS = declared().provisions
NAME = "Prénom Inventé"
CHANGED = SyncPlan(
    codes=frozenset({"P-0000-0001", "P-0000-0002", "P-0000-0003"}),
    statuses=(
        StatusChange("P-0000-0001", 1, "candidate", "member", ("M01", "M06")),
        StatusChange("P-0000-0002", 2, "candidate", "member", ("M01", "M06")),
    ),
    contacts=(ContactChange("P-0000-0003", 3, ContactAct.NAME, contact=7, named=NAME),),
    left_alone=(Text(fr="ce compte administre le CRM", en="this account administers the CRM"),),
)
QUIET = SyncPlan(codes=frozenset({"P-0000-0001"}))


@pytest.fixture
def printed(capsys):
    def show(how, plan):
        how(plan, PROVISIONS)
        return " ".join(capsys.readouterr().out.split())

    return show


def test_each_change_is_shown_by_code_with_its_rules_and_no_name_is(printed):
    told = printed(show_sync, CHANGED)
    assert "statut : Candidate → Membre" in told
    assert "M01, M06" in told
    assert all(code in told for code in CHANGED.codes)
    assert "Laissé tel quel : ce compte administre le CRM." in told
    assert "3 personnes ; statuts : 2, contacts : 1, comptes : 0, rappels : 0." in told
    assert NAME not in told + repr(sync_data(CHANGED))


def test_who_is_to_be_invited_is_told_with_the_command_that_invites(printed):
    made = AccountChange("eq@inventee.example", AccountAct.OPEN, (), ("staff",))
    admitted = AccountChange("b@inventee.example", AccountAct.ADMIT, (), ("staff",), account=4)
    closed = AccountChange("a@inventee.example", AccountAct.CLOSE, ("staff",), (), account=3)
    plan = SyncPlan(codes=frozenset(), accounts=(made, admitted, closed))
    told = printed(lambda each, _: show_invited(each), plan)
    assert told.endswith("mist start --invite b@inventee.example --invite eq@inventee.example")
    assert sync_data(plan)["to_invite"] == ["b@inventee.example", "eq@inventee.example"]
    assert printed(lambda each, _: show_invited(each), QUIET) == ""


def test_in_short_changes_of_one_kind_are_one_line(printed):
    told = printed(show_brief, CHANGED)
    assert "statut : Candidate → Membre 2" in told
    assert "P-0000-0001" not in told


@pytest.mark.parametrize("how", [show_sync, show_brief])
def test_nothing_to_do_is_said(printed, how):
    assert printed(how, QUIET) == "1 personnes : tout est en accord avec les faits."


def test_a_status_that_the_crm_refuses_is_left_alone_without_a_reason_and_not_taken_for_in_line(printed):
    plan = CHANGED.without({"P-0000-0002"})
    assert [change.code for change in plan.statuses] == ["P-0000-0001"]
    said = "le CRM donne un autre statut que ces faits ; voyez avec la direction : P-0000-0002."
    assert f"Laissé tel quel : {said}" in printed(show_sync, plan)
    assert sync_data(plan)["refused"] == ["P-0000-0002"]
    alone = plan.only(["P-0000-0002"])
    assert alone.empty
    assert printed(show_brief, alone).endswith("le CRM donne un autre statut à 1.")
    assert not plan.only(["P-0000-0001"]).refused
