"""The agenda looks at few days, and says what looking at every day would have said."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mist_connector.bylaws.agenda import agenda
from mist_connector.bylaws.announced import Kind
from mist_connector.bylaws.bodies import breaks
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.linked import Association
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import ONE_DAY, Window, changing
from mist_connector.conditions.holds import holds
from mist_connector.conditions.spelling import condition as spelled

from .strategies import TODAY, associations, busy, busy_registers, days

DECLARED = declared()
PROVISIONS = DECLARED.provisions
WINDOW = Window(TODAY, TODAY + timedelta(days=30))
DAYS = [TODAY + timedelta(days=count) for count in range(1, 31)]
# Said otherwise: as ends, as statuses, or with the bodies.
ELSEWHERE = {"mandate_ends", "agreement_ends", "status_not_recorded", "interim_beyond_term"}


def _keys(findings):
    return {
        (finding.check, finding.rule, finding.code, finding.facts)
        for finding in findings
        if finding.check not in ELSEWHERE
    }


def _appearing(people, common, on):
    """Return what is found on a day and was not on the day before, about people and the association."""
    offices = {"seats_exceeded", "seats_vacant", "nobody_speaks_french", "half_missing", "seat_to_fill"}
    before, after = (
        _keys(decide_all(people, PROVISIONS, on=day, common=common).findings) for day in (on - ONE_DAY, on)
    )
    return {(on, rule, code) for check, rule, code, _ in after - before if check not in offices}


@settings(max_examples=8)
@given(busy_registers, associations)
def test_looking_at_every_day_finds_nothing_that_the_agenda_does_not_announce(people, common):
    coming = agenda(people, common, PROVISIONS, DECLARED.agenda, WINDOW)
    announced = {(each.day, each.rule, each.code) for each in coming if each.kind is Kind.FINDING}
    wanted = set().union(*(_appearing(people, common, day) for day in DAYS))
    assert announced == wanted


@settings(max_examples=8)
@given(busy_registers, associations)
def test_statuses_and_ends_are_announced_on_their_days(people, common):
    coming = agenda(people, common, PROVISIONS, DECLARED.agenda, WINDOW)
    statuses = {(each.day, each.code) for each in coming if each.kind is Kind.STATUS}
    wanted = set()
    for day in DAYS:
        before, after = (decide_all(people, PROVISIONS, on=each).people for each in (day - ONE_DAY, day))
        wanted |= {
            (day, new.code) for old, new in zip(before, after, strict=True) if old.status != new.status
        }
    assert statuses == wanted
    ends = {(each.day, each.code) for each in coming if each.kind is Kind.END}
    kinds = [end.of for end in DECLARED.agenda.ends]
    assert ends == {
        (fact.until, person.code)
        for person in people
        for kind in kinds
        for fact in getattr(person, kind)
        if fact.until in {TODAY, *DAYS}
    }


@settings(max_examples=8)
@given(busy_registers)
def test_a_body_is_said_to_break_on_the_first_day_on_which_it_does(people):
    said = {
        (each.day, each.rule, each.text.fr) for each in breaks(people, PROVISIONS, on=TODAY, last=DAYS[-1])
    }

    def found(day):
        offices = decide_all(people, PROVISIONS, on=day).offices
        return [
            each for each in offices if each.severity != "reminder" and each.check != "interim_beyond_term"
        ]

    def which(finding):
        return finding.check, finding.text.fr.partition("« ")[2].partition(" »")[0]

    known, wanted = {which(each) for each in found(TODAY)}, set()
    for day in DAYS:
        for each in found(day):
            if which(each) not in known:
                known.add(which(each))
                wanted.add((day, each.rule, each.text.fr))
    assert said == wanted


CONDITIONS = st.sampled_from(
    [
        condition
        for each in PROVISIONS.expectations
        if each.of is None
        for condition in (each.when, each.holds)
        if condition is not None
    ]
    + [each.holds for status in PROVISIONS.statuses for each in status.requires]
)


@settings(max_examples=40)
@given(busy(), CONDITIONS)
def test_no_condition_changes_on_a_day_that_is_not_named(person, condition):
    [linked] = Association([person]).people
    named = set(changing(condition, linked, WINDOW))
    for day in DAYS:
        if holds(condition, linked, on=day) != holds(condition, linked, on=day - ONE_DAY):
            assert day in named


@settings(max_examples=40)
@given(days, st.integers(0, 14), st.integers(-20, 70), st.booleans(), st.booleans())
def test_a_date_ages_on_the_day_that_is_named_whatever_the_months_are_like(
    dated, months, count, within, written
):
    lapse = {"within" if within else "before": {"months": months, "days": count}}
    form = {"day": dated} if written else {"dated": "on"}
    condition = spelled({**form, **lapse})

    class Record:
        on = dated

    window = Window(TODAY - timedelta(days=60), TODAY + timedelta(days=500))
    changes = [
        day
        for day in (window.on + timedelta(days=count) for count in range(1, window.days + 1))
        if holds(condition, Record, on=day) != holds(condition, Record, on=day - ONE_DAY)
    ]
    named = set(changing(condition, Record, window))
    assert set(changes) <= named
    assert len(changes) <= 1
