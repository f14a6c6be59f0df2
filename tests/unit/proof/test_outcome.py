"""What a try means: only a way that somebody entitled goes through proves anything."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mist_connector.errors import MistError
from mist_connector.proof.outcome import Outcome, Verdict, judged
from mist_connector.proof.page import page
from mist_connector.proof.prove import Proof
from mist_connector.proof.record import as_data, differences, load
from mist_connector.proof.words import Words, readable, shows

TRY = Outcome("account", "read", "lecture", "personal", expected=False, seen=False)
ENTITLED = replace(TRY, persona="direction", expected=True, seen=True)


def verdicts(*tries, known=None):
    return [each.verdict for each in judged(tries, known or {})]


def test_a_refusal_counts_where_somebody_entitled_goes_through():
    assert verdicts(TRY, ENTITLED) == [Verdict.DENIED, Verdict.ALLOWED]


def test_a_way_that_shows_nothing_to_anybody_is_dead_and_no_proof():
    assert verdicts(TRY, replace(ENTITLED, seen=False)) == [Verdict.DEAD, Verdict.DEAD]


def test_whoever_reads_what_she_may_not_is_a_leak_whatever_else_works():
    assert verdicts(replace(TRY, seen=True)) == [Verdict.LEAK]


def test_whoever_is_refused_what_others_like_her_get_reads_too_little():
    other = replace(ENTITLED, persona="accompanying", seen=False)
    assert verdicts(ENTITLED, other) == [Verdict.ALLOWED, Verdict.TOO_LITTLE]


def test_a_way_is_live_at_one_tier_only_unless_it_is_the_same_for_all():
    elsewhere = replace(ENTITLED, tier="register")
    assert verdicts(TRY, elsewhere)[0] is Verdict.DEAD
    assert verdicts(replace(TRY, alike=True), replace(elsewhere, alike=True))[0] is Verdict.DENIED


def test_a_known_limit_excuses_a_dead_way_but_never_a_leak_to_just_anybody():
    known = {("read", "*", "*"): "parce que"}
    assert verdicts(TRY, known=known) == [Verdict.KNOWN]
    assert verdicts(replace(TRY, seen=True), known=known) == [Verdict.LEAK]


@pytest.mark.parametrize("shift", range(3))
def test_a_word_is_seen_in_base_64_however_it_is_aligned(shift):
    word = Words.invented(("personal",)).by_tier["personal"]
    hidden = base64.b64encode(b"x" * shift + word.encode() + b"yz").decode()
    assert shows(hidden, word)
    assert not shows(base64.b64encode(b"x" * 60).decode(), word)


def test_a_body_that_is_no_text_is_read_all_the_same():
    assert readable(b"\xff\xfeword").endswith("word")


def proof(*tries):
    return Proof(
        at=datetime(2026, 1, 2, tzinfo=UTC),
        database="demo",
        outcomes=judged(tries, {}),
        unclassified=(),
        named=(),
        channels=1,
        models=0,
        requests=2,
        seconds=0.1,
    )


def test_a_proof_holds_only_if_nothing_fails():
    assert proof(TRY, ENTITLED).holds
    assert not proof(replace(TRY, seen=True)).holds


def test_the_page_is_whole_in_itself_says_what_leaks_and_escapes_what_it_is_told(mappings):
    leak = replace(TRY, seen=True, fr="<b>voie</b>")
    told = page(proof(leak, ENTITLED), mappings.bylaws.matrix)
    assert "FUITE" in told
    assert "class='bad'" in told
    assert "<script" not in told
    assert "http" not in told
    assert "&lt;b&gt;voie" in told


def test_two_proofs_are_compared_try_by_try(tmp_path):
    from mist_connector.cli import console  # noqa: PLC0415

    kept = tmp_path / "proof.json"
    kept.write_text(console.to_json(as_data(proof(TRY, ENTITLED))))
    [changed] = differences(load(kept), proof(replace(TRY, seen=True), ENTITLED))
    assert (changed.persona, changed.before, changed.after) == ("account", "denied", "leak")
    assert differences(load(kept), proof(TRY, ENTITLED)) == []


def test_a_file_that_is_no_proof_is_refused(tmp_path):
    other = tmp_path / "other.json"
    other.write_text("[]")
    with pytest.raises(MistError, match="n'est pas une preuve"):
        load(other)
