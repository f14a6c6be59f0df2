"""One copy of the deployed CRM for the hooks, and a way to try many changes in one request."""

import re
from contextlib import closing

import pytest

# Each change is tried inside a savepoint of its own and each case is undone: nothing is left behind.
# The CRM's evaluator allows no `with`, hence the statements by hand.
TRY = """
def undo(name):
    env.cr.execute('ROLLBACK TO SAVEPOINT ' + name)
    env.clear()

def perform(step, people, records):
    verb = step[0]
    if verb == 'write':
        people[step[1]].write(step[2])
    elif verb == 'add':
        values = dict(step[3], x_person_id=people[step[1]].id)
        met = values.pop('x_met', '')
        if met:
            values['x_met_id'] = people[int(met[-1])].id
        if step[2] == 'x_mist_candidacy':
            values['x_item_id'] = ballots[values.pop('x_office')].id
        for link, model in (('x_candidacy', 'x_mist_candidacy'), ('x_replaces', 'x_mist_mandate')):
            code = values.pop(link, '')
            if code:
                values[link + '_id'] = env[model].sudo().search([('x_name', '=', code)]).id
        if step[2] == 'x_mist_accompaniment':
            staff = env['x_mist_person'].sudo().create(names[-1])
            role = {'x_person_id': staff.id, 'x_role': 'staff', 'x_since': '2020-01-01'}
            values['x_function_id'] = env['x_mist_function'].sudo().create(role).id
        records.append(env[step[2]].sudo().create(values))
    elif verb == 'change' and records[step[1]]:
        records[step[1]].write(step[2])
    elif verb == 'end':
        terms = []
        for one in records:
            if one and one.exists() and one._name == step[1]:
                terms.append(one)
        last = max([one.x_since for one in terms], default=False)
        several = env[step[1]].sudo()
        for one in terms:
            ends = one.x_ends if step[1] in ['x_mist_mandate', 'x_mist_accompaniment'] else one.x_until
            if not ends or ends > last:
                several |= one
        several.write({step[2]: last})
    elif verb == 'remove' and records[step[1]]:
        records[step[1]].unlink()
    env.flush_all()

answers = []
# What elected mandates rest on: the ballots of an assembly that was held.
held = {'x_on': '2020-01-01', 'x_hour': '14:00', 'x_state': 'past', 'x_minutes': 'Essai'}
assembly = env['x_mist_assembly'].sudo().create(held)
ballots = {}
for office in ('spokesperson', 'board', 'roots'):
    item = {'x_assembly_id': assembly.id, 'x_title': 'Essai', 'x_kind': 'election', 'x_state': 'elected'}
    ballots[office] = env['x_mist_item'].sudo().create(dict(item, x_office=office))
# Nobody resembles anybody: the CRM holds up whoever resembles somebody excluded.
names = [{'x_first_name': 'Essai', 'x_last_name': 'Inventé ' + chr(97 + n) * 3} for n in range(26)]
for case in env.context['mist_cases']:
    env.cr.execute('SAVEPOINT mist_case')
    people = env['x_mist_person'].sudo().create(names[:env.context['mist_people']])
    env.flush_all()
    records = []
    answer = []
    for step in case:
        env.cr.execute('SAVEPOINT mist_step')
        held = len(records)
        try:
            perform(step, people, records)
            if env.context.get('mist_full'):
                told = [
                    [one.x_status or None, str(one.x_member_since or '') or False, one.x_missing]
                    for one in people
                ]
            else:
                told = [one.x_status or None for one in people]
            answer.append(['allowed', told])
        except UserError as error:
            undo('mist_step')
            # Refused while it was made, or only afterwards, when the CRM looked at it again.
            records = records[:held]
            if step[0] == 'add':
                records.append(None)
            answer.append(['refused', str(error)])
    answers.append(answer)
    undo('mist_case')
for office in ballots:
    ballots[office].unlink()
assembly.unlink()
action = {'answers': answers}
"""


class Trials:
    """The CRM, asked what it makes of many cases at once."""

    def __init__(self, crm):
        self.crm = crm
        [model] = crm.call("ir.model", "search", domain=[["model", "=", "x_mist_person"]])
        values = {"name": "Essais", "model_id": model, "state": "code", "code": TRY}
        [self.action] = crm.call("ir.actions.server", "create", vals_list=[values])

    def answers(self, cases, people=1, *, full=False):
        """Return for each step of each case either ('allowed', statuses) or ('refused', rules).

        `full`: in place of a status, that, since when she is a member, and the rules that she lacks.
        """
        context = {"mist_cases": cases, "mist_people": people, "mist_full": full, "lang": "fr_FR"}
        result = self.crm.call("ir.actions.server", "run", ids=[self.action], context=context)
        return [[self._verdict(*step) for step in answer] for answer in result["answers"]]

    def sentences(self, case, people=1):
        """Return what the CRM says of each step of a case: the sentence of a refusal, or nothing."""
        context = {"mist_cases": [case], "mist_people": people, "lang": "fr_FR"}
        [answer] = self.crm.call("ir.actions.server", "run", ids=[self.action], context=context)["answers"]
        return [said if outcome == "refused" else "" for outcome, said in answer]

    @staticmethod
    def _verdict(outcome, said):
        if outcome == "refused":
            return outcome, set(re.findall(r"\(([A-Z]+[0-9]+)\) :", said))
        return outcome, [each if not isinstance(each, list) else _lacking(*each) for each in said]


def _lacking(status, since, said):
    """Return what is told of a person, with the rules of what she lacks in place of the sentences."""
    return [status, since, sorted(set(re.findall(r", ([A-Z]+[0-9]+)\)$", said, re.MULTILINE)))]


@pytest.fixture(scope="session")
def hooks_crm(sandbox, deployed, admin_of):
    name = sandbox.clone("hooks", source=deployed)
    with closing(admin_of(name)) as crm:
        yield crm
    sandbox.drop(name)


@pytest.fixture(scope="module")
def other_crm(sandbox, deployed, admin_of):
    """A CRM for one module, which other answers may be deployed to."""
    name = sandbox.clone("otherwise", source=deployed)
    with closing(admin_of(name)) as crm:
        yield crm
    sandbox.drop(name)


@pytest.fixture(scope="session")
def trials(hooks_crm):
    return Trials(hooks_crm)
