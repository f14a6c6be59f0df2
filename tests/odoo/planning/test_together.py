"""Two applies at once: one does its work, the other waits or is told; never a mixture."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.crm.deploy import Manifest, deploy
from mist_connector.crm.observe import observe
from mist_connector.errors import CrmError, PlanStale
from mist_connector.planning.plan import build_plan


def test_two_applies_at_the_same_moment_end_as_one(database, mappings, admin_of):
    blueprint = mappings.blueprint
    desired = compile_blueprint(blueprint)

    def apply():
        with closing(admin_of(database)) as crm:
            plan = build_plan(desired, observe(crm, desired=desired, depends=blueprint.frame.depends))
            try:
                return deploy(crm, plan, Manifest("MIST", "1.0", blueprint.frame.depends)).empty
            except (PlanStale, CrmError) as told:
                return told

    with ThreadPoolExecutor(2) as pool:
        outcomes = [future.result() for future in [pool.submit(apply), pool.submit(apply)]]
    assert True in outcomes, outcomes
    told = [outcome for outcome in outcomes if outcome is not True]
    assert all(isinstance(outcome, PlanStale) for outcome in told), told
    with closing(admin_of(database)) as crm:
        assert build_plan(desired, observe(crm, desired=desired, depends=blueprint.frame.depends)).empty
