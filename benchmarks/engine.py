"""How much processor time the engine takes over a large register: `python benchmarks/engine.py [PEOPLE]`."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from datetime import date, timedelta

from mist_connector.bylaws.agenda import agenda
from mist_connector.bylaws.engine import decide_all
from mist_connector.bylaws.facts import (
    Accompaniment,
    Agreement,
    Attendance,
    CommonFacts,
    Departure,
    Facts,
    Function,
    Mandate,
    Mentoring,
    Signature,
    Step,
    Vote,
    Workgroup,
)
from mist_connector.cli.declared_mappings import declared
from mist_connector.conditions.changing import Window

TODAY = date(2026, 6, 15)
DRAW = random.Random(1)  # noqa: S311 - invented people, the same each time
STEPS = ("team_meeting", "card_given", "tools", "roots_meeting")


def day(first: int, last: int) -> date:
    return TODAY + timedelta(days=DRAW.randint(first, last))


def code(number: int) -> str:
    return f"P-{number // 10000:04d}-{number % 10000:04d}"


def person(number: int) -> Facts:
    kind = DRAW.choice("cmmmaal")
    facts = Facts(code(number), applied_on=day(-900, -800), attested_on=day(-800, -700))
    if kind == "c":
        return facts
    signed = [Signature(day(-700, -650), "bylaws", "1", values=True, commitment=True)]
    facts = replace(
        facts,
        speaks_french=DRAW.choice((True, False)),
        attendances=tuple(
            Attendance(day(-200, 0), "talk_group", DRAW.choice(("present", "excused", "absent")))
            for _ in range(12)
        ),
        steps=tuple(Step(day(-600, -100), DRAW.choice(STEPS)) for _ in range(5)),
        accompaniments=(Accompaniment(day(-300, -10), "F-0000-0001", day(1, 400)),),
    )
    if kind == "a":
        signed.append(Signature(day(-600, -500), "active_bylaws", "1"))
        group = Workgroup(day(-390, -300), "advocacy", None, day(-400, -391))
        mentor = Mentoring(day(-390, -300), code(max(number - 3, 0)))
        facts = replace(
            facts, votes=(Vote(day(-490, -400), "accepted"),), workgroups=(group,), mentorings=(mentor,)
        )
    if kind == "l":
        facts = replace(facts, departures=(Departure(day(-100, 30), "association"),))
    return replace(facts, signatures=tuple(signed))


def register(count: int) -> list[Facts]:
    people = [person(number) for number in range(count)]
    function = Function(day(-300, -200), "staff", "equipe@mist.example", None, "F-0000-0001")
    people[0] = replace(
        people[0], functions=(function,), agreements=(Agreement(day(-300, -200), day(10, 50)),)
    )
    for number, office in enumerate(("delegate", "delegate", "spokesperson", *["board"] * 8), start=1):
        mandate = Mandate(day(-100, -90), office, day(10, 80))
        people[number] = replace(people[number], mandates=(mandate,))
    return people


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    people, mappings = register(count), declared()
    start = time.process_time()
    verdicts = decide_all(people, mappings.provisions, on=TODAY, common=CommonFacts())
    print(
        f"decide_all, {count} people: {time.process_time() - start:.1f} s, {len(verdicts.findings)} findings"
    )
    start = time.process_time()
    window = Window(TODAY, TODAY + timedelta(days=mappings.agenda.days))
    coming = agenda(people, CommonFacts(), mappings.provisions, mappings.agenda, window)
    print(f"agenda, {window.days} days: {time.process_time() - start:.1f} s, {len(coming)} things")


if __name__ == "__main__":
    main()
