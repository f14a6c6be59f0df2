"""Before a convocation leaves, and after it changed: one story on the real server, mails read back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from mist_connector.errors import WriteRefused
from mist_connector.sandbox.clock import ZONE

from .conftest import Mailbox

TODAY = datetime.now(ZONE).date()
MODEL = "x_mist_assembly"


class Desk:
    """Staff at the form, the command line, and the mailbox of everybody."""

    def __init__(self, office, statutes):
        self.office, self.statutes = office, statutes

    def mist(self, *words, expect=0):
        return self.office.mist("assembly", *words, "--mappings", str(self.statutes), expect=expect)

    def told(self, *words, expect=0):
        out = self.mist(*words, "--json", expect=expect)
        return json.loads(out[out.index("{") : out.rindex("}") + 1])

    def write(self, row, **values):
        with self.office.crm() as crm:
            crm.call(MODEL, "write", ids=[row], vals=values)

    def row(self, code):
        with self.office.crm() as crm:
            columns = ["x_state", "x_told", "x_outdated", "x_edition", "x_said_to", "x_on"]
            [row] = crm.call(MODEL, "search_read", domain=[["x_name", "=", code]], fields=columns, load=False)
        return row

    def pushed(self, button, code, expect=0):
        """Push a button as direction and carry it out; return the answer on the form, and the mails."""
        box = Mailbox(self.office.running.mail_dir)
        self.office.as_direction(button, MODEL, [self.row(code)["id"]])
        self.mist("carry-out", expect=expect)
        box.close()
        return self.row(code)["x_told"], box.mails

    def mails_of(self, *words, expect=0):
        """Take a step by its command; return what it says and the mails."""
        box = Mailbox(self.office.running.mail_dir)
        said = self.told(*words, expect=expect)
        box.close()
        return said, box.mails


@pytest.fixture(scope="module")
def desk(office, statutes):
    return Desk(office, statutes)


@pytest.fixture(scope="module")
def story(desk, office):
    """Two assemblies, one of them abandoned; what each step said, and the mails that came."""
    saw = {}
    day = TODAY + timedelta(days=14)
    saw["past"] = desk.mist("plan", "--on", "2020-01-05", "--at", "14:00", "--yes", expect=1)
    old = desk.told("plan", "--on", (TODAY + timedelta(days=1)).isoformat(), "--at", "14:00", "--yes")[
        "assembly"
    ]
    office.running.query(
        f"UPDATE x_mist_assembly SET x_on = '{TODAY - timedelta(days=45)}' WHERE x_name = '{old}'"  # noqa: S608 - our own
    )
    code = desk.told("plan", "--on", day.isoformat(), "--at", "14:00", "--yes")["assembly"]
    saw["which"] = desk.mist("convene", "--yes", expect=1)
    saw["old"] = desk.mist("convene", "--assembly", old, "--yes", expect=1)
    office.as_direction("cancel_assembly", MODEL, [desk.row(old)["id"]])
    saw["old state"] = desk.row(old)["x_state"]
    saw["no place"] = desk.mist("convene", "--yes", expect=1)
    row = desk.row(code)["id"]
    desk.write(row, x_place_secret=True)
    saw["dry"] = desk.mist("open", "--dry-run", expect=1)
    concerned = sorted(office.concerned())
    saw["silent"] = concerned[0]
    with office.crm(office.accounts.administrator) as crm:
        refusals = crm.call("mail.blacklist", "create", vals_list=[{"email": concerned[0].upper()}])
    saw["reached"] = concerned[1:]
    saw["first push"] = desk.pushed("ask_convene", code)
    saw["second push"] = desk.pushed("ask_convene", code)
    saw["third push"] = desk.pushed("ask_convene", code)
    saw["early"] = desk.mist("open", "--yes", expect=1)
    with pytest.raises(WriteRefused) as moved:
        desk.write(row, x_on=(TODAY - timedelta(days=3)).isoformat())
    saw["moved back"] = moved.value.what
    later = day + timedelta(days=60)
    desk.write(row, x_on=later.isoformat())
    saw["outdated"] = desk.row(code)
    saw["remind"] = desk.mist("remind", "--yes", expect=1)
    saw["status"] = desk.told("status", "--assembly", code)["current"]["missing"]
    saw["later"] = later
    saw["corrected"] = desk.mails_of("convene", "--yes")
    saw["corrected again"] = desk.mails_of("convene", "--yes")
    saw["up to date"] = desk.row(code)
    saw["cancel dry"] = desk.mist("cancel", "--dry-run")
    desk.told("cancel", "--yes")
    saw["cancelled"] = desk.row(code)
    saw["told"] = desk.pushed("ask_cancellation", code)
    saw["told again"] = desk.mails_of("cancel", "--tell", "--assembly", code, "--yes")
    # The modules that follow share the database, and write to everybody.
    with office.crm(office.accounts.administrator) as crm:
        crm.call("mail.blacklist", "write", ids=refusals, vals={"active": False})
    return saw


def recipients(mails):
    return sorted(str(mail["X-RcptTo"]) for mail in mails)


def test_no_assembly_is_planned_for_a_day_that_is_past(story):
    assert "est passé" in story["past"]
    assert "Règlement intérieur" in story["moved back"]


def test_with_two_open_it_is_asked_which_and_the_abandoned_one_reaches_nobody(story):
    assert "à clore ou à annuler" in story["which"]
    assert "--assembly" in story["which"]
    assert "son jour est passé" in story["old"]
    assert story["old state"] == "cancelled"


def test_without_a_place_or_a_secret_chosen_on_purpose_nothing_leaves(story):
    assert "Lieu gardé secret" in story["no place"]


def test_the_button_tells_the_numbers_first_and_sends_when_pushed_again(story):
    said, mails = story["first push"]
    assert said.startswith("Vérifié, rien n'est encore parti : ")
    assert f"{len(story['reached'])} courriels à envoyer" in said
    assert "1 a refusé les courriels" in said
    assert mails == []
    said, mails = story["second push"]
    assert f"{len(story['reached'])} partis" in said
    assert recipients(mails) == story["reached"]
    said, mails = story["third push"]
    assert f"0 partis (déjà partis : {len(story['reached'])})" in said
    assert mails == []


def test_it_does_not_open_before_its_day(story):
    assert "la liste s'arrête ce jour-là" in story["early"]
    assert "Fait" not in story["dry"]


def test_a_change_is_said_on_the_form_and_told_to_each_person_once(story):
    count = len(story["reached"])
    assert f"{count} personnes connaissent l'ancienne version" in story["outdated"]["x_outdated"]
    assert any("ancienne version" in each for each in story["status"])
    assert "Convoquer" in story["remind"]
    said, mails = story["corrected"]
    assert said["sending"]["sent"] == count
    assert recipients(mails) == story["reached"]
    said, mails = story["corrected again"]
    assert (said["sending"]["sent"], said["sending"]["already"]) == (0, count)
    assert mails == []
    assert not story["up to date"]["x_outdated"]
    assert story["up to date"]["x_edition"] == 2


def test_the_corrected_convocation_says_so_and_bears_the_new_day_and_no_word_of_the_office(story):
    year = str(story["later"].year)
    for mail in story["corrected"][1]:
        for kind in ("plain", "html"):
            text = mail.get_body((kind,)).get_content()
            assert "remplace" in text or "replaces" in text
            assert year in text
            assert not any(words in text for words in ("recopi", "copied", "n’a pas encore", "not decided"))
    for mail in story["second push"][1]:
        assert "remplace" not in mail.get_body(("html",)).get_content()


def test_a_cancelled_assembly_is_told_once(story):
    assert "Rien n'est écrit" in story["cancel dry"]
    assert story["cancelled"]["x_state"] == "cancelled"
    assert "Prévenir de l'annulation" in story["cancelled"]["x_outdated"]
    assert recipients(story["told"][1]) == story["reached"]
    assert story["told again"][1] == []
    assert story["told again"][0]["sending"]["sent"] == 0
