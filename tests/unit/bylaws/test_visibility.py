"""How far consents let a name be told, and until which day."""

from datetime import date

import pytest

from mist_connector.bylaws.facts import Consent, Facts, Function
from mist_connector.bylaws.visibility import Naming, consented, on_contact

TODAY = date(2026, 6, 15)


def consent(limits, since=date(2026, 1, 1), until=date(2026, 12, 31)):
    return Consent(since, limits, until)


@pytest.mark.parametrize(
    ("limits", "naming"),
    [
        ([], None),
        (["named_media"], None),
        (["no_picture"], Naming.FULL),
        (["full"], Naming.FULL),
        (["first_name"], Naming.FIRST),
        (["full", "first_name"], Naming.FIRST),
    ],
)
def test_the_narrowest_consent_that_names_her_decides(limits, naming):
    assert consented([consent(each) for each in limits], TODAY) is naming


def test_the_last_day_still_shows_and_the_next_does_not():
    ending = consent("full", until=TODAY)
    assert consented([ending], TODAY) is Naming.FULL
    assert consented([ending], date(2026, 6, 16)) is None
    assert consented([ending], date(2025, 12, 31)) is None


def test_an_account_for_a_function_shows_the_name_while_the_function_lasts_and_within_her_own_limits():
    function = Function(date(2026, 1, 1), "staff", "a@mist.example", until=TODAY, code="F-1")
    facts = Facts(code="P-1", functions=(function,))
    assert on_contact(facts, ["F-1"], TODAY) is Naming.FULL
    assert on_contact(facts, [], TODAY) is None
    assert on_contact(facts, ["F-1"], date(2026, 6, 16)) is None
    limited = Facts(code="P-1", functions=(function,), consents=(consent("first_name"),))
    assert on_contact(limited, ["F-1"], TODAY) is Naming.FIRST
