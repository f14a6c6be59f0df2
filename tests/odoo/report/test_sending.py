"""The report reaches everybody concerned, each in a mail of her own, and says nothing of the others."""

from __future__ import annotations

import json
import math
import re
import stat
from contextlib import contextmanager
from pathlib import Path

import pytest

from mist_connector.crm.server_actions import find_server_action
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.recipients import Routed, Way
from mist_connector.errors import AccessRefused
from mist_connector.reporting import Silent
from mist_connector.work.papers.dispatch import PER_REQUEST, create_dispatches, deliver

from .conftest import REGISTER, Mailbox
from .costs import cost, counting

DAY = "2026-11-24"
CANARY = "CANARI"
PATIENCE = 150.0  # seconds; the CRM may look at its queue only after a minute


@pytest.fixture(scope="module")
def sent(office):
    """The mails of one sending, and all that the command said; there is a canary in every personal file."""
    office.accounts.add_direction()
    files = ("import", str(REGISTER), "--only", "accompaniments,files", "--yes")
    office.mist(*files, profile=office.accounts.direction)
    office.running.query(f"UPDATE x_mist_file SET x_note = '{CANARY}-' || id")  # noqa: S608 - our own words
    mailbox = Mailbox(office.running.mail_dir)
    words = ("report", "send", "--document", "assembly_report", "--on", DAY, "--yes")
    said = office.mist("-vv", *words)
    mailbox.close()
    return mailbox, said


def test_everybody_concerned_gets_exactly_one_mail(office, sent):
    mailbox, _said = sent
    assert mailbox.recipients == sorted(office.concerned())
    assert len(mailbox.recipients) > 20


def test_no_word_of_a_personal_file_is_sent_or_said(office, sent):
    mailbox, said = sent
    planted = f"SELECT count(*) FROM x_mist_file WHERE x_note LIKE '{CANARY}%'"  # noqa: S608 - our own words
    assert int(office.running.query(planted)) > 3
    assert CANARY not in said
    for mail, raw in zip(mailbox.mails, mailbox.raw, strict=True):
        assert CANARY.encode() not in raw
        assert all(
            CANARY not in part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"
        )


def test_each_mail_has_one_recipient_and_names_no_other(sent):
    for mail, raw in zip(sent[0].mails, sent[0].raw, strict=True):
        [address] = mail["To"].addresses
        assert address.addr_spec == mail["X-RcptTo"]
        assert address.display_name == ""
        assert not mail["Cc"]
        assert not mail["Bcc"]
        found = set(re.findall(rb"[\w.+-]+@[\w.-]+\w", raw))
        assert found <= {
            address.addr_spec.encode(),
            mail["From"].addresses[0].addr_spec.encode(),
            mail["Message-Id"].strip("<>").encode(),
        }


def test_each_mail_is_in_the_language_of_its_reader(office, sent):
    people = office.concerned()
    openings = {"fr": "Bonjour,", "en": "Hello,"}
    languages = set()
    for mail in sent[0].mails:
        language = people[mail["X-RcptTo"]]["x_language"] or "fr"
        languages.add(language)
        for kind in ("plain", "html"):
            assert openings[language] in mail.get_body((kind,)).get_content()
    assert languages == {"fr", "en"}


def test_subject_sender_and_headers_are_neutral(sent):
    for mail in sent[0].mails:
        assert mail["Subject"] in {"Nouvelles de l’association", "News from the association"}
        assert mail["From"].addresses[0].display_name == ""
        assert str(mail["Reply-To"]) == str(mail["From"])
        assert mail["Auto-Submitted"] == "auto-generated"
        assert not {name.lower() for name, _value in mail.items()} & {
            "list-unsubscribe",
            "x-odoo-objects",
            "references",
        }
        assert re.fullmatch(r"<E-[0-9A-F]{4}-[0-9A-F]{4}@[\w.-]+>", mail["Message-Id"])


