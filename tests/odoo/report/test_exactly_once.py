"""Whatever interrupts the sending: in the end each person has one mail, or a reason why not."""

from __future__ import annotations

import contextlib
import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from importlib.resources import files

import pytest

from mist_connector.crm.profiles import load_profile, save_profile
from mist_connector.errors import WriteRefused
from mist_connector.reporting import Silent
from mist_connector.work.papers.dispatch import deliver

SEED = int(os.environ.get("MIST_KILL_SEED", random.SystemRandom().randrange(10**6)))
KILLED_BEFORE_DELIVERY = """
import os, signal
from mist_connector.cli import report
from mist_connector.work.papers import mailing
mailing.deliver = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
report.command(["send", "--document", "assembly_report", "--on", "{day}", "--yes", "--profile", "{profile}"])
"""


@pytest.fixture(scope="module")
def crowd(office):
    """Bring those concerned to 200; return the office, and everybody concerned by her address."""
    with office.crm() as crm:
        missing = 200 - len(office.concerned())
        day = "2026-01-02"
        signed = {"x_document": "bylaws", "x_on": day, "x_values": True, "x_commitment": True}
        rows = [
            {
                "x_first_name": "Essai",
                "x_last_name": f"Inventée {number}",
                "x_attested_on": day,
                "x_channel": "mail",
                "x_email": f"essai{number}@exemple.invalid",
                "x_signature_ids": [[0, 0, signed]],
            }
            for number in range(missing)
        ]
        crm.call("x_mist_person", "create", vals_list=rows)
    people = office.concerned()
    assert len(people) == 200
    return office, people


def test_killed_between_recording_and_handing_over(office, mailbox):
    code = KILLED_BEFORE_DELIVERY.format(day="2026-01-05", profile=office.accounts.connector)
    killed = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-P", "-c", code], env=office.environment, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert set(office.states("2026-01-05")) == {"waiting"}
    assert mailbox.raw == []
    office.send("2026-01-05", "--yes")
    assert mailbox.recipients == sorted(office.concerned())


@pytest.fixture
def enclosing(tmp_path):
    """Mappings in which a form is attached to the report's mail."""
    folder = tmp_path / "mappings"
    shutil.copytree(str(files("mist_connector.mappings")), folder)
    file = folder / "documents.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("beside: [access_letter]") == 1
    file.write_text(
        text.replace("beside: [access_letter]", "beside: [access_letter, membership_form]"), "utf-8"
    )
    return folder


