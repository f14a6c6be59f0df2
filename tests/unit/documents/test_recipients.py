"""Who gets a document, and how: only who is certainly concerned, and only by her safe channel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.documents.address import is_one_address
from mist_connector.documents.recipients import Addressee, Way, recipients

CONCERNED = {"member", "provisional", "active"}


def person(code="P-0000-0001", **values):
    usual = {
        "status": "member",
        "verdict": "member",
        "channel": "mail",
        "language": "fr",
        "email": "invented@example.org",
    }
    return Addressee(code=code, **{**usual, **values})


def way(**values):
    found = recipients([person(**values)], statuses=CONCERNED, languages=("fr", "en"))
    [routed] = (*found.to_send, *found.by_other_means, *found.not_sent)
    return routed.way


@pytest.mark.parametrize("status", sorted(CONCERNED))
def test_members_with_a_safe_mail_address_receive_it(status):
    assert way(status=status, verdict=status) is Way.MAIL


@pytest.mark.parametrize("status", ["candidate", "left", "excluded", None, "invented"])
def test_nobody_else_receives_it(status):
    assert way(status=status, verdict=status) is Way.NOT_CONCERNED


@pytest.mark.parametrize(
    ("status", "verdict"), [("member", "excluded"), ("left", "member"), ("member", None)]
)
def test_where_the_crm_and_the_facts_disagree_nothing_is_sent(status, verdict):
    assert way(status=status, verdict=verdict) is Way.STATUS_OUTDATED


@pytest.mark.parametrize(
    ("channel", "expected"),
    [("call", Way.BY_CALL), ("paper", Way.BY_HAND), ("none", Way.NO_CONTACT), (None, Way.NO_CHANNEL)],
)
def test_the_safe_channel_is_kept_even_where_an_address_is_known(channel, expected):
    assert way(channel=channel) is expected


def test_an_unknown_channel_is_no_permission_to_mail():
    assert way(channel="pigeon") is Way.NO_CHANNEL


@pytest.mark.parametrize("email", [None, ""])
def test_without_an_address_nothing_is_sent(email):
    assert way(email=email) is Way.ADDRESS_MISSING


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org,b@example.org",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n",
        "a@example.org b@example.org",
        " a@example.org",
        "Someone <a@example.org>",
        '"a@example.org"@example.org',
        "a@b@example.org",
        "a@example",
        "a@-example.org",
        "a@example..org",
        ".a@example.org",
        "a..b@example.org",
        "a@[127.0.0.1]",
        "a@exa\u043cple.org",
        "a@example.org\u2028",
        "group:a@example.org;",
        "a(comment)@example.org",
        "=a@example.org",
        "a%b.example@example.org",
        "a!b@example.org",
        "x" * 250 + "@example.org",
        "@example.org",
        "a@",
    ],
)
def test_what_could_be_read_as_another_or_a_second_address_is_refused(address):
    assert not is_one_address(address)
    assert way(email=address) is Way.ADDRESS_INVALID


@pytest.mark.parametrize("address", ["a@example.org", "first.last+tag@mail.example.org", "A_B-c@x-y.example"])
def test_plain_addresses_are_accepted(address):
    assert is_one_address(address)


def test_a_language_that_the_document_lacks_falls_back_to_its_first():
    found = recipients(
        [person("P-1", language="en"), person("P-2", language=None), person("P-3", language="xx")],
        statuses=CONCERNED,
        languages=("fr", "en"),
    )
    assert [each.language for each in found.to_send] == ["en", "fr", "fr"]


PEOPLE = st.builds(
    Addressee,
    code=st.uuids().map(str),
    status=st.sampled_from([*CONCERNED, "left", None]),
    verdict=st.sampled_from([*CONCERNED, "left", None]),
    channel=st.sampled_from(["mail", "call", "paper", "none", None]),
    language=st.sampled_from(["fr", "en", None]),
    email=st.sampled_from(["a@example.org", "a@example.org,b@example.org", "", None]),
)


@given(st.lists(PEOPLE))
def test_everybody_appears_exactly_once(people):
    found = recipients(people, statuses=CONCERNED, languages=("fr", "en"))
    codes = [each.code for each in (*found.to_send, *found.by_other_means, *found.not_sent)]
    assert sorted(codes) == sorted(each.code for each in people)


@given(st.lists(PEOPLE))
def test_no_address_is_ever_shown(people):
    found = recipients(people, statuses=CONCERNED, languages=("fr", "en"))
    assert "@" not in repr(found)
    assert "@" not in repr(people)