def test_no_name_of_anybody_and_no_code_of_a_person_is_in_any_mail(office, sent):
    with office.crm() as crm:
        fields = ["x_name", "x_first_name", "x_last_name", "x_name_of_use"]
        rows = crm.call("x_mist_person", "search_read", domain=[], fields=fields)
    names = {row[field] for row in rows for field in fields} - {False, ""}
    assert len(names) > 60
    for mail in sent[0].mails:
        text = mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
        words = set(re.findall(r"[\w-]+", f"{mail['Subject']} {text}"))
        assert not {name for name in names if set(name.split()) <= words and len(name) > 3}


def test_both_parts_are_there_and_the_text_reads_like_the_page(sent):
    for mail in sent[0].mails:
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        text = mail.get_body(("plain",)).get_content()
        assert re.search(r"^(Ensemble :|All together:) \d+$", text.replace("\xa0", " "), re.MULTILINE)
        assert not re.search(r"[<{]|&\w+;|font|color", text)


def test_nothing_of_what_was_sent_stays_behind(office, sent):
    assert sent
    assert office.running.query("SELECT count(*) FROM mail_mail").strip() == "0"
    kept = f"x_body IS NOT NULL AND x_document LIKE '%{DAY}'"
    assert office.running.query(f"SELECT count(*) FROM x_mist_dispatch WHERE {kept}").strip() == "0"  # noqa: S608
    assert (
        office.running.query("SELECT count(*) FROM mail_message WHERE subject LIKE '%association%'").strip()
        == "0"
    )


def test_every_mail_comes_from_and_goes_back_to_what_the_mappings_say(sent):
    for mail in sent[0].mails:
        assert [mail["From"].addresses[0].addr_spec, mail["Reply-To"]] == ["crm@mist.example"] * 2
        assert (
            mail["X-MailFrom"] == "crm@mist.example"
        )  # the envelope, where a mail that nobody takes comes back


@pytest.mark.parametrize("elsewhere", ["domain", "company", "server"])
def test_mails_that_would_come_from_elsewhere_do_not_leave_and_it_is_said(office, sent, mailbox, elsewhere):
    assert sent
    named = {"domain": "retours", "company": "société", "server": "relais.ailleurs.invalid"}
    with office.crm(office.accounts.administrator) as crm, _elsewhere(crm, elsewhere):
        said = office.send("2027-04-01", "--yes", expect=1)
    assert "Rien n'est parti" in said
    assert named[elsewhere] in said
    assert mailbox.raw == []
    assert set(office.states("2027-04-01")) == {"waiting"}


@contextmanager
def _elsewhere(crm, what):
    """Have the CRM's mails come from, or go by, an address that the mappings do not know."""
    [company] = crm.call("res.company", "search_read", domain=[], fields=["email", "alias_domain_id"])
    if what == "server":
        values = {"name": "ailleurs", "smtp_host": "relais.ailleurs.invalid", "sequence": 0}
        ids = crm.call("ir.mail_server", "create", vals_list=[values])
        yield
        crm.call("ir.mail_server", "unlink", ids=ids)
        return
    values = {"email": "ailleurs@ailleurs.invalid"}
    if what == "domain":
        names = {"bounce_alias": "retour", "catchall_alias": "reponse", "default_from": "de"}
        [domain] = crm.call("mail.alias.domain", "create", vals_list=[{"name": "ailleurs.invalid", **names}])
        values = {"alias_domain_id": domain}
    crm.call("res.company", "write", ids=[company["id"]], vals=values)
    yield
    crm.call("res.company", "write", ids=[company["id"]], vals={key: company[key] or False for key in values})


def test_the_command_tells_no_address(office, sent):
    assert "@" not in sent[1]
    assert "@" not in office.send(DAY, "--dry-run", "--json")


def test_a_second_run_sends_nothing(office, sent, mailbox):
    assert sent
    said = office.send(DAY, "--yes")
    assert "Rien de nouveau" in said
    assert mailbox.raw == []


def test_a_dry_run_writes_nothing_and_says_who_would_get_it(office, mailbox):
    found = json.loads(office.send("2027-01-01", "--dry-run", "--json"))
    codes = {row["x_name"] for row in office.concerned().values()}
    assert {each["person"] for each in found["to_send"]} == codes
    assert {each["way"] for each in found["by_other_means"]} == {"by_hand", "by_call"}
    assert found["sending"] is None
    assert office.states("2027-01-01") == []
    assert mailbox.raw == []