def test_killed_ten_times_while_the_mail_server_refuses(crowd, moody, wait_for, enclosing):
    """200 people; 5 % refused for a while and 1 % for good; ten kills: each has one mail, or one task.

    Each mail carries its attachment, once, and nothing of any is left in the CRM.
    """
    office, people = crowd
    before = tasks(office)
    addresses = sorted(people)
    chance = random.Random(SEED)  # noqa: S311 - no secret
    moody.never = set(addresses[::100][: len(addresses) // 100])
    moody.later = set(addresses[7::20])
    words = ("report", "send", "--document", "assembly_report", "--on", "2026-02-05", "--yes")
    words += ("--mappings", str(enclosing))
    for _ in range(10):
        process = office.start(*words)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=chance.uniform(0.5, 4.0))
        process.kill()
        process.communicate()
    moody.later = set()
    said = office.mist(*words, expect=1)
    wait_for(lambda: {"waiting", "queued"}.isdisjoint(office.states("2026-02-05")))
    states = Counter(office.states("2026-02-05"))
    print(f"seed {SEED}: {len(addresses)} people, {dict(states)}, {len(moody.taken)} mails")  # noqa: T201
    assert sorted(moody.taken) == sorted(set(addresses) - moody.never)
    assert states == {"sent": len(addresses) - len(moody.never), "failed": len(moody.never)}
    papers = [[part.get_filename() for part in mail.iter_attachments()] for mail in moody.contents]
    assert {tuple(names) for names in papers} == {("formulaire.pdf",), ("form.pdf",)}
    assert len(papers) == len(moody.taken)
    for count in (
        "SELECT count(*) FROM ir_attachment WHERE mimetype = 'application/pdf'",
        "SELECT count(*) FROM x_mist_dispatch WHERE x_enclosed IS NOT NULL",
    ):
        assert office.running.query(count).strip() == "0"
    refused = {people[address]["x_name"] for address in moody.never}
    assert all(code in said for code in refused)
    assert tasks(office) - before == Counter((code, "B03") for code in refused)
    # Staff hand it over otherwise, and say so: the task is done, and nothing is mailed again.
    with office.crm() as crm:
        wanted = [["x_document", "=", "assembly_report 2026-02-05"], ["x_state", "=", "failed"]]
        failed = crm.call("x_mist_dispatch", "search", domain=wanted)
    office.as_direction("handed_over", "x_mist_dispatch", failed)
    assert tasks(office) == before


def tasks(office):
    """Return what `mist check` asks to hand over otherwise, by person and rule, and how often."""
    out = office.mist("check", "--json")
    found = json.loads(out[out.index("{") : out.rindex("}") + 1])["findings"]
    asked = [each for each in found if each["check"] == "dispatch_not_handled"]
    return Counter((each["person"], each["rule"]) for each in asked)


def test_three_sendings_at_once(office, mailbox, wait_for):
    words = ("report", "send", "--document", "assembly_report", "--on", "2026-03-05", "--yes")
    processes = [office.start(*words) for _ in range(3)]
    said = [process.communicate(timeout=400) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    wait_for(lambda: set(office.states("2026-03-05")) == {"sent"})
    assert mailbox.recipients == sorted(office.concerned())
    assert len(office.states("2026-03-05")) == len(mailbox.recipients)


@pytest.fixture
def half_a_day(office):
    """Let the host have half of them leave in a day, of whom none left today so far; yield how many."""
    profile, half = load_profile(office.accounts.connector), math.ceil(len(office.concerned()) / 2)
    save_profile(profile.model_copy(update={"mails_per_day": half}))
    another_day(office)
    yield half
    save_profile(profile)
    # What this test leaves waiting is not for the next one to send.
    office.running.query("UPDATE x_mist_dispatch SET x_state = 'replaced', x_later = false WHERE x_later")


def another_day(office):
    """Let it be as if what left today had left ten days ago."""
    office.running.query("UPDATE x_mist_dispatch SET x_queued_on = x_queued_on - 10")


def test_what_the_host_lets_leave_another_day_is_said_before_and_leaves_then_once(
    office, half_a_day, mailbox, wait_for
):
    everybody, day, half = sorted(office.concerned()), "2026-03-07", half_a_day
    rest = len(everybody) - half
    assert f"Départ : {half} aujourd'hui, {rest} demain" in office.send(day, "--dry-run")
    assert f"{rest} attendent un autre jour" in office.send(day, "--yes")
    wait_for(lambda: len(mailbox.raw) == half)
    # The same day nothing more leaves, of this document or another.
    assert f"Départ : 0 aujourd'hui, {rest} demain" in office.send(day, "--yes")
    office.send("2026-03-08", "--yes")
    assert set(office.states("2026-03-08")) == {"waiting"}
    another_day(office)
    office.send(day, "--yes")
    wait_for(lambda: len(mailbox.raw) == len(everybody))
    assert mailbox.recipients == everybody
    assert set(office.states(day)) == {"sent"}


def test_what_waited_for_another_day_leaves_by_itself_once_and_is_said(office, half_a_day, mailbox, wait_for):
    everybody, day, half = sorted(office.concerned()), "2026-03-09", half_a_day
    rest = len(everybody) - half
    said = office.send(day, "--yes")
    assert f"{rest} attendent un autre jour" in said
    assert "mist assembly carry-out" in said
    wait_for(lambda: len(mailbox.raw) == half)
    # The same day it says that they wait, and sends nothing; a dry run neither.
    said = office.mist("assembly", "carry-out")
    assert f"assembly_report {day}, {rest} en attente : attendent demain" in said
    another_day(office)
    assert f"{rest} en attente : à envoyer" in office.mist("assembly", "carry-out", "--dry-run")
    assert len(mailbox.raw) == half
    # What was recorded, and stopped before anything was handed over, was not agreed to go by itself.
    code = KILLED_BEFORE_DELIVERY.format(day="2026-03-10", profile=office.accounts.connector)
    subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-P", "-c", code], env=office.environment, capture_output=True, check=False
    )
    processes = [office.start("assembly", "carry-out") for _ in range(2)]
    told = [process.communicate(timeout=400)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    taken_up = f"assembly_report {day}, {rest} en attente : Envoi repris : {rest} partis"
    assert sum(taken_up in each for each in told) == 1, told
    wait_for(lambda: set(office.states(day)) == {"sent"})
    assert mailbox.recipients == everybody
    assert set(office.states("2026-03-10")) == {"waiting"}
    assert "Rien n'est demandé" in office.mist("assembly", "carry-out")
    assert mailbox.recipients == everybody


def test_a_dispatch_is_recorded_once_whoever_tries_again(office, mailbox, wait_for):
    office.send("2026-03-06", "--yes")
    wait_for(lambda: set(office.states("2026-03-06")) == {"sent"})
    concerned = sorted(office.concerned())
    with office.crm() as crm:
        domain = [["x_document", "=", "assembly_report 2026-03-06"]]
        columns = ["x_person_id", "x_document"]
        [first, *_] = crm.call("x_mist_dispatch", "search_read", domain=domain, fields=columns)
        again = {
            "x_person_id": first["x_person_id"][0],
            "x_document": first["x_document"],
            "x_subject": "Essai",
            "x_body": "<p>Essai</p>",
            "x_state": "waiting",
        }
        with pytest.raises(WriteRefused, match="Déjà noté"):
            crm.call("x_mist_dispatch", "create", vals_list=[again])
    office.send("2026-03-06", "--yes")
    assert set(office.states("2026-03-06")) == {"sent"}
    assert mailbox.recipients == concerned


def test_an_address_refused_for_good_is_told_once_and_never_tried_again(office, moody):
    refused, *others = sorted(office.concerned())
    moody.never = {refused}
    said = office.send("2026-04-05", "--yes", expect=1)
    assert office.concerned()[refused]["x_name"] in said
    assert "refuse cette adresse" in said
    assert refused not in said
    moody.never = set()
    office.send("2026-04-05", "--yes", expect=1)
    assert sorted(moody.taken) == others


def test_an_address_refused_for_now_gets_it_at_the_next_run(office, moody):
    later, *others = sorted(office.concerned())
    moody.later = {later}
    said = office.send("2026-05-05", "--yes", expect=1)
    assert "Relancez plus tard" in said
    assert sorted(moody.taken) == others
    moody.later = set()
    office.send("2026-05-05", "--yes")
    assert sorted(moody.taken) == sorted(office.concerned())


def test_a_mail_server_that_is_away_loses_nothing(office, moody, mailbox):
    moody.leave()
    said = office.send("2026-06-05", "--yes", expect=1)
    assert "ne répond pas" in said
    assert set(office.states("2026-06-05")) == {"waiting"}
    with office.crm(office.accounts.administrator) as crm:
        ids = crm.call("ir.mail_server", "search", domain=[["name", "=", "moody"]])
        crm.call("ir.mail_server", "write", ids=ids, vals={"active": False})
    office.send("2026-06-05", "--yes")
    assert mailbox.recipients == sorted(office.concerned())


def test_somebody_who_no_longer_wants_mail_is_left_alone_even_if_it_was_recorded(office, mailbox):
    code = KILLED_BEFORE_DELIVERY.format(day="2026-07-05", profile=office.accounts.connector)
    subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-P", "-c", code], env=office.environment, capture_output=True, check=False
    )
    address, person = min(office.concerned().items())
    with office.crm() as crm:
        ids = crm.call("x_mist_person", "search", domain=[["x_name", "=", person["x_name"]]])
        crm.call("x_mist_person", "write", ids=ids, vals={"x_channel": "none"})
    said = office.send("2026-07-05", "--yes", expect=1)
    with office.crm() as crm:
        crm.call("x_mist_person", "write", ids=ids, vals={"x_channel": "mail"})
    assert "plus à joindre par courriel" in said
    assert address not in mailbox.recipients
    assert len(mailbox.recipients) == len(office.concerned()) - 1


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org,b@example.org",
        "a@example.org\nBcc: b@example.org",
        "A <a@example.org>",
        "a@example.org b",
    ],
)
def test_an_address_that_would_be_two_is_never_mailed(office, mailbox, address):
    """Nobody enters one. Of one from before, the check here is left out: the CRM's own must hold."""
    [known, person] = min(office.concerned().items())
    with office.crm() as crm:
        ids = crm.call("x_mist_person", "search", domain=[["x_name", "=", person["x_name"]]])
        values = {
            "x_person_id": ids[0],
            "x_document": f"address {address!r}",
            "x_subject": "Nouvelles",
            "x_body": "<p>Bonjour</p>",
            "x_state": "waiting",
        }
        with pytest.raises(WriteRefused):
            crm.call("x_mist_person", "write", ids=ids, vals={"x_email": address})
        before = f"UPDATE x_mist_person SET x_email = $${address}$$ WHERE id = {ids[0]}"  # noqa: S608 - our own
        office.running.query(before)
        try:
            crm.call("x_mist_dispatch", "create", vals_list=[values])
            sending = deliver(crm, values["x_document"], reporter=Silent(), patience=5)
        finally:
            crm.call("x_mist_person", "write", ids=ids, vals={"x_email": known})
    assert [code for code, _reason in sending.failed] == [person["x_name"]]
    assert mailbox.raw == []
