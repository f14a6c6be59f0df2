"""How fast each way into the CRM is: 1,000 contacts created, 10,000 read, side by side in one run.

    .venv/bin/python benchmarks/transports.py [--rounds 3] [--json]

The ways take turns in each round, on one sandbox, so that they share the machine's good and bad moments;
medians are shown. Requests count more than seconds: this server is on the same machine, a hosted one is not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from contextlib import closing
from dataclasses import dataclass, field

from pydantic import SecretStr

from mist_connector import sandbox
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile
from mist_connector.reporting import Silent

WAYS = {
    "JSON-2, key": ("json2", "admin_api_key"),
    "JSON-RPC (odoorpc), web session": ("jsonrpc", "admin_password"),
    "JSON-RPC (odoorpc), key": ("jsonrpc", "admin_api_key"),
    "XML-RPC, key": ("xmlrpc", "admin_api_key"),
}
CREATED = 1_000
READ = 10_000
PAGE = 2_500
FIELDS = ["name", "ref", "email", "phone", "street", "city", "zip", "comment", "parent_id", "write_date"]
QUIET = {"tracking_disable": True}


@dataclass
class Measures:
    """Seconds of each round, and the requests of one."""

    seconds: list[float] = field(default_factory=list)
    requests: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def contacts(count: int) -> list[dict[str, str]]:
    """Return invented contacts."""
    return [
        {"name": f"Contact inventé {n}", "ref": f"B{n:06}", "city": "Ville", "street": f"{n} rue Inventée"}
        for n in range(count)
    ]


def login(crm: Crm) -> None:
    crm.uid()


def create(crm: Crm) -> None:
    crm.call("res.partner", "create", vals_list=contacts(CREATED), context=QUIET)


def read(crm: Crm) -> None:
    for offset in range(0, READ, PAGE):
        rows = crm.call(
            "res.partner",
            "search_read",
            domain=[("ref", "like", "B")],
            fields=FIELDS,
            order="id",
            offset=offset,
            limit=PAGE,
            load="",
        )
        if len(rows) != PAGE:
            raise SystemExit(f"{len(rows)} rows came where {PAGE} were asked for")


JOBS = {
    "log in": login,
    f"create {CREATED} contacts": create,
    f"read {READ} contacts x {len(FIELDS)} fields": read,
}


def measure(rounds: int) -> dict[str, dict[str, Measures]]:
    """Run every job over every way, in turn."""
    running = sandbox.up("benchmark", Silent())
    database = running.clone("transports")
    found = {job: {way: Measures() for way in WAYS} for job in JOBS}
    try:
        _seed(running, database)
        for _ in range(rounds):
            for way, (transport, secret) in WAYS.items():
                profile = Profile(url=running.url, database=database, login=running.admin_login)
                with closing(
                    connect(profile, SecretStr(getattr(running, secret)), transport=transport)
                ) as crm:
                    _time_jobs(crm, {job: found[job][way] for job in JOBS})
    finally:
        running.drop(database)
        sandbox.remove("benchmark", Silent())
    return found


def _seed(running: sandbox.Running, database: str) -> None:
    profile = Profile(url=running.url, database=database, login=running.admin_login)
    with closing(connect(profile, SecretStr(running.admin_api_key))) as crm:
        for _ in range(READ // CREATED):
            create(crm)


def _time_jobs(crm: Crm, measures: dict[str, Measures]) -> None:
    for job, work in JOBS.items():
        before, begun = crm.requests, time.perf_counter()
        work(crm)
        measures[job].seconds.append(time.perf_counter() - begun)
        measures[job].requests = crm.requests - before


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.rounds)
    if options.json:
        rows = {job: {way: [m.median, m.requests] for way, m in ways.items()} for job, ways in found.items()}
        print(json.dumps(rows, indent=2))
        return
    for job, ways in found.items():
        best = min(measures.median for measures in ways.values())
        print(f"\n{job}")
        for way, measures in ways.items():
            ratio = measures.median / best
            print(f"  {way:34} {measures.median:7.3f} s  {measures.requests:3} requests  x {ratio:.1f}")


if __name__ == "__main__":
    main()
