"""Ending is never refused, whichever way it comes in, whatever changed since; lengthening again is judged."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mist_connector.sandbox.clock import ZONE

TODAY = datetime.now(ZONE).date()

# Two delegates who could take office, then a fact that has changed since; and a way to end both or one.
TRY = """
today = datetime.date.fromisoformat(env.context['mist_today'])
state, way = env.context['mist_state'], env.context['mist_way']
long_ago = today - datetime.timedelta(days=600)
signed = {'x_document': 'bylaws', 'x_on': long_ago}
begun, ends = today - datetime.timedelta(days=20), today + datetime.timedelta(days=60)
facts = {
    'x_first_name': 'Essai', 'x_last_name': 'Inventé', 'x_attested_on': long_ago,
    'x_signature_ids': [(0, 0, signed), (0, 0, dict(signed, x_document='active_bylaws'))],
    'x_step_ids': [(0, 0, {'x_kind': 'roots_meeting', 'x_on': long_ago})],
    'x_vote_ids': [(0, 0, {'x_outcome': 'accepted', 'x_on': long_ago})],
}
env.cr.execute('SAVEPOINT mist_end')
env['x_mist_mandate'].sudo().search([('x_office', '=', 'delegate')]).unlink()
one = env['x_mist_person'].sudo().create(dict(facts, x_speaks_french=True))
other = env['x_mist_person'].sudo().create(facts)
terms = {
    'x_office': 'delegate', 'x_since': begun, 'x_until': ends, 'x_chosen_on': begun, 'x_accepted_on': begun,
}
mandates = env['x_mist_mandate'].sudo()
mine = mandates.create(dict(terms, x_person_id=one.id))
both = mine | mandates.create(dict(terms, x_person_id=other.id))
env.flush_all()
if state == 'French corrected to no':
    one.write({'x_speaks_french': False})
elif state == 'left before it began':
    env['x_mist_departure'].sudo().create([
        {'x_person_id': each.id, 'x_scope': 'active', 'x_on': begun - datetime.timedelta(days=1)}
        for each in [one, other]
    ])
elif state == 'excluded':
    env['x_mist_exclusion'].sudo().create([
        {'x_person_id': each.id, 'x_scope': 'association', 'x_on': today} for each in [one, other]
    ])
env.flush_all()
earlier = {'x_until': today}
outcome, said = 'allowed', ''
try:
    if way == 'write':
        mine.write(earlier)
    elif way == 'resignation alone':
        mine.write({'x_resigned_on': today})
    elif way == 'both at once':
        both.write(dict(earlier, x_resigned_on=today))
    elif way == 'form':
        mine.web_save({'x_until': str(today)}, {'x_until': {}})
    elif way == 'from the person':
        one.write({'x_mandate_ids': [(1, mine.id, earlier)]})
    elif way == 'the whole row':
        mine.write(dict(terms, x_person_id=one.id, x_until=today))
    elif way == 'import':
        columns = ['.id', 'x_office', 'x_since', 'x_until']
        rows = [[str(each.id), each.x_office, str(each.x_since), str(today)] for each in both]
        result = mandates.load(columns, rows)
        said = ' '.join([message['message'] for message in result['messages']])
    elif way == 'ended, then lengthened':
        mine.write(earlier)
        env.flush_all()
        mine.write({'x_until': ends})
    elif way == 'ended, then lengthened, with what was accepted written by hand':
        mine.write(earlier)
        env.flush_all()
        mine.write({'x_until': ends, 'x_guard': 'ok', 'x_ends': today})
    elif way == 'resigned, then not':
        mine.write({'x_resigned_on': today})
        env.flush_all()
        mine.write({'x_resigned_on': False})
    elif way == 'given to another':
        mine.write(dict(earlier, x_person_id=other.id, x_since=today))
    env.flush_all()
    if said:
        raise UserError(said)
    said = str([str(each.x_ends) for each in both])
except UserError as error:
    outcome, said = 'refused', str(error)
env.cr.execute('ROLLBACK TO SAVEPOINT mist_end')
env.clear()
action = {'outcome': outcome, 'said': said}
"""
STATES = {"French corrected to no": "DEL03", "left before it began": "DEL04", "excluded": "DEL04"}
WAYS = ("write", "resignation alone", "both at once", "form", "from the person", "the whole row", "import")
ANEW = (
    "ended, then lengthened",
    "ended, then lengthened, with what was accepted written by hand",
    "resigned, then not",
    "given to another",
)


@pytest.fixture
def tried(hooks_crm):
    """A function from a state and a way to what the CRM makes of it, with all rights."""
    [model] = hooks_crm.call("ir.model", "search", domain=[["model", "=", "x_mist_person"]])
    values = {"name": "Fins", "model_id": model, "state": "code", "code": TRY}
    [action] = hooks_crm.call("ir.actions.server", "create", vals_list=[values])

    def try_(state, way):
        context = {"mist_state": state, "mist_way": way, "mist_today": str(TODAY), "lang": "fr_FR"}
        return hooks_crm.call("ir.actions.server", "run", ids=[action], context=context)

    yield try_
    hooks_crm.call("ir.actions.server", "unlink", ids=[action])


@pytest.mark.parametrize("state", STATES)
def test_whatever_has_changed_since_a_mandate_can_be_ended_in_every_way(tried, state):
    for way in WAYS:
        answer = tried(state, way)
        assert answer["outcome"] == "allowed", f"{way}: {answer['said']}"
        last = TODAY - timedelta(days=1) if way == "resignation alone" else TODAY
        assert str(last) in answer["said"], way


def test_what_is_claimed_again_is_judged_again(tried):
    for way in ANEW:
        for state in ("French corrected to no", "left before it began"):
            answer = tried(state, way)
            assert answer["outcome"] == "refused", f"{state}, {way}"
            assert f"({STATES[state]}) :" in answer["said"]
