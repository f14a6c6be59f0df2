"""Two assemblies six months apart, in one story: the clock of CRM and commands is moved between them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from mist_connector.crm.profiles import make_profile, save_profile
from mist_connector.documents.words import date_in_words
from mist_connector.reporting import Silent
from mist_connector.sandbox import faketime
from mist_connector.sandbox.clock import file_of
from mist_connector.sandbox.places import default_places

from ..people.conftest import (  # noqa: TID252 - fixtures
    CONNECTOR,
    association,  # noqa: F401
    association_of,  # noqa: F401
    loaded,  # noqa: F401
)
from ..report.conftest import MIST, Moody  # noqa: TID252

SPOKESPERSON = [["x_office", "=", "spokesperson"]]


class Years:
    """One association through time: `mist` as a process whose clock is the sandbox's own."""

    def __init__(self, association, statutes, config, post):  # noqa: F811
        self.association, self.statutes, self.post = association, statutes, post
        places = default_places()
        self.clock_file = file_of(places.sandbox(association.sandbox.name))
        self.library = faketime.ready(places.faketime, Silent())
        url, database = association.sandbox.url, association.database
        self.environment = {
            **os.environ,
            "MIST_ALLOW_OTHER_MAPPINGS": "1",  # invented statutes, on a CRM deployed without
            "MIST_CONFIG": str(config),
            "MIST_SECRET": association.sandbox.api_key(CONNECTOR, name=database),
        }
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MIST_CONFIG", str(config))
            save_profile(make_profile(url=url, database=database, login=CONNECTOR))

    def mist(self, *words):
        """Run `mist`; meanwhile hand the mails of the queue over, which nothing else does in a copy."""
        moved = faketime.environment(
            self.library, self.clock_file, {**self.environment, "PYTHONPATH": str(self.library.parent)}
        )
        environment = moved if self.clock_file.exists() else self.environment
        command = [MIST, *map(str, words), "--mappings", str(self.statutes)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        process = subprocess.Popen(command, env=environment, text=True, **pipes)  # noqa: S603 - our own
        while True:
            try:
                out, err = process.communicate(timeout=1)
                break
            except subprocess.TimeoutExpired:
                queue = self.association.ref("mail.ir_cron_mail_scheduler_action")
                self.association.admin.call("ir.cron", "method_direct_trigger", ids=[queue])
        assert process.returncode in {0, 2}, out + err
        return out

    def told(self, *words):
        out = self.mist(*words, "--json")
        return json.loads(out[out.index("{") : out.rindex("}") + 1])

    def limits(self):
        """Return the last days for the next assembly that the agenda of a year announces."""
        out = self.mist("agenda", "--days", 366, "--json")
        return [each["day"] for each in json.loads(out) if each["kind"] == "assembly"]

    def rows(self, model, fields, domain=()):
        return self.association.connector.call(
            model, "search_read", domain=list(domain), fields=fields, load=False
        )

    def report(self, day, folder):
        """Return the half-yearly report of a day, as text with plain spaces."""
        file = folder / f"{day}.txt"
        self.mist("report", "render", "--document", "assembly_report", "--on", day, "--out", file)
        return file.read_text(encoding="utf-8").replace("\xa0", " ")

    def hold(self, day, chosen):
        """Hold an assembly on a day that has come, and elect two spokespersons; return what was said."""
        crm, before = self.association.connector, len(self.post.taken)
        said = {
            "planned": self.told("assembly", "plan", "--on", day, "--at", "14:00", "--secret-place", "--yes")
        }
        said["convened"] = self.told("assembly", "convene", "--yes")
        said["mails"] = sorted(self.post.taken[before:])
        said["opened"] = self.told("assembly", "open", "--yes")
        code = said["planned"]["assembly"]
        [row] = self.rows("x_mist_assembly", ["x_item_ids", "x_invitee_ids"], [["x_name", "=", code]])
        crm.call("x_mist_invitee", "write", ids=row["x_invitee_ids"], vals={"x_presence": "13:30-"})
        voters = len(said["opened"]["voters"])
        [election] = self.rows(
            "x_mist_item", ["id"], [["id", "in", row["x_item_ids"]], ["x_office", "=", "spokesperson"]]
        )
        standing = [
            {
                "x_item_id": election["id"],
                "x_person_id": each,
                "x_accepted_on": str(day),
                "x_votes": voters - 1,
            }
            for each in chosen
        ]
        crm.call("x_mist_candidacy", "create", vals_list=standing)
        vals = {"x_voted_at": "15:00", "x_ballots": voters}
        crm.call("x_mist_item", "write", ids=[election["id"]], vals=vals)
        said["closed"] = self.told("assembly", "close", "--yes")
        return said

    def in_force(self, day):
        """Return who is a spokesperson on a day."""
        domain = [*SPOKESPERSON, ["x_since", "<=", str(day)], "|", ["x_until", "=", False]]
        rows = self.rows("x_mist_mandate", ["x_person_id"], [*domain, ["x_until", ">=", str(day)]])
        return {row["x_person_id"] for row in rows}

    def term(self, people):
        """Return the first and the last day of the latest mandates of these people: the same for both."""
        rows = self.rows(
            "x_mist_mandate",
            ["x_since", "x_until"],
            [*SPOKESPERSON, ["x_person_id", "in", list(people)], ["x_candidacy_id", "!=", False]],
        )
        [term] = {(row["x_since"], row["x_until"]) for row in rows}
        return tuple(map(date.fromisoformat, term))


@pytest.fixture
def years(association, statutes, tmp_path):  # noqa: F811
    """The association, and a mail server of its own: a copy of a CRM has none."""
    post = Moody()
    post.start()
    values = {"name": "post", "smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_encryption": "none"}
    association.admin.call("ir.mail_server", "create", vals_list=[{**values, "sequence": 0}])
    yield Years(association, statutes, tmp_path / "config", post)
    post.leave()


@pytest.fixture
def pairs(years):
    """Two pairs of active members who may be spokespersons, speak French, and agree to be seen."""
    crm, today = years.association.connector, years.association.today()
    apart = [["x_office", "in", ["spokesperson", "president"]]]
    busy = {row["x_person_id"] for row in years.rows("x_mist_mandate", ["x_person_id"], apart)}
    active = years.rows("x_mist_person", ["id"], [["x_status", "=", "active"]])
    free = [row["id"] for row in active if row["id"] not in busy][:4]
    crm.call("x_mist_person", "write", ids=free, vals={"x_speaks_french": True})
    until = (today + timedelta(days=730)).isoformat()
    given = [
        {"x_person_id": each, "x_since": today.isoformat(), "x_until": until, "x_limits": "full"}
        for each in free
    ]
    crm.call("x_mist_consent", "create", vals_list=given)
    assert len(free) == 4
    return free[:2], free[2:]


def test_the_second_follows_the_first(years, pairs, clock, tmp_path):
    first_pair, second_pair = map(set, pairs)
    first_day = years.association.today()
    second_day = first_day + relativedelta(months=6)
    members = [["x_channel", "=", "mail"], ["x_status", "in", ["member", "provisional", "active"]]]
    reached = sorted(row["x_email"] for row in years.rows("x_mist_person", ["x_email"], members))

    past = max(row["x_on"] for row in years.rows("x_mist_assembly", ["x_on"]))
    assert years.limits() == [(date.fromisoformat(past) + relativedelta(months=6)).isoformat()]
    first = years.hold(first_day, pairs[0])
    assert first["closed"]["closed"] is True
    assert first["closed"]["mandates"] == 2
    assert first["mails"] == reached
    assert len(reached) > 20
    begins, ends = years.term(first_pair)
    assert ends == begins + relativedelta(months=6) - timedelta(days=1)
    assert years.in_force(ends) == first_pair
    status = years.told("assembly", "status")
    assert status["limit"] == second_day.isoformat()
    assert status["recalled"] is False
    assert years.limits() == [second_day.isoformat()]
    report = years.report(first_day, tmp_path)
    assert f"au {date_in_words(first_day, 'fr')}".replace("\xa0", " ") in report

    clock(f"{second_day.isoformat()}T12:00")  # whatever the hour, and summer time, at which this runs
    assert years.told("assembly", "status")["recalled"] is True
    late = (second_day + timedelta(days=1)).isoformat()
    assert years.told("assembly", "plan", "--on", late, "--at", "14:00", "--dry-run")["late"] is True
    second = years.hold(second_day, pairs[1])
    assert second["planned"]["late"] is False
    assert second["mails"] == first["mails"]
    assert second["closed"]["mandates"] == 2
    assert second["opened"]["seal"] != first["opened"]["seal"]
    numbers = [re.fullmatch(r"AG-(\d+)-\d+", each["closed"]["minutes"])[1] for each in (first, second)]
    assert numbers == [str(first_day.year), str(second_day.year)]

    # Nobody's mandate is cut short, and none is prolonged: the second pair begins where the first one ends.
    since, until = years.term(second_pair)
    assert since == max(second_day, ends + timedelta(days=1))
    assert until == since + relativedelta(months=6) - timedelta(days=1)
    assert years.in_force(since) == second_pair
    between = [second_day + timedelta(days=each) for each in range((since - second_day).days)]
    assert all(years.in_force(day) == first_pair for day in between)
    assert years.in_force(until + timedelta(days=1)) == set()

    status = years.told("assembly", "status")
    assert status["limit"] == (second_day + relativedelta(months=6)).isoformat()
    assert years.limits() == [status["limit"]]
    assert status["without_ballot"] == []
    before = years.told("assembly", "status", "--assembly", first["planned"]["assembly"])["current"]
    assert not any("scelle" in each for each in before["missing"])
    consistent(report, years.report(second_day, tmp_path), first_day, second_day)


def consistent(first, second, first_day, second_day):
    """Hold the two reports to each other: one half-year ends where the other begins."""
    words = {day: date_in_words(day, "fr").replace("\xa0", " ") for day in (first_day, second_day)}
    assert f"au {words[first_day]}." in first
    assert f"du {words[first_day]} au {words[second_day]}." in second
    limit = second_day + relativedelta(months=6)
    assert f"Au plus tard le {words[second_day]}." in first
    assert f"Au plus tard le {date_in_words(limit, 'fr')}.".replace("\xa0", " ") in second
    totals = [re.search(r"^- Ensemble : (.+)$", text, re.MULTILINE)[1] for text in (first, second)]
    # Fewer than eleven came or left: whoever has both reports must not learn it by subtraction.
    assert totals[0].isdigit()
    assert totals[1] == "non publié"
    for text in (first, second):
        assert re.search(r"^- Arrivées pendant ces six mois : non publié$", text, re.MULTILINE)
