"""Work out the statuses of these people again for today: time alone changed them.

The caller learns the CRM's own status, and nothing of why. With `mist_try`, nothing is written.
"""

from mist_connector.server.given import UserError, env

people = env["x_mist_person"].sudo().browse(env.context.get("mist_people") or []).exists()
waiting, found = [people], []
while waiting:
    some = waiting.pop()
    env.cr.execute("SAVEPOINT mist_status")
    told = {one.id: one.x_status for one in some}
    refused = False
    try:
        env.add_to_compute(some._fields["x_status"], some)
        some.filtered(lambda one: one.x_status != told[one.id]).modified(["x_status"])
        env.flush_all()
        answer = [[one.id, one.x_status] for one in some]
    except UserError:
        # Something else is wrong with one of them: the others follow all the same.
        refused = True
        answer = [[number, told[number]] for number in told]
    if refused or env.context.get("mist_try"):
        env.cr.execute("ROLLBACK TO SAVEPOINT mist_status")
        env.clear()
    if refused and len(some) > 1:
        waiting += list(some)
    else:
        found += answer
action = {"statuses": found}
