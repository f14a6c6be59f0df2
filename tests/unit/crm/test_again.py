"""Asking again: what is repeated, how often, how long after, and who hears of it."""

from __future__ import annotations

import pytest

from mist_connector.crm.transports.again import again
from mist_connector.errors import Busy, NotReached, OutcomeUnknown, ServerFailed

BUSY = Busy("Occupé.", after=7)
LOST, AWAY = OutcomeUnknown("Coupé."), NotReached("Personne.")


@pytest.fixture
def waits(monkeypatch):
    """How long was waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waited.append)
    return waited


class Scripted:
    """A CRM that fails so and so often before it answers."""

    def __init__(self, *failures):
        self.failures, self.asked, self.told = list(failures), 0, []

    def __call__(self):
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        return "answer"

    def ask(self, method="search", *, known=True):
        return again(self, method=method, known=known, tell=self.told.append)


@pytest.mark.parametrize(
    ("failure", "method"), [(BUSY, "create"), (BUSY, "search"), (AWAY, "create"), (LOST, "search_read")]
)
def test_what_has_not_happened_or_only_reads_is_asked_again_and_told(failure, method, waits):
    crm = Scripted(failure, failure)
    assert crm.ask(method) == "answer"
    assert crm.asked == 3
    assert len(waits) == 2
    assert "Nouvel essai dans" in crm.told[0]
    assert crm.told[1].endswith("(3/4).")


def test_the_crm_says_itself_how_long_to_wait(waits):
    Scripted(BUSY).ask()
    assert waits == [7]


def test_a_wait_that_is_too_long_is_left_to_whoever_asks(waits):
    crm = Scripted(Busy("Occupé.", after=600))
    with pytest.raises(Busy):
        crm.ask()
    assert waits == []


@pytest.mark.parametrize("method", ["create", "write", "run", "load", "unlink", "import_module"])
def test_a_write_that_may_have_happened_is_never_repeated(method, waits):
    crm = Scripted(LOST)
    with pytest.raises(OutcomeUnknown):
        crm.ask(method)
    assert (crm.asked, waits) == (1, [])


def test_it_ends_after_four_times(waits):
    crm = Scripted(*[BUSY] * 9)
    with pytest.raises(Busy):
        crm.ask()
    assert (crm.asked, len(waits)) == (4, 3)


def test_an_address_that_never_answered_and_an_error_of_the_crm_are_not_asked_again(waits):
    for failure, known in ((AWAY, False), (LOST, False), (ServerFailed("Erreur."), True)):
        crm = Scripted(failure)
        with pytest.raises(type(failure)):
            crm.ask(known=known)
        assert crm.asked == 1
    assert waits == []
