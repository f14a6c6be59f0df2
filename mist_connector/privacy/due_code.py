"""Whose data are kept for too long, asked by the account that installs: it reads nobody, so the CRM says it.

The condition is that of `mist check`, as the CRM's own code.
"""

from __future__ import annotations

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.server_code import expression
from mist_connector.blueprint.today import today_statement
from mist_connector.bylaws.expectations import Expectation

_DUE = """codes = []
for record in env['x_mist_person'].sudo().with_context(active_test=False).search([], order='x_name'):
    if {found}:
        codes.append(record.x_name)
# What an earlier run for the same reason has erased: the journal says it, in the transaction that erased.
because = env.context['mist_work']['because']
found = [('x_command', '=', 'mist privacy erase'), ('x_because', '=', because), ('x_outcome', '!=', False)]
noted = env['x_mist_reading'].sudo().search(found, order='id')
earlier = [[one.x_codes, str(one.x_on), one.x_account, one.x_outcome or ''] for one in noted]
action = {{'codes': codes, 'earlier': earlier}}
"""


def due_code(expectation: Expectation, blueprint: Blueprint) -> str:
    """Return the Python that answers the codes of everybody of whom an expectation finds something.

    It answers the erasures made for the same reason before, too.
    """
    person = blueprint.model("person")
    tests = [f"not {expression(expectation.holds, blueprint=blueprint, model=person)}"]
    if expectation.when is not None:
        tests.insert(0, expression(expectation.when, blueprint=blueprint, model=person))
    if expectation.status:
        tests.insert(0, f"record.x_status in {list(expectation.status)!r}")
    return today_statement(blueprint) + _DUE.format(found=" and ".join(tests))
