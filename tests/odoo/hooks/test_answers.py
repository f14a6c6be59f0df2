"""Another answer to a question is deployed by an apply, and the real server then decides otherwise."""

from __future__ import annotations

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.planning.plan import build_plan
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe

from .answers import ATTEMPTS, answered, fits
from .conftest import Trials
from .playing import commands
from .refusals import MOST_PEOPLE, day


def applied(crm, blueprint):
    """Bring the CRM to these mappings; return how many records that changes."""
    depends = blueprint.frame.depends
    desired = compile_blueprint(blueprint)
    plan = build_plan(desired, observe(crm, desired=desired, depends=depends))
    if not plan.empty:
        assert deploy(crm, plan, Manifest("MIST", "0.0", depends)).empty
    return len(plan.changes)


@pytest.mark.parametrize("question", sorted({each.question for each in ATTEMPTS}))
def test_the_server_decides_by_the_answer_in_force(other_crm, trials, mappings, question):
    attempts = [each for each in ATTEMPTS if each.question == question]
    before = [each for each in attempts if not each.new]
    answers = trials.answers([commands(each.play()) for each in before], MOST_PEOPLE)
    for each, said in zip(before, answers, strict=True):
        assert fits(said[-1], each.today), (each.title, said)
    played = [commands(each.play()) for each in attempts]
    assert applied(other_crm, answered(question).blueprint) > 0
    try:
        for each, said in zip(attempts, Trials(other_crm).answers(played, MOST_PEOPLE), strict=True):
            assert fits(said[-1], each.then), (each.title, said)
    finally:
        applied(other_crm, mappings.blueprint)
    assert applied(other_crm, mappings.blueprint) == 0


ALIAS = {"x_name_of_use": "Fleur-de-Test"}
SIGNED = {"x_document": "bylaws"}
# What is noted of somebody before she is given a name of use, and whether that is refused then.
NAMED = [
    ([], True),
    ([["write", 0, {"x_applied_on": str(day(-30))}]], True),
    ([["write", 0, {"x_applied_on": str(day(-31))}]], False),
    ([["add", 0, "x_mist_signature", {**SIGNED, "x_on": str(day(-30))}]], True),
    ([["add", 0, "x_mist_signature", {**SIGNED, "x_on": str(day(-31))}]], False),
    ([["add", 0, "x_mist_function", {"x_role": "staff", "x_since": str(day(-31))}]], False),
]


def test_a_name_of_use_is_refused_to_whoever_comes_after_the_decision_and_taken_from_nobody(
    other_crm, trials, mappings
):
    # Leaving is never refused, whatever her name; nor is emptying it.
    after = [["write", 0, {"x_name_of_use": False}]]
    leaving = [["add", 0, "x_mist_departure", {"x_scope": "association", "x_on": str(day(0))}]]
    cases = [[*before, ["write", 0, ALIAS], *leaving, *after] for before, _ in NAMED]
    assert all(outcome == "allowed" for case in trials.answers(cases) for outcome, _ in case)
    applied(other_crm, answered("Q24").blueprint)
    try:
        said = Trials(other_crm).answers(cases)
    finally:
        applied(other_crm, mappings.blueprint)
    for (before, refused), outcomes in zip(NAMED, said, strict=True):
        named = outcomes[len(before)]
        assert named == ("refused", {"M11"}) if refused else named[0] == "allowed", (before, outcomes)
        assert all(outcome == "allowed" for outcome, _ in outcomes[len(before) + 1 :])


# What makes somebody active, by an old version of the bylaws.
ACTIVE = [
    ["x_mist_signature", {"x_document": "bylaws", "x_on": str(day(-800)), "x_version": "1"}],
    ["x_mist_signature", {"x_document": "active_bylaws", "x_on": str(day(-700)), "x_version": "1"}],
    ["x_mist_step", {"x_kind": "roots_meeting", "x_on": str(day(-700))}],
    ["x_mist_vote", {"x_outcome": "accepted", "x_on": str(day(-690))}],
]

