"""Deploying to a real Odoo: a bare CRM, nothing to do, and one change, in one run.

    .venv/bin/python benchmarks/deploy.py [RUNS]

Prints the median seconds and the requests of each job. The floor, for comparison, is the import alone.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing

from pydantic import SecretStr

from mist_connector import sandbox
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.declared_mappings import declared
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile
from mist_connector.planning.plan import Plan, build_plan
from mist_connector.reporting import Silent
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.destroying import destroy
from mist_connector.work.module.observe import observe

BLUEPRINT = declared().blueprint
DESIRED = compile_blueprint(BLUEPRINT)


def timed(job: Callable[[], object], crm: Crm) -> tuple[float, int]:
    """Return the seconds and the requests of a job."""
    started, requests = time.perf_counter(), crm.requests
    job()
    return time.perf_counter() - started, crm.requests - requests


def one_run(crm: Crm) -> Iterator[tuple[str, float, int]]:
    """Measure each job once on a bare CRM, and leave it bare."""

    def plan() -> Plan:
        return build_plan(DESIRED, observe(crm, desired=DESIRED, depends=BLUEPRINT.frame.depends))

    def apply() -> Plan:
        return deploy(crm, plan(), Manifest("MIST", "1.0", BLUEPRINT.frame.depends))

    def change() -> None:
        [row] = crm.call(
            "ir.model.data", "search_read", domain=[["name", "=", "rule_file__delete"]], fields=["res_id"]
        )
        crm.call("ir.rule", "write", ids=[row["res_id"]], vals={"domain_force": "[]"})

    yield "apply, bare CRM", *timed(apply, crm)
    yield "plan, nothing to do", *timed(plan, crm)
    change()
    yield "apply, one drift", *timed(apply, crm)
    yield "destroy", *timed(lambda: destroy(crm), crm)


def main(runs: int) -> None:
    """Measure every job in turn, and print the medians."""
    running = sandbox.up("benchmark", Silent())
    name = running.clone("deploy")
    figures: dict[str, list[tuple[float, int]]] = {}
    profile = Profile(url=running.url, database=name, login=running.admin_login)
    with closing(connect(profile, SecretStr(running.admin_api_key))) as crm:
        crm.uid()
        for _ in range(runs):
            for job, seconds, requests in one_run(crm):
                figures.setdefault(job, []).append((seconds, requests))
    running.drop(name)
    sandbox.down("benchmark", Silent())
    print(f"{len(DESIRED)} records, {runs} runs")
    for job, measured in figures.items():
        seconds = statistics.median(each[0] for each in measured)
        print(f"{job:22} {seconds:6.2f} s  {max(each[1] for each in measured):3} requests")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
