"""Two applies at once: one does its work, the other waits or is told; never a mixture."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from types import SimpleNamespace

from pydantic import SecretStr

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import Profile
from mist_connector.errors import AccessRefused, CrmError, PlanStale
from mist_connector.planning.plan import build_plan
from mist_connector.work.module import turn as turning
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe
from mist_connector.work.module.turn import CLAIM


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
        assert crm.call("ir.config_parameter", "search_count", domain=[["key", "=", CLAIM]]) == 0


def test_an_apply_takes_over_from_one_that_was_killed_with_its_turn(bare, monkeypatch):
    """A kill leaves the turn taken only where the import that it began was refused as well."""
    monkeypatch.setattr(turning, "_LASTS", timedelta(seconds=4))
    bare.crm.call("ir.config_parameter", "create", vals_list=[{"key": CLAIM, "value": "1"}])
    began, said = time.monotonic(), []
    assert bare.apply(bare.plan(), SimpleNamespace(step=said.append)).empty
    assert time.monotonic() - began > 4
    [told] = said
    assert told.startswith("Un autre déploiement est en cours")
    assert bare.crm.call("ir.config_parameter", "search_count", domain=[["key", "=", CLAIM]]) == 0


def test_rights_hold_after_an_apply_even_for_whoever_kept_asking_meanwhile(site, sandbox, deployed_database):
    group = site.id_of("group_connector")
    values = {"login": "essai", "name": "essai", "group_ids": [[4, group]]}
    site.crm.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    site.crm.call("ir.model.access", "unlink", ids=[site.id_of("access_person__connector")])
    profile = Profile(url=sandbox.url, database=deployed_database, login="essai")
    key = SecretStr(sandbox.api_key("essai", name=deployed_database))
    done = threading.Event()

    def keep_asking():
        with closing(connect(profile, key)) as crm:
            while not done.is_set():
                with suppress(CrmError):
                    crm.call("x_mist_person", "search_count", domain=[])

    with ThreadPoolExecutor(2) as pool:
        askers = [pool.submit(keep_asking) for _ in range(2)]
        assert site.apply(site.plan()).empty
        done.set()
        for asker in askers:
            asker.result()
    with closing(connect(profile, key)) as crm:
        try:
            assert crm.call("x_mist_person", "search_count", domain=[]) == 0
        except AccessRefused:
            raise AssertionError("the CRM still goes by the rights of before") from None