# Delegates and spokespersons without a last day, and an assembly that is held after they began.
UNTIL = """
names = {'x_first_name': 'Essai', 'x_last_name': 'Inventé'}
names = dict(names, x_attested_on=env.context['mist_began'], x_speaks_french=True)
people = env['x_mist_person'].sudo().create([names] * 2)
for person in people:
    for model, values in env.context['mist_facts']:
        env[model].sudo().create(dict(values, x_person_id=person.id))
mandates = env['x_mist_mandate'].sudo()
for person, presented in zip(people, env.context['mist_presented']):
    values = dict(env.context['mist_mandate'], x_person_id=person.id, x_presented_on=presented)
    mandates |= mandates.create(values)
env.flush_all()
held = env['x_mist_assembly'].sudo().create(env.context['mist_assembly'])
env.flush_all()
before = [str(mandate.x_until or '') for mandate in mandates]
held.write({'x_state': 'past', 'x_minutes': 'Essai'})
env.flush_all()
after = [str(mandate.x_until or '') for mandate in mandates]
env.cr.execute('SAVEPOINT mist_longer')
said = ''
try:
    mandates[0].write({'x_until': env.context['mist_longer']})
    env.flush_all()
except UserError as error:
    said = str(error)
env.cr.execute('ROLLBACK TO SAVEPOINT mist_longer')
env.clear()
mandates.unlink()
held.unlink()
action = {'before': before, 'after': after, 'said': said}
"""


def test_the_assembly_that_is_held_ends_a_mandate_that_lasts_until_then_and_none_of_those_presented_to_it(
    other_crm, mappings
):
    context = {
        "mist_began": str(day(-900)),
        "mist_facts": ACTIVE,
        "mist_mandate": {
            "x_office": "delegate",
            "x_since": str(day(-250)),
            "x_chosen_on": str(day(-250)),
            "x_accepted_on": str(day(-250)),
        },
        "mist_presented": [str(day(-200)), str(day(0))],
        "mist_assembly": {"x_on": str(day(0)), "x_hour": "14:00", "x_state": "planned"},
        "mist_longer": str(day(20)),
        "lang": "fr_FR",
    }
    applied(other_crm, answered("Q06").blueprint)
    try:
        said = elevated(other_crm, UNTIL, **context)
    finally:
        applied(other_crm, mappings.blueprint)
    assert said["before"] == ["", ""]
    assert said["after"] == [str(day(0)), ""]
    assert "(DEL11)" in said["said"]


# An active member by an old version, and later what becomes of her when she leaves the group.
BEGIN = """
person = env['x_mist_person'].sudo().create(env.context['mist_person'])
for model, values in env.context['mist_facts']:
    env[model].sudo().create(dict(values, x_person_id=person.id))
env.flush_all()
action = {'person': person.id}
"""
LEAVE = """
person = env['x_mist_person'].sudo().browse(env.context['mist_person'])
before = person.x_status
env['x_mist_departure'].sudo().create(dict(env.context['mist_departure'], x_person_id=person.id))
env.flush_all()
action = {'statuses': [before, person.x_status]}
"""


def elevated(crm, code, **context):
    """Run code in the CRM with all rights."""
    [model] = crm.call("ir.model", "search", domain=[["model", "=", "x_mist_person"]])
    values = {"name": "Essais", "model_id": model, "state": "code", "code": code}
    [action] = crm.call("ir.actions.server", "create", vals_list=[values])
    return crm.call("ir.actions.server", "run", ids=[action], context=context)


def test_leaving_the_group_is_not_refused_to_somebody_whose_time_to_sign_is_over(other_crm, mappings):
    person = {"x_first_name": "Essai", "x_last_name": "Inventé"}
    dates = {"x_applied_on": str(day(-900)), "x_attested_on": str(day(-900))}
    begun = elevated(other_crm, BEGIN, mist_person=person | dates, mist_facts=ACTIVE)
    applied(other_crm, answered("Q23").blueprint)
    try:
        departure = {"x_scope": "active", "x_on": str(day(0))}
        said = elevated(other_crm, LEAVE, mist_person=begun["person"], mist_departure=departure)
    finally:
        applied(other_crm, mappings.blueprint)
    # The status waits for a sync, or for something about her to be written.
    assert said["statuses"] == ["active", "candidate"]
