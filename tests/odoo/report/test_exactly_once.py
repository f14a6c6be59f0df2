"""Whatever interrupts the sending: in the end each person has one mail, or a reason why not."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from mist_connector.crm.dispatch import deliver
from mist_connector.reporting import Silent

KILLED_BEFORE_DELIVERY = """
import os, signal
from mist_connector.cli import report
report.deliver = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
report.command(["send", "--document", "assembly_report", "--on", "{day}", "--yes", "--profile", "{profile}"])
"""


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


def test_killed_at_any_moment(office, mailbox):
    for delay in (0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.7, 2.0):
        process = office.start(
            "report", "send", "--document", "assembly_report", "--on", "2026-02-05", "--yes"
        )
        time.sleep(delay)
        process.kill()
        process.communicate()
    office.send("2026-02-05", "--yes")
    assert mailbox.recipients == sorted(office.concerned())


def test_three_sendings_at_once(office, mailbox, wait_for):
    words = ("report", "send", "--document", "assembly_report", "--on", "2026-03-05", "--yes")
    processes = [office.start(*words) for _ in range(3)]
    said = [process.communicate(timeout=180) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    wait_for(lambda: set(office.states("2026-03-05")) == {"sent"})
    assert mailbox.recipients == sorted(office.concerned())
    assert len(office.states("2026-03-05")) == len(mailbox.recipients)


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
    """The check on this side is left out here: the CRM's own must hold."""
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
        crm.call("x_mist_person", "write", ids=ids, vals={"x_email": address})
        try:
            crm.call("x_mist_dispatch", "create", vals_list=[values])
            sending = deliver(crm, values["x_document"], reporter=Silent(), patience=5)
        finally:
            crm.call("x_mist_person", "write", ids=ids, vals={"x_email": known})
    assert [code for code, _reason in sending.failed] == [person["x_name"]]
    assert mailbox.raw == []