def test_without_consent_nothing_is_sent(office, mailbox):
    assert "--yes" in office.send("2027-01-02", "--json", expect=1)
    assert mailbox.raw == []


def test_sending_costs_a_handful_of_requests_whatever_the_number_of_people(office):
    with office.crm() as crm:
        rows = crm.call("x_mist_person", "search_read", domain=[], fields=["x_name"])
        ids = {row["x_name"]: row["id"] for row in rows}
        page = Rendered("fr", "Nouvelles", "<p>Bonjour</p>", "Bonjour")
        people = [Routed(code, "fr", Way.MAIL) for code in ids]
        before = crm.requests
        create_dispatches(crm, "counted", people, rendered={"fr": page}, ids=ids)
        assert crm.requests - before == 1 + math.ceil(len(people) / PER_REQUEST)
        deliver(crm, "counted", reporter=Silent(), patience=30)
        assert crm.requests - before < 20


def test_what_a_failing_mail_server_costs_does_not_grow_with_the_mails(office):
    people = [row["id"] for row in office.concerned().values()]
    with office.crm(office.accounts.administrator) as crm, counting(crm) as run:
        few = cost(office, crm, run, people[:5], "few")
        many = cost(office, crm, run, people[:20], "many")
    assert max(many) < 60
    assert all(more - less <= 5 for less, more in zip(few, many, strict=True))


def test_the_crm_itself_mails_only_whoever_is_still_concerned(office, mailbox):
    """The caller may name anybody; status, channel and address are looked at by the CRM."""
    with office.crm() as crm:
        rows = crm.call("x_mist_person", "search_read", domain=[], fields=["x_name"])
        ids = {row["x_name"]: row["id"] for row in rows}
        page = Rendered("fr", "Nouvelles", "<p>Bonjour</p>", "Bonjour")
        people = [Routed(code, "fr", Way.MAIL) for code in ids]
        create_dispatches(crm, "everybody", people, rendered={"fr": page}, ids=ids)
        sending = deliver(crm, "everybody", reporter=Silent(), patience=PATIENCE)
    assert mailbox.recipients == sorted(office.concerned())
    assert sending.total == len(ids)
    assert sending.sent + len(sending.failed) == len(ids)


def test_nobody_but_the_connector_may_hand_mails_over(office):
    with office.crm() as crm:
        action = find_server_action(crm, "x_mist_dispatch", "deliver")
    login = office.accounts.logins("mist_connector.group_direction")[0]
    office.accounts.set_passwords()
    crm = office.accounts.log_in(login)
    with pytest.raises(AccessRefused):
        crm.call("ir.actions.server", "run", ids=[action], context={"mist_document": "everybody"})
    crm.close()


@pytest.mark.parametrize("key", ["activity_report", "mandate_table"])
def test_documents_of_the_register_are_written_for_staff(office, tmp_path, key):
    file = tmp_path / "a.txt"
    office.mist("report", "render", "--document", key, "--out", str(file), "--on", DAY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with office.crm() as crm:
        people = crm.call(
            "x_mist_person", "search_read", domain=[], fields=["x_name", "x_last_name"], load=False
        )
    words = file.read_text(encoding="utf-8")
    assert not [each for each in people if each["x_name"] in words or each["x_last_name"] in words]


@pytest.mark.parametrize(("key", "since"), [("active_card", DAY), ("welcome_letter", "2020-01-01")])
def test_one_paper_for_each_person_under_a_number(office, tmp_path, key, since):
    folder = tmp_path / "papiers"
    words = ("--document", key, "--out", str(folder), "--format", "txt", "--since", since, "--json")
    said = office.mist("report", "render", *words)
    told = json.loads(said[said.index("{") : said.rindex("}") + 1])
    assert len(told["files"]) > 5
    assert sorted(each.name for each in folder.iterdir()) == [
        f"{number:03}.txt" for number in range(1, len(told["files"]) + 1)
    ]
    pages = {each["person"]: Path(each["file"]).read_text(encoding="utf-8") for each in told["files"]}
    carded = all(code in page for code, page in pages.items())
    assert carded == (key == "active_card")
    assert not set(told["silent"]) & set(pages)
