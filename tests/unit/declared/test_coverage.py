from mist_connector.bylaws.rules import Mechanism, Reference, Rule
from mist_connector.declared.coverage import State, coverage


def rule(rule_id, *, refs=(), planned=()):
    references = tuple(Reference(kind=kind, ref=ref) for kind, ref in refs)
    return Rule.model_validate(
        {
            "id": rule_id,
            "fr": "phrase",
            "en": "sentence",
            "section": "vision",
            "level": "INFO",
            "implemented_by": references,
            "planned": planned,
        },
        strict=False,
    )


KNOWN = {Mechanism.HOOK: frozenset({"keep_out"})}


def state_of(each):
    return coverage([each], KNOWN).rules[0].state


def test_a_rule_with_a_reference_that_exists_is_implemented():
    assert state_of(rule("M01", refs=[(Mechanism.HOOK, "keep_out")])) is State.IMPLEMENTED


def test_a_rule_that_waits_for_work_is_planned_even_if_part_of_it_is_there():
    assert state_of(rule("M01", planned=["facts"])) is State.PLANNED
    assert state_of(rule("M01", refs=[(Mechanism.HOOK, "keep_out")], planned=["facts"])) is State.PLANNED


def test_a_rule_that_nothing_implements_is_missing_and_the_coverage_does_not_hold():
    covered = coverage([rule("M01"), rule("M02", planned=["facts"])], KNOWN)
    assert covered.rules[0].state is State.MISSING
    assert not covered.holds
    assert covered.count(State.MISSING) == 1


def test_a_reference_that_leads_nowhere_is_named_with_a_hint_and_the_coverage_does_not_hold():
    covered = coverage([rule("M01", refs=[(Mechanism.HOOK, "keep_uot")], planned=["facts"])], KNOWN)
    ((reference, hint),) = covered.rules[0].dangling
    assert str(reference) == "hook:keep_uot"
    assert "keep_out" in hint
    assert not covered.holds


def test_an_id_of_another_kind_does_not_count():
    assert state_of(rule("M01", refs=[(Mechanism.CHECK, "keep_out")])) is State.DANGLING


def test_the_coverage_of_one_rule_is_found_by_its_id():
    covered = coverage([rule("M01", planned=["facts"])], KNOWN)
    assert covered.of("M01") is covered.rules[0]
    assert covered.of("M99") is None
