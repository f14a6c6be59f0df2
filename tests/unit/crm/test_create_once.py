"""Records that somebody else may bring in at the same moment, or that an answer that never came hides."""

from __future__ import annotations

import pytest

from mist_connector.crm.batches import create_once
from mist_connector.errors import OutcomeUnknown, WriteRefused


class Crm:
    """A CRM that takes each key once; at some requests it fails before, or its answer is lost."""

    def __init__(self, *lost, held=(), broken=False):
        self.held, self.lost, self.broken, self.asked = set(held), list(lost), broken, 0

    def call(self, _model, _method, *, vals_list, context):  # noqa: ARG002 - the port's own words
        self.asked += 1
        lost = self.lost.pop(0) if self.lost else ""
        if lost == "before":
            raise OutcomeUnknown("Coupé.")
        keys = {values["x_key"] for values in vals_list}
        if self.broken or keys & self.held:
            raise WriteRefused("Déjà noté.")
        self.held |= keys
        if lost == "after":
            raise OutcomeUnknown("Coupé.")
        return list(range(len(vals_list)))


def create(crm, most=2):
    rows = {key: {"x_key": key} for key in range(5)}
    return create_once(crm, "x_mist_invitee", rows, lambda: crm.held, most=most)


def test_what_another_run_brought_in_is_left_out_and_the_rest_comes():
    crm = Crm(held={1, 4})
    assert create(crm) == 2
    assert crm.held == set(range(5))


@pytest.mark.parametrize("lost", [("before",), ("after",), ("", "after", "before"), ("before", "before")])
def test_an_answer_that_never_came_is_looked_after(lost):
    crm = Crm(*lost)
    create(crm)
    assert crm.held == set(range(5))


def test_what_a_rule_refuses_is_raised_and_a_crm_that_stays_away_is_too():
    with pytest.raises(WriteRefused):
        create(Crm(broken=True))
    with pytest.raises(OutcomeUnknown):
        create(Crm(*["before"] * 9))
