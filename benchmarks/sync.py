"""A sync and a check of an invented register: what they cost when there is nothing to do, and when there is.

    .venv/bin/python benchmarks/sync.py [PEOPLE]

The register is made behind the CRM's back, in its database: each person has a contact, a signature and three
attendances; one of them is barred, which only the CRM knows; one direction with an account is told what is
found. Prints requests and seconds.
"""

import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

from pydantic import SecretStr

from mist_connector import sandbox
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.declared_mappings import declared
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile
from mist_connector.planning.plan import build_plan
from mist_connector.reporting import Silent
from mist_connector.sandbox.clock import ZONE
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe
from mist_connector.work.people.sync import Sync

WANTED = declared()
CONNECTOR = "connecteur@mist.example"
GROUPS = ("base.group_user", "base.group_partner_manager", "mist_connector.group_connector")
_CODE = "lpad(to_hex(n >> 16), 4, '0') || '-' || upper(lpad(to_hex(n & 65535), 4, '0'))"
_ASSOCIATION = "(select min(id) from x_mist_association)"
REGISTER = f"""
insert into res_partner (name, complete_name, active, type, create_date)
    select 'P-' || {_CODE}, 'P-' || {_CODE}, true, 'contact', now() from generate_series(1, %d) n;
insert into x_mist_person (x_name, x_first_name, x_last_name, x_contact_id, x_association_id, x_attested_on,
                           x_member_since, x_speaks_french, x_guard, create_date, write_date)
    select p.name, 'Exemple', 'Inventée', p.id, {_ASSOCIATION}, '2026-01-01', '2026-02-01', true, 'ok',
           now(), now()
    from res_partner p where p.name like 'P-____-____';
insert into x_mist_signature (x_name, x_person_id, x_document, x_on, x_values, x_commitment, x_association_id,
                              x_guard, create_date, write_date)
    select 'S' || substr(x_name, 2), id, 'bylaws', '2026-02-01', true, true, x_association_id, 'ok', now(),
           now()
    from x_mist_person;
insert into x_mist_attendance (x_name, x_person_id, x_activity, x_on, x_state, x_association_id, x_guard,
                               create_date, write_date)
    select 'B' || substr(x_name, 2), id, 'talk_group', current_date - 7 * n, 'present', x_association_id,
           'ok', now(), now()
    from x_mist_person, generate_series(1, 3) n;
insert into x_mist_investigation (x_name, x_person_id, x_kind, x_on, x_examined_on, x_heard_on,
                                  x_concluded_on, x_outcome, x_bars, x_association_id, x_guard, create_date,
                                  write_date)
    select 'X' || substr(x_name, 2), id, 'trafficking', '2026-01-02', '2026-01-09', '2026-01-10',
           '2026-01-11', 'founded', true, x_association_id, 'ok', now(), now()
    from x_mist_person order by id limit 1;
"""  # noqa: S608 - our own words


def connection(running: sandbox.Running, name: str, login: str, key: str) -> Crm:
    profile = Profile(url=running.url, database=name, login=login, timeout=600)
    return connect(profile, SecretStr(key))


def prepare(running: sandbox.Running, name: str, people: int) -> None:
    """Deploy the bylaws, fill the register, and give direction an account."""
    depends = WANTED.blueprint.frame.depends
    desired = compile_blueprint(WANTED.blueprint)
    with closing(connection(running, name, running.admin_login, running.admin_api_key)) as admin:
        deploy(
            admin,
            build_plan(desired, observe(admin, desired=desired, depends=depends)),
            Manifest("MIST", "0.0", depends),
        )
        refs = [
            admin.call(
                "ir.model.data",
                "search_read",
                domain=[["module", "=", each.split(".")[0]], ["name", "=", each.split(".")[1]]],
                fields=["res_id"],
            )[0]["res_id"]
            for each in GROUPS
        ]
        values = {"name": CONNECTOR, "login": CONNECTOR, "group_ids": [[6, 0, refs]]}
        admin.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    running.query(REGISTER % people, name=name)
    with closing(connection(running, name, CONNECTOR, running.api_key(CONNECTOR, name=name))) as crm:
        today = datetime.now(ZONE).date()
        [person] = crm.call(
            "x_mist_person", "create", vals_list=[{"x_first_name": "Directrice", "x_last_name": "Inventée"}]
        )
        function = {
            "x_person_id": person,
            "x_role": "direction",
            "x_since": "2026-01-01",
            "x_login": "direction@mist.example",
        }
        crm.call("x_mist_function", "create", vals_list=[function])
        crm.call(
            "x_mist_agreement",
            "create",
            vals_list=[
                {"x_person_id": person, "x_since": str(today), "x_until": str(today + timedelta(days=300))}
            ],
        )


def timed(crm: Crm, label: str, job: Callable[[], object]) -> None:
    """Print the seconds and the requests of a job."""
    started, requests = time.perf_counter(), crm.requests
    told = job() or ""
    seconds, asked = time.perf_counter() - started, crm.requests - requests
    print(f"{label:34} {seconds:7.1f} s  {asked:4} requests  {told}")


def main(people: int) -> None:
    """Measure each job once."""
    running = sandbox.up("benchmark", Silent())
    name = running.clone("sync")
    try:
        prepare(running, name, people)
        with closing(connection(running, name, CONNECTOR, running.api_key(CONNECTOR, name=name))) as crm:
            measure(crm)
    finally:
        running.drop(name)
        sandbox.down("benchmark", Silent())


def measure(crm: Crm) -> None:
    """Bring everything in line, then again with nothing to do, then check."""
    today = datetime.now(ZONE).date()
    sync = Sync(crm, WANTED.blueprint, WANTED.provisions, WANTED.sync)
    crm.uid()
    plans = []

    def look() -> str:
        plans.append(sync.plan(on=today))
        plan = plans[-1]
        return (
            f"{plan.people} people, {len(plan.statuses)} statuses, {len(plan.refused)} refused, "
            f"{len(plan.reminders)} reminders"
        )

    def check() -> str:
        found = sync.look(on=today)
        return f"{len(found.verdicts.findings) + len(sync.crm_findings(found))} findings"

    timed(crm, "first sync, planned", look)
    timed(crm, "first sync, applied", lambda: sync.apply(plans[-1], Silent()))
    timed(crm, "second sync, nothing to do", look)
    if not plans[-1].empty:
        raise SystemExit("the second sync had something to do")
    timed(crm, "check", check)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
