"""What a closed assembly is held to: a number and a digest; and what one lacks on the way there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mist_connector.assembly.record import next_number
from mist_connector.bylaws.text import Text
from mist_connector.work.assembly.assemblies import AssemblyRecord, CandidacyRecord, InviteeRecord, ItemRecord
from mist_connector.work.assembly.progress import progress
from mist_connector.work.assembly.record import Version, content_digest

DAY = date(2026, 11, 24)
STANDING = CandidacyRecord(1, "P-0000-0001", DAY, 7, elected=True, mandate=1)
UNDECIDED = replace(STANDING, accepted_on=None)
ITEM = ItemRecord(
    id=1,
    title=Text(fr="Élection", en="Election"),
    kind="election",
    office="board",
    secret=True,
    second_round=False,
    voted_at="15:00",
    ballots=9,
    blank=0,
    votes_for=0,
    votes_against=0,
    state="elected",
    reason="",
    paper="",
    follow_up="",
    due_on=None,
    position=1,
    candidacies=(STANDING,),
)
GUEST = InviteeRecord(1, "P-0000-0001", entitled=True, presence="13:55-", proxy_to=None, proxy_item=None)
CLOSED = AssemblyRecord(
    id=1,
    code="Y-0000-0001",
    on=DAY,
    hour="14:00",
    place="",
    place_told=False,
    state="closed",
    convened_on=DAY,
    frozen_on=DAY,
    answer="active_members",
    seal="0",
    minutes="AG-2026-1",
    approved_on=None,
    version=1,
    items=(ITEM,),
    invitees=(GUEST,),
)


@pytest.mark.parametrize(
    ("known", "number"),
    [
        ((), "AG-2026-1"),
        (("AG-2026-1", "AG-2026-2"), "AG-2026-3"),
        (("AG-2025-7", "PV 12", "AG-2026-1"), "AG-2026-2"),
    ],
)
def test_minutes_are_numbered_within_their_year(known, number):
    assert next_number(known, DAY) == number


@pytest.mark.parametrize(
    "changed",
    [
        replace(CLOSED, items=()),
        replace(CLOSED, invitees=()),
        replace(CLOSED, items=(replace(ITEM, ballots=8),)),
        replace(CLOSED, items=(replace(ITEM, candidacies=()),)),
        replace(CLOSED, items=(replace(ITEM, candidacies=(replace(STANDING, votes=6),)),)),
        replace(CLOSED, invitees=(replace(GUEST, presence="14:00-"),)),
        replace(CLOSED, invitees=(replace(GUEST, proxy_to="P-0000-0002"),)),
        replace(CLOSED, seal="1"),
    ],
)
def test_whatever_is_changed_or_taken_out_shows_in_the_digest(changed, delivered):
    made = (Version("AG-2026-1", 1, date(2026, 6, 20), content_digest(CLOSED), None),)
    assert not any("scelle" in each for each in progress(CLOSED, delivered, made, today=DAY).missing)
    assert any("scelle" in each for each in progress(changed, delivered, made, today=DAY).missing)


@pytest.mark.parametrize(
    ("assembly", "lacks", "then"),
    [
        (replace(CLOSED, state="planned", items=()), "ordre du jour est vide", "mist assembly convene"),
        (
            replace(CLOSED, state="planned"),
            "l'association n'a pas dit qui vote (Q01)",
            "mist assembly convene",
        ),
        (
            replace(CLOSED, state="convened", items=(replace(ITEM, candidacies=()),)),
            "Point 1 : personne n'est candidate.",
            "mist assembly open",
        ),
        (
            replace(CLOSED, state="open", items=(replace(ITEM, voted_at="", ballots=0),)),
            "Point 1 : pas d'heure de vote.",
            "mist assembly close",
        ),
        (
            replace(CLOSED, state="open", items=(replace(ITEM, candidacies=(UNDECIDED,)),)),
            "Point 1 : P-0000-0001 n'a pas dit oui.",
            "mist assembly close",
        ),
        (CLOSED, "n'est pas approuvé", "mist assembly minutes"),
    ],
)
def test_status_says_what_an_assembly_lacks_and_what_comes_next(assembly, lacks, then, delivered):
    found = progress(assembly, delivered, (), today=DAY)
    assert any(lacks in each for each in found.missing)
    assert then in found.next


def test_nothing_comes_after_approved_minutes(delivered):
    made = (Version("AG-2026-1", 1, date(2026, 6, 20), content_digest(CLOSED), None),)
    found = progress(replace(CLOSED, approved_on=DAY), delivered, made, today=DAY)
    assert (found.missing, found.next[:4]) == ((), "Rien")
