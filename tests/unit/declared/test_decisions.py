"""Each answer to an open decision has its effect, is refused with a sentence, or is explained as people's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mist_connector.assembly.electorate import freeze
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import (
    Attendance,
    Departure,
    Exclusion,
    Facts,
    Mandate,
    Signature,
    Vote,
)
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.coverage import coverage
from mist_connector.declared.everything import declare
from mist_connector.declared.known_ids import known_ids
from mist_connector.declared.setting import all_paths, with_settings
from mist_connector.errors import DeclarationError

SOURCES = load_sources(None)
DELIVERED = declare(SOURCES)
ANSWERS = [
    (decision, answer)
    for decision in DELIVERED.bylaws.decisions
    for answer in decision.answers
    if answer.id != decision.answer
]
DAY = date(2026, 6, 15)


# Words that an answer needs; invented, as all that nobody but the association may say.
WORDS = {
    "level": "b1",
    "since": "2026-06-01",
    "bylaws_since": "2026-01-01",
    "active_bylaws_since": "2026-03-01",
}


def _answered(decision, answer):
    """Return the mappings with another answer in force, and with what it needs said."""
    [question] = [each for each in DELIVERED.bylaws.decisions if each.id == decision]
    [chosen] = [each for each in question.answers if each.id == answer]
    return declare(with_settings(SOURCES, _settings(question, chosen)))


def _named(pairs):
    return [f"{decision.id}-{answer.id}" for decision, answer in pairs]


FOLLOWED = [pair for pair in ANSWERS if pair[1].unsupported is None]
REFUSED = [pair for pair in ANSWERS if pair[1].unsupported is not None]


@pytest.mark.parametrize(("decision", "answer"), REFUSED, ids=_named(REFUSED))
def test_an_answer_that_mist_cannot_follow_is_refused_with_its_place_and_a_sentence(decision, answer):
    with pytest.raises(DeclarationError) as refused:
        _answered(decision.id, answer.id)
    [problem] = refused.value.problems
    assert problem.place.file.endswith("decisions.yaml")
    assert problem.hint == answer.unsupported.fr


@pytest.mark.parametrize(("decision", "answer"), FOLLOWED, ids=_named(FOLLOWED))
def test_an_answer_changes_what_is_read_unless_it_says_that_people_follow_it(decision, answer):
    changed = _answered(decision.id, answer.id)
    differs = (changed.provisions, changed.blueprint) != (DELIVERED.provisions, DELIVERED.blueprint)
    if decision.followed_by is None:
        assert differs == bool(answer.sets)
        assert differs or decision.people is not None
    assert coverage(changed.bylaws.rules, known_ids(changed)).holds


def _settings(decision, answer):
    """Return what is typed for another answer to be in force, with what it needs said."""
    said = [f"{decision.id}.answer={answer.id}"]
    for name in answer.needs:
        if name in decision.numbers and decision.numbers[name] is None:
            said.append(f"{decision.id}.numbers.{name}=3")
        elif name in decision.words and decision.words[name] is None:
            said.append(f"{decision.id}.words.{name}={WORDS[name]}")
    return [f"decisions.{each}" for each in said]


def test_every_question_answered_otherwise_at_once_is_read_and_covers_every_rule():
    first = {decision.id: (decision, answer) for decision, answer in reversed(FOLLOWED)}
    last = {decision.id: (decision, answer) for decision, answer in FOLLOWED}
    for answers in (first, last):
        settings = [each for pair in answers.values() for each in _settings(*pair)]
        changed = declare(with_settings(SOURCES, settings))
        assert coverage(changed.bylaws.rules, known_ids(changed)).holds
        compile_blueprint(changed.blueprint)


NEEDY = [pair for pair in ANSWERS if pair[1].needs]


@pytest.mark.parametrize(("decision", "answer"), NEEDY, ids=_named(NEEDY))
def test_an_answer_that_needs_something_said_is_refused_until_it_is(decision, answer):
    with pytest.raises(DeclarationError) as refused:
        declare(with_settings(SOURCES, [f"decisions.{decision.id}.answer={answer.id}"]))
    unsaid = [name for name in answer.needs if {**decision.numbers, **decision.words}[name] is None]
    assert unsaid
    assert sorted(unsaid) == [
        problem.what.split("\u00a0»")[-2].split("«\u00a0")[-1] for problem in refused.value.problems
    ]
    assert _answered(decision.id, answer.id).bylaws.decision(decision.id).answer == answer.id


def test_a_number_that_an_answer_in_force_cannot_do_without_is_not_left_out():
    with pytest.raises(DeclarationError, match="nombre attendu"):
        declare(with_settings(SOURCES, ["decisions.Q14.numbers.validity_months=null"]))


def test_what_reads_an_answer_and_what_a_figure_sets_are_there():
    known = set(all_paths(SOURCES))
    for decision in DELIVERED.bylaws.decisions:
        assert set(decision.numbers_set) <= set(decision.numbers)
        assert set(decision.words_set) <= set(decision.words)
        set_always = [*decision.numbers_set.values(), *decision.words_set.values()]
        assert all(path in known for paths in set_always for path in paths)
        for answer in decision.answers:
            assert set(answer.needs) <= {*decision.numbers, *decision.words}
        if decision.followed_by is not None:
            assert any(path.startswith(f"{decision.followed_by}.") for path in known)


def test_every_decision_that_is_not_settled_has_answers_that_are_told_apart():
    for decision in DELIVERED.bylaws.decisions:
        told = [answer for answer in decision.answers if answer.sets or answer.unsupported]
        explained = decision.people is not None or decision.followed_by is not None
        assert len(told) >= len(decision.answers) - 1 or explained, decision.id


def test_a_figure_of_a_decision_is_the_value_that_is_read():
    changed = declare(with_settings(SOURCES, ["decisions.Q17.numbers.months=3", "agreement.months=24"]))
    assert changed.provisions.check("inactive").months == 3
    assert changed.provisions.check("silent").months == 3
    [expected] = [each for each in changed.provisions.expectations if each.id == "agreement_too_long"]
    assert expected.holds.months == 24


def test_what_is_set_by_hand_is_read_rather_than_what_a_decision_sets():
    changed = declare(with_settings(SOURCES, ["checks.inactive.days=45", "decisions.Q17.answer=sixty_days"]))
    assert changed.provisions.check("inactive").days == 45


def test_a_decision_that_sets_what_there_is_not_is_refused_where_it_says_so():
    sources = with_settings(
        SOURCES, ["decisions.Q10.answer=distinct", "decisions.Q10.answers.distinct.sets={office.x.y: 1}"]
    )
    with pytest.raises(DeclarationError, match=r"office\.x\.y") as refused:
        declare(sources)
    assert refused.value.problems[0].place.file.endswith("decisions.yaml")


# --- what each answer changes, in words ---------------------------------------------------------------------

ATTESTED = {"attested_on": DAY - timedelta(days=500), "applied_on": DAY - timedelta(days=600)}
BYLAWS = Signature(DAY - timedelta(days=400), "bylaws")
ACTIVE_BYLAWS = Signature(DAY - timedelta(days=300), "active_bylaws")
ACCEPTED = Vote(DAY - timedelta(days=290), "accepted")
MEMBER = Facts("P-0000-0001", **ATTESTED, signatures=(BYLAWS,))
SIGNED = Facts("P-0000-0001", **ATTESTED, signatures=(BYLAWS, ACTIVE_BYLAWS))
ACTIVE = Facts("P-0000-0001", **ATTESTED, signatures=(BYLAWS, ACTIVE_BYLAWS), votes=(ACCEPTED,))
PRESENT = Attendance(DAY - timedelta(days=200), "talk_group", "present")
BACK = Facts(
    "P-0000-0001",
    **ATTESTED,
    signatures=(BYLAWS, ACTIVE_BYLAWS, Signature(DAY - timedelta(days=50), "active_bylaws")),
    votes=(ACCEPTED, Vote(DAY - timedelta(days=40), "accepted")),
)


def _with(person, **facts):
    return Facts(**{**vars(person), **facts})


def _status(declared, person, on=DAY):
    return decide_all([person], declared.provisions, on=on).people[0].status


def _found(declared, people, on=DAY):
    return {str(finding.check) for finding in decide_all(people, declared.provisions, on=on).findings}


STATUSES = [
    ("Q02", "attend_first", MEMBER, "member", "candidate"),
    ("Q02", "attend_first", _with(MEMBER, attendances=(PRESENT,)), "member", "member"),
    ("Q02", "attend_first", ACTIVE, "active", "candidate"),
    ("Q03", "active", SIGNED, "provisional", "active"),
    ("Q03", "active", MEMBER, "member", "member"),
    ("Q03", "active", ACTIVE, "active", "active"),
    ("Q03", "member", SIGNED, "provisional", "member"),
    ("Q03", "member", ACTIVE, "active", "active"),
    ("Q16", "active_group_too", BACK, "active", "active"),
    (
        "Q16",
        "active_group_too",
        _with(BACK, exclusions=(Exclusion(DAY - timedelta(days=90), "active"),)),
        "active",
        "member",
    ),
    (
        "Q16",
        "active_group_too",
        _with(BACK, departures=(Departure(DAY - timedelta(days=90), "active"),)),
        "active",
        "active",
    ),
]


@pytest.mark.parametrize(("decision", "answer", "person", "today", "then"), STATUSES)
def test_an_answer_gives_another_status(decision, answer, person, today, then):
    assert _status(DELIVERED, person) == today
    assert _status(_answered(decision, answer), person) == then


def _board(count, active):
    mandate = Mandate(DAY - timedelta(days=30), "board")
    return [
        _with(ACTIVE if place < active else MEMBER, code=f"P-0000-000{place}", mandates=(mandate,))
        for place in range(count)
    ]


def _delegate(**facts):
    return [Facts("P-0000-0001", mandates=(Mandate(DAY, "delegate", DAY + timedelta(days=100), **facts),))]


def _interim():
    gone = Mandate(DAY - timedelta(days=100), "delegate", DAY - timedelta(days=10))
    beyond = Mandate(DAY - timedelta(days=9), "delegate", DAY + timedelta(days=150), interim=True)
    return [Facts("P-0000-0001", mandates=(gone,)), Facts("P-0000-0002", mandates=(beyond,))]


SEEN = [_with(ACTIVE, attendances=(Attendance(date(2026, 4, 15), "talk_group", "present"),))]
FINDINGS = [
    (
        ("Q05", "on_presentation"),
        _delegate(chosen_on=DAY, presented_on=DAY - timedelta(days=9)),
        "delegate_start",
        (False, True),
    ),
    (
        ("Q05", "on_presentation"),
        _delegate(chosen_on=DAY - timedelta(days=9), presented_on=DAY),
        "delegate_start",
        (True, False),
    ),
    (("Q07", "full_term"), _interim(), "interim_beyond_term", (True, False)),
    (("Q09", "round_down_and_warn"), _board(9, 4), "half_missing", (True, False)),
    (("Q09", "round_down_and_warn"), _board(9, 3), "half_missing", (True, True)),
    (("Q09", "round_down_and_warn"), _board(8, 3), "half_missing", (True, True)),
]


@pytest.mark.parametrize(("answered", "people", "check", "found"), FINDINGS)
def test_an_answer_finds_something_else(answered, people, check, found):
    here, there = DELIVERED, _answered(*answered)
    assert (check in _found(here, people), check in _found(there, people)) == found


def test_sixty_days_are_not_two_months():
    changed = _answered("Q17", "sixty_days")
    eve = DAY - timedelta(days=1)
    assert "inactive" not in _found(DELIVERED, SEEN, eve)
    assert "inactive" in _found(changed, SEEN, eve)
    assert "silent" in _found(changed, SEEN, eve)
    assert "inactive" not in _found(changed, SEEN, eve - timedelta(days=1))


def _hook(declared, key):
    return next((hook.requirement for hook in declared.blueprint.hooks if hook.key == key), None)


def test_a_president_may_be_spokesperson_where_the_two_are_merely_distinct():
    changed = _answered("Q10", "distinct")
    for key in ("spokesperson_apart_from", "president_apart_from_spokesperson"):
        assert _hook(DELIVERED, key) is not None
        assert _hook(changed, key) is None


def test_the_half_is_rounded_alike_by_the_hook_and_by_the_sentence():
    changed = _hook(_answered("Q09", "round_down_and_warn"), "board_half")
    assert changed.holds.rounded == "down"
    assert "au-dessous" in changed.otherwise.fr
    assert _hook(DELIVERED, "board_half").holds.rounded == "up"


def test_who_votes_on_an_exclusion_is_said_where_it_is_refused():
    changed = _answered("Q18", "all_members")
    assert "tous les autres membres" in _hook(changed, "vote_before_exclusion").otherwise.fr
    assert "membres actives" in _hook(DELIVERED, "vote_before_exclusion").otherwise.fr


def test_a_full_term_lifts_the_limit_of_an_interim_of_an_elected_office():
    def limited(declared):
        return "replaces.since" in str(_hook(declared, "spokesperson_elected").holds)

    assert limited(DELIVERED)
    assert not limited(_answered("Q07", "full_term"))


def test_entering_a_working_group_is_closed_to_somebody_excluded_from_the_group_where_that_is_for_good():
    today, changed = (
        _hook(each, "group_for_active").holds for each in (DELIVERED, _answered("Q16", "active_group_too"))
    )
    assert len(changed.parts) == len(today.parts) + 1


@pytest.mark.parametrize(("answer", "voters"), [("all_members", {"A", "M"}), ("active_members", {"A"})])
def test_who_votes_is_who_the_association_says(answer, voters):
    changed = _answered("Q01", answer)
    statuses = {"A": "active", "P": "provisional", "M": "member", "C": "candidate"}
    frozen = freeze("Y", statuses, changed.assembly, changed.bylaws.decisions, on=DAY)
    assert frozen.voters == voters
