"""What keeps a paper of an assembly from leaving, each time with the place where it is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mist_connector.bylaws.text import Text
from mist_connector.documents.catalogue import CANCELLATION, MINUTES, NOTICE, REMINDER
from mist_connector.errors import MistError
from mist_connector.work.assembly.assemblies import AssemblyRecord, ItemRecord
from mist_connector.work.assembly.convocation import Convocation, PlaceChoice
from mist_connector.work.assembly.days import AssemblyDay, assembly_meant
from mist_connector.work.assembly.preflight import obstacles

TODAY = date(2026, 11, 24)
ITEM = ItemRecord(
    id=1,
    title=Text(fr="Nouvelles", en="News"),
    kind="information",
    office=None,
    secret=False,
    second_round=False,
    voted_at="",
    ballots=0,
    blank=0,
    votes_for=0,
    votes_against=0,
    state=None,
    reason="",
    paper="",
    follow_up="",
    due_on=None,
    position=1,
    candidacies=(),
)
READY = AssemblyRecord(
    id=1,
    code="Y-0000-0001",
    on=TODAY + timedelta(days=20),
    hour="14:00",
    place="",
    place_told=False,
    state="planned",
    convened_on=None,
    frozen_on=None,
    answer="",
    seal="",
    minutes="",
    approved_on=None,
    version=0,
    items=(ITEM,),
    invitees=(),
    choice=PlaceChoice(secret=True),
    convocation=Convocation(says="jour"),
)
SENT = replace(
    READY,
    state="convened",
    convened_on=TODAY,
    convocation=Convocation("jour", "jour", day=READY.on, reached=37, edition=1),
)
CHANGED = replace(SENT, convocation=replace(SENT.convocation, says="autre jour"))


def found(key, assembly, rules, today=TODAY):
    return list(obstacles(key, assembly, rules, today=today))


@pytest.mark.parametrize(
    ("changed", "says", "where"),
    [
        ({"on": TODAY - timedelta(days=1)}, "son jour est passé (23/11/2026)", "Annulée ou non tenue"),
        ({"choice": PlaceChoice()}, "le lieu n'est ni à écrire", "Lieu gardé secret"),
        ({"choice": PlaceChoice(told=True)}, "le lieu n'est ni à écrire", "Lieu ou lien"),
        ({"choice": PlaceChoice(told=True, secret=True), "place": "Salle"}, "à la fois", "Lieu gardé secret"),
        ({"items": ()}, "l'ordre du jour est vide", "Ordre du jour"),
        ({"items": (replace(ITEM, kind="resolution"),)}, "qui vote (Q01)", "Q01"),
    ],
)
def test_a_convocation_waits_for_what_it_lacks(changed, says, where, delivered):
    assert found(NOTICE, READY, delivered) == []
    [obstacle] = found(NOTICE, replace(READY, **changed), delivered)
    assert says in obstacle.what
    assert where in obstacle.mend


def test_everything_that_lacks_is_said_at_once(delivered):
    assembly = replace(READY, on=TODAY - timedelta(days=1), choice=PlaceChoice(), items=())
    assert len(found(NOTICE, assembly, delivered)) == 3


@pytest.mark.parametrize(("ahead", "refused"), [(14, True), (15, False)])
def test_the_statutes_delay_holds_for_each_day_that_is_announced(ahead, refused, delivered):
    statutes = delivered.assembly.statutes.model_copy(update={"notice_days": 15})
    assembly = delivered.assembly.model_copy(update={"statutes": statutes})
    rules = replace(delivered, assembly=assembly)
    on = TODAY + timedelta(days=ahead)
    assert bool(found(NOTICE, replace(READY, on=on), rules)) is refused
    moved = replace(SENT, on=on, convocation=replace(CHANGED.convocation, day=SENT.on))
    assert bool(found(NOTICE, moved, rules)) is refused
    # Who joins later is invited to the day that the others know, however near.
    known = replace(SENT, on=on, convocation=replace(SENT.convocation, day=on))
    assert found(NOTICE, known, rules) == []


def test_nobody_is_reminded_of_a_version_that_is_no_longer_true(delivered):
    assert found(REMINDER, SENT, delivered) == []
    [obstacle] = found(REMINDER, CHANGED, delivered)
    assert "37 personnes" in obstacle.what


@pytest.mark.parametrize(
    ("assembly", "edition"), [(READY, 1), (SENT, 1), (CHANGED, 2)], ids=["first", "same", "changed"]
)
def test_each_version_has_its_number(assembly, edition):
    assert assembly.convocation.next_edition == edition


def test_a_version_that_comes_back_is_a_new_one_since_people_know_another():
    twice = Convocation("premier", "second", edition=2)
    assert twice.next_edition == 3


def test_what_is_over_is_not_told_any_more(delivered):
    assert found(CANCELLATION, SENT, delivered) == []
    assert len(found(CANCELLATION, SENT, delivered, today=SENT.on + timedelta(days=1))) == 1
    assert len(found(CANCELLATION, READY, delivered)) == 1
    assert found(MINUTES, replace(SENT, state="closed"), delivered, today=SENT.on) == []


PAST = AssemblyDay("Y-0000-0001", date(2026, 10, 10), "planned")
NEXT = AssemblyDay("Y-0000-0002", date(2026, 12, 14), "planned")
CLOSED = AssemblyDay("Y-0000-0003", date(2026, 5, 1), "closed")


def test_with_several_assemblies_it_is_asked_which():
    with pytest.raises(MistError, match=r"10/10/2026 \(passée : à clore ou à annuler\).*14/12/2026"):
        assembly_meant((CLOSED, PAST, NEXT), None, ("planned",), today=TODAY)
    assert assembly_meant((CLOSED, PAST, NEXT), NEXT.code, ("planned",), today=TODAY) == NEXT


def test_one_that_was_cancelled_is_not_meant():
    cancelled = replace(PAST, state="cancelled")
    assert assembly_meant((CLOSED, cancelled, NEXT), None, ("planned",), today=TODAY) == NEXT


def test_what_follows_a_close_means_the_last_one_that_was_closed():
    assert assembly_meant((CLOSED, NEXT), None, ("closed",), today=TODAY) == CLOSED


def test_members_know_of_one_that_was_cancelled_after_they_were_convened():
    assert replace(PAST, state="cancelled", convened=True).is_told
    assert not replace(PAST, state="cancelled").is_told
