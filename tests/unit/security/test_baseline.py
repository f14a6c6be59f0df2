"""A baseline tells every difference, is read again as it was written, and shows any change made to it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.security.baseline import (
    Acknowledged,
    Act,
    Baseline,
    Entry,
    State,
    accept,
    compare,
    read,
    written,
)
from mist_connector.security.changes import unanswered
from mist_connector.security.finding import Closing
from mist_connector.security.kinds import BY_MODEL
from mist_connector.security.looking import Look

SECRET, OTHER, HERE = b"secret", b"autre", "base"
HOW = Acknowledged("2026-01-01 00:00", "admin", "essai", 2)
digests = st.text("0123456789abcdef", min_size=16, max_size=16)
entries = st.builds(Entry, digests, st.sampled_from(["", "mail", "base"]))
keys = st.tuples(st.sampled_from(sorted(BY_MODEL)), st.integers(1, 30))
states = st.builds(State, st.dictionaries(keys, entries), st.just({"base": "1.0", "mail": "2.0"}))


@given(states)
def test_nothing_differs_from_itself_and_what_was_written_is_read_again(state):
    assert compare(state, state) == ()
    baseline = Baseline(HERE, state, (HOW,))
    found = read(written(baseline, SECRET), SECRET, HERE)
    assert found.trusted
    assert found.baseline == baseline


@given(states, states)
def test_once_all_differences_are_answered_for_none_is_left(before, after):
    differences = compare(before, after)
    answered = frozenset((each.model, each.id) for each in differences)
    assert compare(accept(Baseline(HERE, before), after, answered, HOW).state, after) == ()
    some = frozenset(sorted(answered)[::2])
    left = compare(accept(Baseline(HERE, before), after, some, HOW).state, after)
    assert {(each.model, each.id) for each in left} == answered - some


@given(states, states)
def test_a_record_is_new_changed_or_gone(before, after):
    for each in compare(before, after):
        was, now = (each.model, each.id) in before.entries, (each.model, each.id) in after.entries
        assert (
            each.act is {(False, True): Act.NEW, (True, False): Act.GONE, (True, True): Act.CHANGED}[was, now]
        )


@pytest.mark.parametrize(("secret", "database"), [(OTHER, HERE), (None, HERE), (SECRET, "ailleurs")])
def test_a_baseline_is_trusted_with_its_own_secret_in_its_own_database_only(secret, database):
    text = written(Baseline(HERE, State({("ir.rule", 1): Entry("ab")}, {})), SECRET)
    assert not read(text, secret, database).trusted


def test_a_baseline_that_somebody_changed_is_not_trusted_and_what_is_none_is_none():
    text = written(Baseline(HERE, State({("ir.rule", 1): Entry("ab")}, {})), SECRET)
    assert not read(text.replace('"1"', '"2"'), SECRET, HERE).trusted
    for none in ("", "abc", "abc {}", "abc []", f"abc {json.dumps({'records': 3})}"):
        assert read(none, SECRET, HERE) is None


class Telling:
    """A CRM that tells who wrote each record."""

    def __init__(self, by):
        self.by, self.asked = by, 0

    def call(self, model, _method, **arguments):
        self.asked += 1
        [[_, _, ids]] = arguments["domain"]
        told = BY_MODEL[model].told
        written_by = {"write_uid": [self.by, "Quelqu'un"], "write_date": "2026-01-02 10:00:00"}
        return [{"id": row_id, told: f"fiche {row_id}", **written_by} for row_id in ids]


def findings(crm, before, after, secret=SECRET):
    kept = written(Baseline(HERE, before, (HOW,)), SECRET)
    return unanswered(crm, Look(HERE, after, kept), secret).findings


def test_an_upgrade_is_one_finding_whatever_it_ships_and_what_a_hand_wrote_another():
    before = State({("ir.ui.view", 1): Entry("aa", "mail")}, {"mail": "1.0"})
    rows = {("ir.ui.view", number): Entry("bb", "mail") for number in (1, 2, 3)}
    after = State({**rows, ("ir.rule", 9): Entry("cc", "mail")}, {"mail": "1.1"})
    [upgrade] = findings(Telling(by=1), before, after)
    assert upgrade.what == "le module mail est passé de 1.0 à 1.1 : ir.rule 1, ir.ui.view 3"
    by_hand = findings(Telling(by=7), before, after)
    assert sorted(each.kind for each in by_hand) == [
        "changed:ir.ui.view",
        "new:ir.rule",
        "new:ir.ui.view",
        "new:ir.ui.view",
        "upgrade",
    ]
    assert {each.trace.by for each in by_hand if each.kind != "upgrade"} == {"Quelqu'un"}


def test_a_name_that_says_that_a_module_ships_a_record_excuses_nothing():
    before = State({}, {"mail": "1.0"})
    after = State({("ir.actions.server", 5): Entry("bb", "mail")}, {"mail": "1.0"})
    [forged] = findings(Telling(by=1), before, after)
    assert "son nom externe dit « mail », et le module mail (1.0) n'a pas changé" in forged.what
    assert forged.closing is Closing.REMOVE


def test_a_look_asks_once_for_each_table_and_says_where_it_cannot_trust():
    state = State({(model, 1): Entry("aa") for model in BY_MODEL}, {})
    crm = Telling(by=7)
    assert len(findings(crm, State({}, {}), state)) == crm.asked == len(BY_MODEL)
    assert findings(crm, state, state) == ()
    [unread] = findings(crm, state, state, secret=None)
    [forged] = findings(crm, state, state, secret=OTHER)
    assert "secret" in unread.what
    assert "quelqu'un l'a changé" in forged.what
    assert unanswered(crm, Look(HERE, state, ""), None).findings == ()
    [lost] = unanswered(crm, Look(HERE, state, ""), SECRET).findings
    assert "n'est plus dans le CRM" in lost.what
