"""What guards, statuses and codes add to a batch that is written: queries and seconds, with and without.

    .venv/bin/python benchmarks/writing.py [PEOPLE]

Each step is a request's worth of work inside the CRM, which is undone at the end. « bare » is the same
deployment, whose computed fields answer at once.
"""

import sys
from contextlib import closing
from typing import Any

from pydantic import SecretStr

from mist_connector import sandbox
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.declared_mappings import declared
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile
from mist_connector.planning.plan import build_plan
from mist_connector.reporting import Silent
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe

WANTED = declared()
Row = list[Any]
STEPS = """
count = env.context['mist_people']
names = {'x_first_name': 'Essai', 'x_last_name': 'Inventé'}
model = env['x_mist_person'].sudo()
answer = []
mark = [0, 0]

def begin():
    env.flush_all()
    mark[0], mark[1] = env.cr.sql_log_count, time.time()

def end(what):
    env.flush_all()
    answer.append([what, env.cr.sql_log_count - mark[0], time.time() - mark[1]])
    env.invalidate_all()

env.cr.execute('SAVEPOINT mist_bench')
model.create(names).unlink()
begin()
people = model.create([names] * count)
end('people')
there = {'x_activity': 'talk_group'}
begin()
people.write({'x_attested_on': '2026-01-01'})
end('attested')
for what, facts, times in (
    ('signatures', ['x_mist_signature', {'x_document': 'bylaws', 'x_on': '2026-02-01'}], 1),
    ('meetings', ['x_mist_step', {'x_kind': 'roots_meeting', 'x_on': '2026-02-02'}], 1),
    ('votes', ['x_mist_vote', {'x_outcome': 'accepted', 'x_on': '2026-02-03'}], 1),
    ('attendances', ['x_mist_attendance', dict(there, x_on='2026-02-03', x_state='present')], 2),
):
    begin()
    made = env[facts[0]].sudo().create([dict(facts[1], x_person_id=one) for one in people.ids] * times)
    end(what)
    if what == 'votes':
        votes = made
begin()
votes.unlink()
end('votes deleted')
begin()
people.write({'x_first_name': 'Autre'})
end('renamed')
env.cr.execute('ROLLBACK TO SAVEPOINT mist_bench')
env.clear()
action = {'answer': answer}
"""
BARE = """
names = ('x_guard', 'x_status', 'x_member_since')
for field in env['ir.model.fields'].search([('model', '=like', 'x_mist_%'), ('name', 'in', names)]):
    code = "for record in self:\\n    record['NAME'] = record['NAME']".replace('NAME', field.name)
    field.write({'compute': code, 'depends': 'create_date'})
env.cr.commit()
"""


def connection(running: sandbox.Running, name: str) -> Crm:
    profile = Profile(url=running.url, database=name, login=running.admin_login, timeout=600)
    return connect(profile, SecretStr(running.admin_api_key))


def deployed(running: sandbox.Running, name: str) -> None:
    depends = WANTED.blueprint.frame.depends
    desired = compile_blueprint(WANTED.blueprint)
    with closing(connection(running, name)) as admin:
        plan = build_plan(desired, observe(admin, desired=desired, depends=depends))
        deploy(admin, plan, Manifest("MIST", "0.0", depends))


def measured(running: sandbox.Running, name: str, people: int) -> list[Row]:
    with closing(connection(running, name)) as admin:
        [model] = admin.call("ir.model", "search", domain=[["model", "=", "x_mist_person"]])
        values = {"name": "Mesure", "model_id": model, "state": "code", "code": STEPS}
        [action] = admin.call("ir.actions.server", "create", vals_list=[values])
        told = admin.call("ir.actions.server", "run", ids=[action], context={"mist_people": people})
        admin.call("ir.actions.server", "unlink", ids=[action])
        return list(told["answer"])


def show(people: int, held: list[Row], bare: list[Row]) -> None:
    """Print a line for each step, and one for all of them."""
    print(f"{people} people      queries   seconds    bare: queries   seconds   ratio")
    for rows in (*zip(held, bare, strict=True), (whole(held), whole(bare))):
        (what, queries, seconds), (_, fewer, less) = rows
        print(f"{what:15} {queries:8} {seconds:9.2f} {fewer:17} {less:9.2f} {seconds / less:7.1f}")


def whole(rows: list[Row]) -> Row:
    """Return the line for all steps together."""
    return ["in all", *(sum(row[place] for row in rows) for place in (1, 2))]


def main(people: int) -> None:
    """Measure the deployment, then the same one bare."""
    running = sandbox.up("benchmark", Silent())
    name = running.clone("writing")
    try:
        deployed(running, name)
        held = measured(running, name, people)
        running.shell(BARE, name=name)
        show(people, held, measured(running, name, people))
    finally:
        running.drop(name)
        sandbox.down("benchmark", Silent())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
