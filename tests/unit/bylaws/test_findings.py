"""What is found is said exactly: on which day, by which rule, in which words, about whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mist_connector.bylaws.agenda import agenda
from mist_connector.bylaws.announced import Announced, Kind
from mist_connector.bylaws.bodies import breaks
from mist_connector.bylaws.checks import CheckId, Severity
from mist_connector.bylaws.clock import clock_days, limit, span_of
from mist_connector.bylaws.engine import decide, decide_all
from mist_connector.bylaws.facts import (
    Accompaniment,
    Agreement,
    Attendance,
    CommonFacts,
    Consent,
    Departure,
    Facts,
    Function,
    Mandate,
    Pause,
    Session,
    Signature,
    Step,
    Vote,
)
from mist_connector.bylaws.in_force import ends_within, exceeds, in_force, longest
from mist_connector.bylaws.linked import Association
from mist_connector.bylaws.sync_limits import SyncLimits
from mist_connector.bylaws.text import Text
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import Window
from mist_connector.conditions.forms import Rounded, half_of
from mist_connector.conditions.holds import holds
from mist_connector.conditions.spelling import condition as spelled

DECLARED = declared()
PROVISIONS = DECLARED.provisions
ON = date(2026, 6, 15)
MEMBER = Facts(
    "P-0000-0001",
    applied_on=date(2025, 1, 1),
    attested_on=date(2025, 1, 15),
    signatures=(Signature(date(2025, 2, 1), "bylaws"),),
)
ACTIVE = replace(
    MEMBER,
    signatures=(*MEMBER.signatures, Signature(date(2025, 3, 1), "active_bylaws")),
    votes=(Vote(date(2025, 3, 10), "accepted"),),
)


def french(day):
    return day.strftime("%d/%m/%Y")


def days(count):
    return ON + timedelta(days=count)


def found(check, person, *others, on=ON, common=None):
    verdicts = decide_all([person, *others], PROVISIONS, on=on, common=common)
    return [finding for finding in verdicts.findings if finding.check == check]


def said(check, person, *others, on=ON):
    return [(finding.rule, finding.text.fr) for finding in found(check, person, *others, on=on)]


# --- a recorded status -------------------------------------------------------------------------------------

RECORDED = [
    (replace(MEMBER, status="active"), "A04", "le CRM dit « Membre active », les faits disent « Membre »."),
    (MEMBER, "M14", "le CRM dit « aucun », les faits disent « Membre »."),
    (Facts("P-0000-0001", status="left"), "M12", "le CRM dit « Partie », les faits disent « aucun »."),
    (Facts("P-0000-0001", status="member"), "M01", "le CRM dit « Membre », les faits disent « aucun »."),
    (replace(MEMBER, status="member"), None, None),
    (replace(MEMBER, status="nonsense"), "M14", "le CRM dit « aucun », les faits disent « Membre »."),
    (Facts("P-0000-0001", status="nonsense"), "M11", "le CRM dit « aucun », les faits disent « aucun »."),
]


@pytest.mark.parametrize(("person", "rule", "sentence"), RECORDED)
def test_a_recorded_status_that_is_not_decided_says_the_rule_that_makes_the_difference(
    person, rule, sentence
):
    wanted = [] if rule is None else [(rule, sentence)]
    assert said("status_not_recorded", person) == wanted
    assert all(each.code == "P-0000-0001" for each in found("status_not_recorded", person))


# --- functions and agreements ------------------------------------------------------------------------------

FUNCTION = Function(days(-100), "staff", "equipe@mist.example", None, "F-0000-0001")
WORKING = Facts("P-0000-0001", functions=(FUNCTION,))


def test_a_function_without_an_agreement_says_since_when():
    [finding] = found("function_without_agreement", WORKING)
    assert french(days(-100)) in finding.text.fr
    assert finding.facts == (FUNCTION,)
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(("until", "is_found"), [(29, True), (30, True), (31, False), (0, True), (-1, False)])
def test_an_agreement_that_ends_within_thirty_days_is_recalled(until, is_found):
    agreement = Agreement(days(-300), days(until))
    person = replace(WORKING, agreements=(agreement,))
    sentences = said("agreement_ends", person)
    assert bool(sentences) == is_found
    if is_found:
        assert french(days(until)) in sentences[0][1]
        assert "30 jours" in sentences[0][1]
        assert found("agreement_ends", person)[0].facts == (agreement,)


def test_a_later_agreement_is_the_one_that_counts_whichever_is_written_first():
    old, new = Agreement(days(-300), days(3)), Agreement(days(1), days(400))
    for agreements in ((old, new), (new, old)):
        assert not found("agreement_ends", replace(WORKING, agreements=agreements))
    forever = Agreement(days(-10))
    assert not found("agreement_ends", replace(WORKING, agreements=(old, forever)))
    assert longest((old, forever)) == forever
    assert longest(()) is None


def test_nothing_is_said_of_the_agreement_of_somebody_who_does_not_work_here():
    person = Facts("P-0000-0001", agreements=(Agreement(days(-300), days(3)),))
    assert not found("agreement_ends", person)


@pytest.mark.parametrize(("person", "is_found"), [(ACTIVE, True), (MEMBER, False)])
def test_staff_who_are_active_are_pointed_out(person, is_found):
    working = replace(person, functions=(FUNCTION,), agreements=(Agreement(days(-1), days(300)),))
    assert bool(found("staff_is_active", working)) == is_found
    assert not found("staff_is_active", person)


# --- accompaniments ----------------------------------------------------------------------------------------


def test_an_accompaniment_needs_a_function_in_force_and_says_which():
    accompanied = replace(
        MEMBER, code="P-0000-0002", accompaniments=(Accompaniment(days(-50), "F-0000-0001"),)
    )
    [finding] = found("accompanied_by_nobody", accompanied)
    assert "F-0000-0001" in finding.text.fr
    assert french(days(-50)) in finding.text.fr
    assert finding.code == "P-0000-0002"
    assert not found("accompanied_by_nobody", accompanied, WORKING)
    ended = replace(WORKING, functions=(replace(FUNCTION, until=days(-1)),))
    assert found("accompanied_by_nobody", accompanied, ended)
    over = replace(accompanied, accompaniments=(Accompaniment(days(-50), "F-0000-0001", days(-1)),))
    assert not found("accompanied_by_nobody", over, ended)


# --- mandates ----------------------------------------------------------------------------------------------


def delegate(since, until, **facts):
    return replace(ACTIVE, mandates=(Mandate(days(since), "delegate", days(until), **facts),))


@pytest.mark.parametrize(("until", "is_found"), [(59, True), (60, True), (61, False), (0, True)])
def test_the_end_of_a_mandate_is_recalled_sixty_days_before(until, is_found):
    person = delegate(-100, until)
    assert bool(found("mandate_ends", person)) == is_found
    if is_found:
        [(rule, sentence)] = said("mandate_ends", person)
        assert rule == "DEL11"
        assert sentence == f"le mandat « Déléguée » finit le {french(days(until))}, dans 60 jours au plus."


def test_a_mandate_says_its_office_its_days_and_its_limit():
    person = replace(ACTIVE, mandates=(Mandate(date(2026, 5, 1), "spokesperson"),))
    expected = "le mandat « Porte-parole » du 01/05/2026 au … dure plus de 6 mois."
    assert said("mandate_too_long", person) == [("SP12", expected)]
    assert found("mandate_too_long", person)[0].office == "spokesperson"


def test_a_mandate_without_its_status_says_both_statuses():
    person = replace(MEMBER, mandates=(Mandate(days(-10), "roots"),))
    expected = "le mandat « Racines » demande le statut « Membre active » ; le statut est « Membre »."
    assert said("mandate_without_status", person) == [("R02", expected)]
    unknown = replace(MEMBER, mandates=(Mandate(days(-10), "nonsense"),))
    assert not found("mandate_without_status", unknown)
    assert not found("mandates_overlap", unknown)


OVERLAPS = [
    ([(-100, 10), (10, 100)], 1),
    ([(-100, 10), (11, 100)], 0),
    ([(10, 100), (-100, 10)], 1),
    ([(-100, 10), (-100, 20)], 1),
    ([(-100, None), (-50, 20)], 1),
    ([(-100, -10), (-50, -20)], 0),
    ([(-100, -1), (-50, 20)], 0),
    ([(-100, 0), (-50, 20)], 1),
    ([(-100, 100), (-50, 20), (-10, 30)], 2),
]


@pytest.mark.parametrize(("spans", "count"), OVERLAPS)
def test_two_mandates_of_one_office_at_once_are_found_while_both_last(spans, count):
    mandates = tuple(
        Mandate(days(since), "delegate", None if until is None else days(until)) for since, until in spans
    )
    overlaps = found("mandates_overlap", replace(ACTIVE, mandates=mandates))
    assert len(overlaps) == count
    assert all(each.rule == "DEL11" and each.office == "delegate" for each in overlaps)
    assert all(french(each.facts[0].since) in each.text.fr for each in overlaps)


INTERIMS = [
    # (the mandate cut short, the interim), in days; months are counted from the first day
    ((-100, -10), (-9, 80), 0),
    ((-100, -10), (-9, 84), 0),
    ((-100, -10), (-9, 85), 1),
    ((-100, -10), (-9, 120), 1),
    ((-100, -10), (-9, None), 1),
    ((-100, -10), (-9, -1), 0),
    ((-300, -200), (-9, 120), 0),
    ((-100, -9), (-9, 120), 0),
    ((-100, None), (-9, 120), 0),
]


@pytest.mark.parametrize(("first", "interim", "count"), INTERIMS)
def test_an_interim_lasts_no_longer_than_the_term_that_it_completes(first, interim, count):
    def mandate(span, **facts):
        return Mandate(days(span[0]), "delegate", None if span[1] is None else days(span[1]), **facts)

    gone = Facts("P-0000-0002", mandates=(mandate(first),))
    person = Facts("P-0000-0001", mandates=(mandate(interim, interim=True),))
    findings = found("interim_beyond_term", person, gone)
    assert len(findings) == count
    for finding in findings:
        assert (finding.rule, finding.code, finding.office) == ("DEL14", "P-0000-0001", "delegate")
        assert "jusqu'au 07/09/2026" in finding.text.fr  # 7 March and six months
        assert french(days(-9)) in finding.text.fr
        assert ("…" in finding.text.fr) == (interim[1] is None)
    plain = Facts("P-0000-0001", mandates=(mandate(interim),))
    assert not found("interim_beyond_term", plain, gone)


def test_the_last_of_several_terms_that_an_interim_may_complete_is_its_limit():
    first = Facts("P-0000-0002", mandates=(Mandate(days(-150), "delegate", days(-20)),))
    second = Facts("P-0000-0003", mandates=(Mandate(days(-100), "delegate", days(-10)),))
    board = Facts("P-0000-0004", mandates=(Mandate(days(-20), "board", days(-10)),))
    person = Facts("P-0000-0001", mandates=(Mandate(days(-9), "delegate", days(150), interim=True),))
    [finding] = found("interim_beyond_term", person, first, second, board)
    assert "07/09/2026" in finding.text.fr


def test_an_interim_beyond_its_term_is_told_up_to_its_own_last_day():
    gone = Facts("P-0000-0002", mandates=(Mandate(days(-200), "delegate", days(-190)),))
    for last, count in ((0, 1), (-1, 0)):
        interim = Mandate(days(-189), "delegate", days(last), interim=True)
        person = Facts("P-0000-0001", mandates=(interim,))
        assert len(found("interim_beyond_term", person, gone)) == count


# --- bodies ------------------------------------------------------------------------------------------------


def board(count, active, until=None):
    mandate = Mandate(days(-30), "board", until)
    return [
        replace(ACTIVE if place < active else MEMBER, code=f"P-0000-000{place}", mandates=(mandate,))
        for place in range(count)
    ]


BOARDS = [
    (6, 6, ["seats_vacant"]),
    (7, 4, []),
    (7, 3, ["half_missing"]),
    (8, 4, []),
    (8, 3, ["half_missing"]),
    (9, 5, []),
    (9, 4, ["half_missing"]),
    (10, 5, ["seats_exceeded"]),
]


@pytest.mark.parametrize(("count", "active", "checks"), BOARDS)
def test_the_board_is_counted_and_half_of_it_rounded_up(count, active, checks):
    offices = decide_all(board(count, active), PROVISIONS, on=ON).offices
    assert [str(each.check) for each in offices if each.office == "board"] == checks


def test_a_body_says_how_many_there_are_and_who():
    offices = decide_all(board(8, 3), PROVISIONS, on=ON).offices
    [half] = [each for each in offices if each.check == "half_missing"]
    expected = "« Conseil d'administration » : 3 personne(s) ont le statut « Membre active » ; il en faut 4."
    assert half.text.fr == expected
    assert half.others == tuple(f"P-0000-000{place}" for place in range(8))
    [few] = [
        each
        for each in decide_all(board(6, 6), PROVISIONS, on=ON).offices
        if each.check == "seats_vacant" and each.office == "board"
    ]
    assert few.text.fr == "6 personne(s) sur 7 exercent le mandat « Conseil d'administration »."


def test_a_vacant_seat_and_missing_french_are_said_with_the_codes_of_those_who_serve():
    one = replace(ACTIVE, mandates=(Mandate(days(-10), "delegate", days(100)),))
    offices = {
        str(each.check): each
        for each in decide_all([one], PROVISIONS, on=ON).offices
        if each.office == "delegate"
    }
    assert set(offices) == {"seats_vacant", "nobody_speaks_french", "seat_to_fill"}
    assert all(each.others == ("P-0000-0001",) for each in offices.values())
    assert offices["seat_to_fill"].text.fr == "« Déléguée » : 1 place(s) occupée(s) sur 2."
    assert offices["seat_to_fill"].rule == "DEL14"
    assert offices["nobody_speaks_french"].text.fr.endswith("moins de 1 parle français.")
    nobody = decide_all([], PROVISIONS, on=ON).offices
    assert "nobody_speaks_french" not in {each.check for each in nobody}


def test_the_day_on_which_a_board_breaks_is_that_of_the_first_mandate_to_end_with_whose_it_is():
    people = board(7, 4)
    people[0] = replace(people[0], mandates=(Mandate(days(-30), "board", days(20)),))
    people[5] = replace(people[5], mandates=(Mandate(days(-30), "board", days(10)),))
    said_ = [
        (each.day, each.text.fr[:25], each.because)
        for each in breaks(people, PROVISIONS, on=ON)
        if "Conseil" in each.text.fr
    ]
    assert said_ == [(days(11), "6 personne(s) sur 7 exerc", ("P-0000-0005",))]
    people = board(9, 5)
    people[0] = replace(people[0], departures=(Departure(days(5), "active"),))
    [broken] = [each for each in breaks(people, PROVISIONS, on=ON) if each.rule == "G04"]
    assert (broken.day, broken.because, broken.kind) == (days(5), ("P-0000-0000",), Kind.BODY)
    assert broken.about == {f"P-0000-000{place}" for place in range(9)}
    assert not [each for each in breaks(people, PROVISIONS, on=ON, last=days(4)) if each.rule == "G04"]


def test_a_pair_that_loses_its_french_is_announced():
    one = replace(ACTIVE, speaks_french=True, mandates=(Mandate(days(-10), "delegate", days(9)),))
    other = replace(ACTIVE, code="P-0000-0002", mandates=(Mandate(days(-10), "delegate", days(90)),))
    told = [(each.day, each.rule, each.because) for each in breaks([one, other], PROVISIONS, on=ON)]
    assert (days(10), "DEL03", ("P-0000-0001",)) in told
    assert (days(10), "DEL02", ("P-0000-0001",)) in told
    assert (days(91), "DEL03", ("P-0000-0002",)) not in told


# --- the clock ---------------------------------------------------------------------------------------------

MONTHS = span_of(PROVISIONS.check(CheckId.INACTIVE))
LIMITS = [
    ("2026-04-15", [], "2026-06-15"),
    ("2025-12-31", [], "2026-02-28"),
    ("2026-04-15", [("2026-04-20", "2026-04-29")], "2026-06-25"),
    ("2026-04-15", [("2026-04-20", "2026-04-29"), ("2026-04-25", "2026-05-01")], "2026-06-27"),
    (
        "2026-04-15",
        [("2026-04-10", "2026-04-15")],
        "2026-06-15",
    ),  # before, and the very day: nothing is owed yet
    ("2026-04-15", [("2026-04-10", "2026-04-16")], "2026-06-16"),
    ("2026-04-15", [("2026-06-15", "2026-06-16")], "2026-06-17"),
    ("2026-04-15", [("2026-06-16", "2026-06-30")], "2026-06-15"),
]


@pytest.mark.parametrize(("last", "pauses", "end"), LIMITS)
def test_the_days_of_a_pause_do_not_count_and_each_only_once(last, pauses, end):
    found_ = [
        Pause(date.fromisoformat(since), "health", date.fromisoformat(until)) for since, until in pauses
    ]
    assert limit(date.fromisoformat(last), MONTHS, found_, on=date(2027, 1, 1)) == date.fromisoformat(end)


def test_an_open_pause_counts_up_to_the_day_looked_at():
    pause = Pause(date(2026, 4, 20), "health")
    assert limit(date(2026, 4, 15), MONTHS, [pause], on=date(2026, 4, 29)) == date(2026, 6, 25)


SEEN = date(2026, 4, 15)
HEARD = [
    {"attendances": (Attendance(SEEN, "talk_group", "present"),)},
    {"steps": (Step(SEEN, "sign_of_life"),)},
    {"steps": (Step(SEEN, "welfare_check"),)},
    {"steps": (Step(SEEN, "team_meeting"),)},
    {"steps": (Step(SEEN, "roots_meeting"),)},
    {"steps": (Step(SEEN, "resignation_talk"),)},
    {"attendances": (Attendance(date(2026, 1, 1), "talk_group", "absent", noticed_on=SEEN),)},
    {"attendances": (Attendance(date(2026, 1, 1), "talk_group", "absent", acknowledged_on=SEEN),)},
]


@pytest.mark.parametrize("facts", HEARD)
def test_whatever_is_heard_of_her_starts_the_clock_of_silence_anew(facts):
    person = replace(ACTIVE, **facts)
    assert not found("silent", person, on=date(2026, 6, 14))
    [finding] = found("silent", person, on=date(2026, 6, 15))
    assert (finding.due, finding.rule) == (date(2026, 6, 15), "AX04")
    assert french(SEEN) in finding.text.fr
    assert "2 mois" in finding.text.fr


def test_an_absence_or_a_card_is_no_participation_and_no_news():
    facts = {
        "attendances": (Attendance(days(-3), "talk_group", "absent"),),
        "steps": (Step(days(-3), "card_given"),),
    }
    person = replace(ACTIVE, **facts)
    assert found("inactive", person)
    assert found("silent", person)
    seen = replace(ACTIVE, attendances=(Attendance(days(-3), "talk_group", "present"),))
    assert not found("inactive", seen)
    assert found("inactive", replace(ACTIVE, attendances=(Attendance(days(3), "talk_group", "present"),)))


def test_the_clock_runs_for_provisional_members_too_and_for_nobody_else():
    provisional = replace(ACTIVE, votes=())
    assert found("inactive", provisional)
    assert not found("inactive", MEMBER)


def test_the_days_on_which_clocks_run_out_are_known_ahead_unless_a_pause_has_no_end():
    person = replace(ACTIVE, attendances=(Attendance(SEEN, "talk_group", "present"),))
    assert date(2026, 6, 15) in set(clock_days(person, PROVISIONS, on=date(2026, 5, 1)))
    later = replace(person, pauses=(Pause(date(2026, 4, 20), "health", date(2026, 4, 29)),))
    assert date(2026, 6, 25) in set(clock_days(later, PROVISIONS, on=date(2026, 5, 1)))
    unordered = (date(2026, 3, 5), SEEN, date(2026, 1, 5))
    often = replace(ACTIVE, attendances=tuple(Attendance(on, "talk_group", "present") for on in unordered))
    # Only the latest of what is past counts, in whichever order it is recorded.
    assert min(clock_days(often, PROVISIONS, on=date(2026, 5, 1))) == max(unordered)
    never = replace(person, pauses=(Pause(date(2026, 4, 20), "health"),))
    assert max(clock_days(never, PROVISIONS, on=date(2026, 5, 1))) < date(2026, 4, 20)
    # A pause without an end stops the clock from its first day on, and not before.
    for since, known in ((date(2026, 6, 15), False), (date(2026, 6, 16), True)):
        soon = replace(person, pauses=(Pause(since, "health"),))
        assert (date(2026, 6, 15) in set(clock_days(soon, PROVISIONS, on=date(2026, 5, 1)))) == known


# --- the agenda --------------------------------------------------------------------------------------------


def coming(*people, last=30, common=CommonFacts()):  # noqa: B008 - a frozen value
    return agenda(people, common, PROVISIONS, DECLARED.agenda, Window(ON, days(last)))


def test_what_ends_is_said_on_its_last_day_with_the_rule_of_its_office():
    person = delegate(-100, 10)
    [end] = [each for each in coming(person) if each.kind is Kind.END]
    assert (end.day, end.rule, end.code) == (days(10), "DEL11", "P-0000-0001")
    assert end.text.fr == f"le mandat « Déléguée » commencé le {french(days(-100))} finit."
    assert [each.day for each in coming(person, last=10) if each.kind is Kind.END] == [days(10)]
    assert not [each for each in coming(person, last=9) if each.kind is Kind.END]
    treasurer = replace(ACTIVE, mandates=(Mandate(days(-10), "treasurer", days(3)),))
    assert [each.rule for each in coming(treasurer) if each.kind is Kind.END] == ["G06"]
    consent = replace(ACTIVE, consents=(Consent(days(-10), "full", ON),))
    assert [(each.day, each.rule) for each in coming(consent) if each.kind is Kind.END] == [(ON, "SP08")]


def test_a_status_to_come_says_from_which_to_which_and_why():
    leaving = replace(ACTIVE, status="active", departures=(Departure(days(3), "association"),))
    [status] = [each for each in coming(leaving) if each.kind is Kind.STATUS]
    assert (status.day, status.rule) == (days(3), "M14")
    assert status.text.fr == "le statut passe de « Membre active » à « Partie »."
    joining = replace(MEMBER, signatures=(Signature(days(2), "bylaws"),))
    [status] = [each for each in coming(joining) if each.kind is Kind.STATUS]
    assert status.text.fr == "le statut passe de « Candidate » à « Membre »."
    assert status.rule == "M14"


def test_what_is_due_and_what_will_be_found_are_told_apart():
    resting = replace(ACTIVE, attendances=(Attendance(date(2026, 4, 20), "talk_group", "present"),))
    told = {(each.kind, each.day, each.rule) for each in coming(resting)}
    assert (Kind.FINDING, date(2026, 6, 20), "AX02") in told
    absent = replace(ACTIVE, attendances=(Attendance(days(-5), "talk_group", "absent"),))
    assert (Kind.DUE, days(9), "AD05") in {(each.kind, each.day, each.rule) for each in coming(absent)}
    session = CommonFacts(sessions=(Session(days(20), "talk_group"),))
    told = [(each.kind, each.day) for each in coming(common=session) if each.rule == "D11"]
    assert told == [(Kind.FINDING, days(6))]


def test_what_a_day_to_come_makes_true_is_announced_though_other_days_are_long_past():
    mandate = Mandate(days(-100), "delegate", days(40), resigned_on=days(5))
    told = {
        (each.kind, each.day) for each in coming(replace(MEMBER, mandates=(mandate,))) if each.rule == "DEL13"
    }
    assert told == {(Kind.FINDING, days(5))}


SHARED = spelled({"unshared": {"facts": "association.functions", "same": "login"}})


@pytest.mark.parametrize(
    ("mine", "hers", "holding"),
    [("login", "login", False), ("login", "other", True), ("", "", True), ("login", None, True)],
)
def test_what_nobody_else_may_have_is_hers_alone_and_may_be_twice_her_own(mine, hers, holding):
    def function(code, login):
        return SimpleNamespace(person=SimpleNamespace(code=code), login=login)

    own = [function("P-0000-0001", mine) for _ in range(2)]
    functions = (*own, *([] if hers is None else [function("P-0000-0002", hers)]))
    for each in functions:
        each.association = SimpleNamespace(functions=functions)
    assert holds(SHARED, own[0], on=ON) is holding


def test_an_agenda_is_in_the_order_of_days_then_of_urgency():
    text = Text(fr="a", en="a")
    later = Announced(days(2), Kind.END, "A01", text, Severity.ERROR)
    soon = Announced(days(1), Kind.END, "Z01", text, Severity.REMINDER)
    urgent = Announced(days(1), Kind.BODY, "Z01", text, Severity.ERROR)
    assert sorted([later, soon, urgent], key=lambda each: each.order) == [urgent, soon, later]


# --- smaller things ----------------------------------------------------------------------------------------


def test_findings_are_sorted_by_urgency_rule_and_person():
    people = [
        replace(WORKING, code="P-0000-0002"),
        WORKING,
        replace(MEMBER, code="P-0000-0003", status="active"),
    ]
    findings = decide_all(people, PROVISIONS, on=ON).findings
    assert list(findings) == sorted(findings, key=lambda each: each.order)
    assert [each.severity.rank for each in findings] == sorted(each.severity.rank for each in findings)
    errors = [each for each in findings if each.rule == "C08"]
    assert [each.code for each in errors] == ["P-0000-0001", "P-0000-0002"]
    assert [severity.rank for severity in Severity] == [0, 1, 2]


def test_a_verdict_knows_what_comes_next_and_each_claim():
    nobody = decide(Facts("P-0000-0001"), PROVISIONS, on=ON)
    assert (nobody.status, nobody.reached) == (None, None)
    assert nobody.following.status.id == "candidate"
    member = decide(MEMBER, PROVISIONS, on=ON)
    assert member.following.status.id == "provisional"
    assert decide(ACTIVE, PROVISIONS, on=ON).following is None
    assert member.claim("active").missing[0].rule == "A04"
    assert member.claim("nonsense") is None
    verdicts = decide_all([MEMBER], PROVISIONS, on=ON)
    assert verdicts.of("P-0000-0001").status == "member"
    assert verdicts.of("P-0000-0009") is None


def test_terms_are_compared_by_their_days():
    term = Agreement(date(2025, 8, 31), date(2026, 2, 28))
    assert not exceeds(term, 6)
    assert exceeds(replace(term, until=date(2026, 3, 1)), 6)
    assert exceeds(replace(term, until=None), 6)
    assert ends_within(term, 0, date(2026, 2, 28))
    assert not ends_within(term, 0, date(2026, 2, 27))
    assert not ends_within(replace(term, until=None), 1000, ON)
    early, late = Agreement(days(-10)), Agreement(days(-5), days(0))
    assert in_force((late, early), ON) == (early, late)


def test_a_sync_is_too_large_only_where_both_limits_are_passed():
    limits = SyncLimits(most_people=20, most_percent=33, contact_may_have=frozenset())
    assert not limits.exceeded(20, 21)
    assert limits.exceeded(21, 63)
    assert not limits.exceeded(33, 100)
    assert limits.exceeded(34, 100)


def test_everybody_is_found_by_her_code_and_facts_by_their_kind():
    everybody = Association([ACTIVE, replace(MEMBER, code="P-0000-0002")])
    assert everybody.of_code("P-0000-0002").itself.code == "P-0000-0002"
    assert everybody.of_code("P-0000-0009") is None
    assert len(everybody.signatures) == 3
    assert everybody.signatures[0].person.itself is ACTIVE
    for name in ("nonsense", "_signatures"):
        with pytest.raises(AttributeError):
            getattr(everybody, name)


def test_the_bylaws_are_looked_up_by_id():
    bylaws = DECLARED.bylaws
    assert bylaws.rule("DEL11").id == "DEL11"
    assert bylaws.section("delegues").id == "delegues"
    assert bylaws.decision("Q07").id == "Q07"
    assert bylaws.rule("Z99") is bylaws.section("nonsense") is bylaws.decision("Q99") is None
    assert [each.id for each in bylaws.open_decisions] == [
        each.id for each in bylaws.decisions if not each.decided_by
    ]
    assert bylaws.rule("DEL11").levels == ("BLOCK", "REMIND")
    assert str(bylaws.rule("DEL12").implemented_by[0]) == "form_text:delegate_renewal"
    question = bylaws.decision("Q01")
    assert question.is_open
    assert question.in_force.fr == "Aucun scrutin ne s’ouvre."
    assert bylaws.decision("Q10").in_force.fr == "Incompatibles."
    settled = question.model_copy(update={"meanwhile": None})
    assert settled.in_force.fr == "aucune réponse en vigueur"


def test_provisions_are_looked_up_by_id_and_say_what_statuses_need():
    assert PROVISIONS.office("board").seats.value == 9
    assert PROVISIONS.office("board").fewest.value == 7
    assert PROVISIONS.office("delegate").fewest.value == 2
    assert PROVISIONS.office("nonsense") is PROVISIONS.status("nonsense") is None
    assert PROVISIONS.status_label("member").fr == "Membre"
    assert PROVISIONS.status_label(None).fr == "aucun"
    assert PROVISIONS.relations_of_statuses >= {"signatures", "departures", "exclusions", "votes"}
    assert "mandates" not in PROVISIONS.relations_of_statuses
    assert PROVISIONS.office("roots").first_part.rule == "R02"


@pytest.mark.parametrize(("count", "up", "down"), [(7, 4, 3), (8, 4, 4), (9, 5, 4), (0, 0, 0)])
def test_half_is_rounded_as_decided(count, up, down):
    assert half_of(count, Rounded.UP) == up
    assert half_of(count, Rounded.DOWN) == down


def test_a_window_is_the_days_after_today_up_to_the_last():
    window = Window(ON, days(2))
    assert [each in window for each in (ON, days(1), days(2), days(3), "tomorrow")] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert window.days == 2
