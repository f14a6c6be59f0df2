"""A whole assembly on the real server, from its plan to its minutes: one story, told in its order."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from datetime import datetime, timedelta

import pytest

from mist_connector.errors import AccessRefused, MistError, WriteRefused
from mist_connector.sandbox.clock import ZONE

from .conftest import Mailbox

TODAY = datetime.now(ZONE).date()
FIELDS = ["x_name", "x_status", "x_speaks_french", "x_first_name", "x_last_name", "x_name_of_use"]


class Assembly:
    """The commands, and what staff note in the CRM meanwhile."""

    def __init__(self, office, statutes):
        self.office, self.statutes, self.code = office, statutes, ""

    def mist(self, step, *words, expect=0):
        return self.office.mist(
            "assembly", step, *words, "--mappings", str(self.statutes), "--json", expect=expect
        )

    def told(self, step, *words):
        """Take a step and return its answer; remember which assembly is planned."""
        out = self.mist(step, *words)
        answer = json.loads(out[out.index("{") : out.rindex("}") + 1])
        self.code = answer["assembly"] if step == "plan" else self.code
        return answer

    def rows(self, model, fields, domain=()):
        with self.office.crm() as crm:
            return crm.call(model, "search_read", domain=list(domain), fields=fields, load=False)

    def invited(self, fields, *terms):
        """Return the rows of those invited to this assembly: others are of other modules."""
        return self.rows("x_mist_invitee", fields, [["x_assembly_id.x_name", "=", self.code], *terms])

    def write(self, model, ids, **values):
        with self.office.crm() as crm:
            crm.call(model, "write", ids=ids, vals=values)

    def create(self, model, rows):
        with self.office.crm() as crm:
            return crm.call(model, "create", vals_list=rows)

    def item(self, start):
        wanted = [["x_title", "=like", f"{start}%"], ["x_assembly_id.x_name", "=", self.code]]
        [row] = self.rows("x_mist_item", ["id"], wanted)
        return row["id"]

    def convened_again(self, box):
        """Convene once more; return who got a mail."""
        self.told("convene", "--yes")
        return box.recipients

    def too_heavy(self, box, folder):
        """Convene where a mail may carry one byte; return what is said, the mails, the invited."""
        dry = ("assembly", "convene", "--dry-run", "--mappings", str(self.statutes))
        assert re.search(r"Pièce jointe \(fr\) : a-remplir.pdf, \d+ octets", self.office.mist(*dry))
        copied = folder / "lourd"
        shutil.copytree(self.statutes, copied)
        file = copied / "documents.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count("largest_bytes: 100000") == 1
        file.write_text(text.replace("largest_bytes: 100000", "largest_bytes: 1"), encoding="utf-8")
        said = self.office.mist("assembly", "convene", "--yes", "--mappings", str(copied), expect=1)
        return said, len(box.raw), len(self.invited(["id"]))

    def by_button(self, button, carry_out, **more):
        """Push a button of the assembly as somebody of the direction; carry out what it asks for."""
        [row] = self.rows("x_mist_assembly", ["id"], [["x_name", "=", self.code]])
        self.office.as_direction(button, "x_mist_assembly", [row["id"]])
        waiting = self.told("status")["asked"]
        assert [each["asked"] for each in waiting] == [button.removeprefix("ask_")]
        carry_out("assembly", "carry-out", **more)
        assert self.told("status")["asked"] == []
        [row] = self.rows("x_mist_assembly", ["x_asked", "x_told"], [["id", "=", row["id"]]])
        assert row["x_asked"] is False
        return row["x_told"]

    def opened_by_button(self):
        """Freeze the list and open; return what the CRM then holds of the list."""
        said = self.by_button("ask_open", lambda _, step: self.mist(step))
        [row] = self.rows("x_mist_assembly", ["x_seal", "x_state"], [["x_name", "=", self.code]])
        entitled = self.invited(["x_person_id"], ["x_entitled", "=", True])
        ids = {each["x_person_id"] for each in entitled}
        people = self.rows("x_mist_person", ["x_name"], [["id", "in", list(ids)]])
        voters = sorted(each["x_name"] for each in people)
        return {"voters": voters, "seal": row["x_seal"], "state": row["x_state"], "said": said}

    def refused_by_hand(self, code):
        """Try the steps in the wrong order, by buttons and by writing; return what the CRM says."""
        [row] = self.rows("x_mist_assembly", ["x_invitee_ids"], [["x_name", "=", code]])
        guest, said = row["x_invitee_ids"][0], []
        for act in (
            lambda: self.office.as_direction("ask_close", "x_mist_assembly", [row["id"]]),
            lambda: self.write("x_mist_assembly", [row["id"]], x_state="open"),
            lambda: self.write("x_mist_assembly", [row["id"]], x_state="closed"),
            lambda: self.office.as_direction("leaves", "x_mist_invitee", [guest]),
        ):
            with pytest.raises(MistError) as refused:
                act()
            said.append(refused.value.what)
        self.office.as_direction("arrives", "x_mist_invitee", [guest])
        [there] = self.rows("x_mist_invitee", ["x_presence"], [["id", "=", guest]])
        self.write("x_mist_invitee", [guest], x_presence=False)
        return [*said, there["x_presence"]]

    def printed(self, key, code, file):
        """Print a paper of the assembly; return what stands on it."""
        words = ("--document", key, "--assembly", code, "--out", str(file), "--mappings", str(self.statutes))
        self.office.mist("report", "render", *words)
        return file.read_text(encoding="utf-8")

    def elect_by_hand(self, item, person):
        """Try to, where no result carries it yet; return what would be proclaimed."""
        values = {"x_item_id": item, "x_person_id": person, "x_elected": True}
        # Whoever stands already is refused as somebody who stands twice.
        with pytest.raises(WriteRefused, match=r"G02|Déjà noté"):
            self.create("x_mist_candidacy", [values])
        return self.told("close", "--dry-run")

    def state(self, item):
        [row] = self.rows("x_mist_item", ["x_state", "x_reason"], [["id", "=", item]])
        return row["x_state"], row["x_reason"] or ""


MINUTES = itertools.count(1)


@pytest.fixture(scope="module")
def assembly(office, statutes):
    return Assembly(office, statutes)


@pytest.fixture(scope="module")
def held(assembly, office, tmp_path_factory):
    """The whole story; each step says what it saw, and the tests look at it."""
    saw = {"paper": tmp_path_factory.mktemp("paper")}
    saw["planned"] = assembly.told(
        "plan", "--on", TODAY.isoformat(), "--at", "14:00", "--place", "Lieu Très Secret", "--with", "board",
        "--place-from", (TODAY + timedelta(days=1)).isoformat(), "--by", "bureau",
        "--resolution", "Rapport d'activité|Activity report", "--yes",
    )  # fmt: skip
    saw["too early"] = assembly.mist("open", "--yes", expect=1)
    box = Mailbox(office.running.mail_dir)
    saw["heavy"] = assembly.too_heavy(box, saw["paper"])
    saw["dry"] = assembly.told("convene", "--dry-run")
    saw["after dry"] = len(box.raw)
    saw["convened"] = assembly.told("convene", "--yes", "--paper", str(saw["paper"]))
    box.close()
    saw["box"] = box
    saw["again"] = assembly.convened_again(Mailbox(office.running.mail_dir))
    saw["by hand"] = assembly.refused_by_hand(saw["planned"]["assembly"])
    saw["undecided"] = assembly.by_button("ask_open", office.mist, expect=1)
    saw["opened"] = assembly.opened_by_button()
    people = saw["people"] = {row["x_name"]: row for row in assembly.rows("x_mist_person", FIELDS)}
    saw["sheet"] = assembly.printed(
        "attendance_sheet", saw["planned"]["assembly"], saw["paper"] / "feuille.txt"
    )
    voters = saw["opened"]["voters"]
    invitees = {row["x_person_id"]: row["id"] for row in assembly.invited(["x_person_id"])}
    come, giver = voters[:-1], voters[-1]
    assembly.write("x_mist_invitee", [invitees[people[code]["id"]] for code in come], x_presence="13:55-")
    assembly.write("x_mist_invitee", [invitees[people[giver]["id"]]], x_proxy_to_id=people[come[0]]["id"])
    busy = {row["x_person_id"] for row in assembly.rows("x_mist_mandate", ["x_person_id"])}
    first, second, fluent = [code for code in voters if people[code]["id"] not in busy][:3]
    assembly.write("x_mist_person", [people[first]["id"], people[second]["id"]], x_speaks_french=False)
    assembly.write("x_mist_person", [people[fluent]["id"]], x_speaks_french=True)
    saw["pair"], saw["spare"] = (first, second), fluent
    consent = {"x_since": TODAY.isoformat(), "x_until": (TODAY + timedelta(days=500)).isoformat()}
    assembly.create(
        "x_mist_consent",
        [
            {"x_person_id": people[code]["id"], "x_limits": limits, **consent}
            for code, limits in ((first, "full"), (second, "full"), (fluent, "named_media"))
        ],
    )
    spokes, report = assembly.item("Élection des porte-parole"), assembly.item("Rapport")
    saw["spokes"], saw["report"] = spokes, report
    votes = {first: len(voters) - 5, second: 6, fluent: 3}
    assembly.create(
        "x_mist_candidacy",
        [
            {
                "x_item_id": spokes,
                "x_person_id": people[code]["id"],
                "x_accepted_on": TODAY.isoformat(),
                "x_votes": each,
            }
            for code, each in votes.items()
        ],
    )
    assembly.write("x_mist_item", [spokes], x_voted_at="15:00", x_ballots=len(voters), x_blank=0)
    assembly.write(
        "x_mist_item", [report], x_voted_at="15:30", x_votes_for=len(voters) - 1, x_votes_against=1
    )
    saw["without french"] = assembly.elect_by_hand(spokes, people[giver]["id"])
    stands = {
        each["x_person_id"]: each["id"]
        for each in assembly.rows("x_mist_candidacy", ["x_person_id"], [["x_item_id", "=", spokes]])
    }
    assembly.write("x_mist_candidacy", [stands[people[second]["id"]]], x_votes=3)
    assembly.write("x_mist_candidacy", [stands[people[fluent]["id"]]], x_votes=6)
    saw["status"] = assembly.told("status")
    saw["said"] = office.mist("assembly", "status", "--mappings", str(assembly.statutes))
    saw["closed"] = assembly.told("close", "--yes")
    saw["outside"] = assembly.printed(
        "outside_minutes", saw["planned"]["assembly"], saw["paper"] / "dehors.txt"
    )
    saw["minutes"] = saw["paper"] / "pv.pdf"
    assembly.told("minutes", "--assembly", saw["planned"]["assembly"], "--out", str(saw["minutes"]))
    box = Mailbox(office.running.mail_dir)
    saw["sent"] = assembly.told("minutes", "--assembly", saw["planned"]["assembly"], "--yes")
    box.close()
    saw["minutes box"] = box
    return saw


def test_every_member_is_invited_once_by_her_safe_channel(held, office):
    concerned = office.concerned()
    assert held["after dry"] == 0
    assert held["box"].recipients == sorted(concerned)
    assert held["again"] == []
    assert {each["way"] for each in held["convened"]["by_other_means"]} == {"by_hand", "by_call"}
    assert {each["person"] for each in held["dry"]["to_send"]} == {
        row["x_name"] for row in concerned.values()
    }


def test_the_convocation_is_in_her_language_and_keeps_the_place_and_everybody_s_name_secret(held, office):
    people = office.concerned()
    for mail in held["box"].mails:
        language = people[mail["X-RcptTo"]]["x_language"] or "fr"
        text = mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
        assert ("Bonjour," if language == "fr" else "Hello,") in text
        assert "Secret" not in text
        assert mail["Subject"] in {"Une date à retenir", "A date to keep"}
        assert not re.search(r"P-[0-9A-F]{4}-[0-9A-F]{4}", text)


def test_nothing_opens_before_its_time_or_before_the_association_has_said_who_votes(held):
    assert "demande" in held["too early"]
    assert "Q01" in held["undecided"]


def test_buttons_refuse_what_is_not_their_turn_and_note_who_comes(held):
    *said, presence = held["by hand"]
    for words, sentence in zip(
        ("ouverte", "arrêtez la liste", "Proclamer et clore", "arrivée"), said, strict=True
    ):
        assert words in sentence
    assert re.fullmatch(r"\d\d:\d\d-", presence)


def test_what_a_button_asks_is_carried_out_and_answered_on_the_form(held):
    assert held["opened"]["state"] == "open"
    assert f"{len(held['opened']['voters'])} voix" in held["opened"]["said"]
    assert held["undecided"].startswith("Refusé")


def test_the_list_of_voters_is_frozen_and_sealed(held):
    active = {code for code, row in held["people"].items() if row["x_status"] == "active"}
    assert set(held["opened"]["voters"]) == active
    assert len(held["opened"]["seal"]) == 64


def test_the_attendance_sheet_holds_everybody_invited_and_no_last_name(held):
    invited = {code for code, row in held["people"].items() if row["x_status"] in {"active", "member"}}
    assert all(code in held["sheet"] for code in invited)
    assert held["sheet"].count(" | oui") == len(held["opened"]["voters"])
    assert not any(f" {row['x_last_name']}" in held["sheet"] for row in held["people"].values())


def test_minutes_for_outside_hold_no_typed_word_and_only_names_that_may_be_told(held):
    assert "Adoptée" in held["outside"]
    assert "Rapport d'activité" not in held["outside"]
    assert not any(code in held["outside"] for code in held["people"])
    silent = [row for code, row in held["people"].items() if code not in {*held["pair"], held["spare"]}]
    assert not any(row["x_last_name"] in held["outside"] for row in silent)


def test_status_says_where_it_stands_and_what_comes_next(held):
    said = held["said"]
    for words in (held["planned"]["assembly"], "Ouverte", "personne n'est candidate", "mist assembly close"):
        assert words in said
    assert not any(row["x_last_name"] in said for row in held["people"].values())


def test_the_blank_proxy_goes_with_each_convocation_and_stays_nowhere(held, office):
    people, names = office.concerned(), {"fr": "a-remplir.pdf", "en": "to-fill-in.pdf"}
    papers = set()
    for mail in held["box"].mails:
        [paper] = mail.iter_attachments()
        assert paper.get_filename() == names[people[mail["X-RcptTo"]]["x_language"] or "fr"]
        assert paper.get_content_type() == "application/pdf"
        assert paper.get_content().startswith(b"%PDF-")
        papers.add((paper.get_filename(), paper.get_content()))
    # The same for everybody who reads one language.
    assert sorted(name for name, _ in papers) == sorted(names.values())
    for count in (
        "SELECT count(*) FROM x_mist_dispatch WHERE x_enclosed IS NOT NULL",
        "SELECT count(*) FROM ir_attachment WHERE mimetype = 'application/pdf'",
        "SELECT count(*) FROM message_attachment_rel",
    ):
        assert office.running.query(count).strip() == "0"


def test_a_paper_that_is_too_heavy_lets_nothing_leave(held):
    said, mails, invited = held["heavy"]
    assert re.search(r"« proxy » \((fr|en)\) pèse \d+ octets", said)
    assert (mails, invited) == (0, 0)


def test_staff_read_what_was_sent_by_its_title(held, assembly):
    assert held["sent"]
    rows = assembly.rows("x_mist_dispatch", ["x_title", "x_document"])
    found = {(row["x_title"] or "").split(",")[0]: row["x_document"].split()[0] for row in rows}
    assert found["Convocation à l’assemblée générale"] == "assembly_notice"
    assert found["Procès-verbal pour les membres"] == "assembly_minutes"


def test_the_room_is_watched_and_the_proxy_counts_once(held):
    [moment] = held["status"]["quorum"]
    assert moment["present"] == len(held["opened"]["voters"]) - 1
    assert moment["represented"] == 1
    assert moment["reached"] is True


def test_a_pair_that_does_not_speak_french_is_not_proclaimed(held):
    found = {row["title"]: row for row in held["without french"]["results"]}
    row = found["Élection des porte-parole"]
    assert row["state"] == "refused"
    assert "SP05" in row["reason"]
    assert row["elected"] == []


def test_results_make_the_mandates_and_nothing_else_does(held, assembly):
    assert held["closed"]["closed"] is True
    assert held["closed"]["mandates"] == 2
    assert assembly.state(held["spokes"]) == ("elected", "")
    assert assembly.state(held["report"])[0] == "adopted"
    assert assembly.state(assembly.item("Élection du conseil"))[0] == "refused"
    spokes = [["x_item_id", "=", held["spokes"]]]
    rows = assembly.rows("x_mist_candidacy", ["x_person_id", "x_mandate_ids", "x_elected"], spokes)
    elected = {row["x_person_id"] for row in rows if row["x_elected"]}
    assert elected == {held["people"][code]["id"] for code in (held["pair"][0], held["spare"])}
    assert all(len(row["x_mandate_ids"]) == row["x_elected"] for row in rows)
    made = [each for row in rows for each in row["x_mandate_ids"]]
    mandates = assembly.rows("x_mist_mandate", ["x_person_id", "x_office"], [["id", "in", made]])
    assert {(row["x_person_id"], row["x_office"]) for row in mandates} == {
        (each, "spokesperson") for each in elected
    }


def test_the_minutes_name_only_who_agreed_and_reach_every_member(held, office):
    shown, hidden = held["people"][held["pair"][0]], held["people"][held["spare"]]
    assert held["minutes box"].recipients == sorted(office.concerned())
    for mail in held["minutes box"].mails:
        text = mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
        assert (shown["x_name_of_use"] or shown["x_last_name"]) in text
        assert hidden["x_last_name"] not in text
        assert not re.search(r"P-[0-9A-F]{4}-[0-9A-F]{4}", text)


def test_the_paper_is_an_accessible_pdf_that_says_nothing_of_its_maker(held):
    for name in ("convocation-fr.pdf", "convocation-en.pdf", "pv.pdf"):
        pdf = (held["paper"] / name).read_bytes()
        assert pdf.startswith(b"%PDF-")
        assert b"/MarkInfo" in pdf
        assert b"/Author" not in pdf
        assert b"/CreationDate" not in pdf
        assert (held["paper"] / name).stat().st_mode & 0o077 == 0


def test_a_candidacy_is_not_elected_by_hand(held, assembly):
    """The CRM itself refuses what no proclaimed result carries."""
    item = assembly.item("Élection du conseil")
    standing = {"x_item_id": item, "x_person_id": held["people"][held["spare"]]["id"], "x_elected": True}
    with pytest.raises(WriteRefused, match="G02"):
        assembly.create("x_mist_candidacy", [standing])


def test_a_closed_assembly_stays_as_it_is(held, assembly):
    """Whoever writes: the CRM refuses, but for what is still to be noted."""
    code = held["planned"]["assembly"]
    [row] = assembly.rows("x_mist_assembly", ["x_record_ids", "x_invitee_ids"], [["x_name", "=", code]])
    refused = [
        ("x_mist_item", held["report"], {"x_votes_for": 1}),
        ("x_mist_item", held["report"], {"x_title": "Autre"}),
        ("x_mist_invitee", row["x_invitee_ids"][0], {"x_presence": "13:00-"}),
        ("x_mist_assembly", row["id"], {"x_state": "open"}),
        ("x_mist_assembly", row["id"], {"x_hour": "15:00"}),
        ("x_mist_assembly", row["id"], {"x_seal": "0"}),
    ]
    for model, number, values in refused:
        with pytest.raises(WriteRefused, match="G02"):
            assembly.write(model, [number], **values)
    with pytest.raises(WriteRefused, match="G02"):
        assembly.create(
            "x_mist_item", [{"x_assembly_id": row["id"], "x_title": "Ajout", "x_kind": "information"}]
        )
    with pytest.raises(MistError):
        assembly.write("x_mist_record", row["x_record_ids"], x_digest="0")
    assembly.write("x_mist_item", [held["report"]], x_done_on=TODAY.isoformat())


@pytest.fixture
def drafts(held, assembly):
    """An assembly to come, with an item, somebody who stands and somebody invited; the closed one's rows."""
    closed = assembly.rows(
        "x_mist_assembly", ["x_item_ids", "x_invitee_ids"], [["x_name", "=", held["planned"]["assembly"]]]
    )[0]
    # Those that no other rule holds where they are.
    of_it = [["x_item_id", "in", closed["x_item_ids"]], ["x_elected", "=", False]]
    standing = assembly.rows("x_mist_candidacy", ["id"], of_it)
    bare = assembly.rows(
        "x_mist_item", ["id"], [["id", "in", closed["x_item_ids"]], ["x_state", "=", "done"]]
    )
    # No two assemblies are on one day at one hour.
    hour = f"08:{next(MINUTES):02}"
    values = {"x_on": (TODAY + timedelta(days=90)).isoformat(), "x_hour": hour, "x_state": "planned"}
    [coming] = assembly.create("x_mist_assembly", [values])
    item = {"x_assembly_id": coming, "x_title": "Brouillon", "x_kind": "election", "x_office": "board"}
    [draft] = assembly.create("x_mist_item", [item])
    person = held["people"][held["spare"]]["id"]
    [stands] = assembly.create("x_mist_candidacy", [{"x_item_id": draft, "x_person_id": person}])
    # Nobody of the closed one: its list must be refused because it is closed, not because she is on it.
    [other] = assembly.create("x_mist_person", [{"x_first_name": "Nouvelle", "x_last_name": "Imaginaire"}])
    [guest] = assembly.create("x_mist_invitee", [{"x_assembly_id": coming, "x_person_id": other}])
    assembly.office.accounts.add_direction()
    return {
        "closed": {"x_mist_item": bare[0]["id"], "x_mist_candidacy": standing[0]["id"]}
        | {"x_mist_invitee": closed["x_invitee_ids"][0], "x_mist_assembly": closed["id"]},
        "coming": {"x_mist_item": draft, "x_mist_candidacy": stands, "x_mist_invitee": guest}
        | {"x_mist_assembly": coming},
        "voted": held["spokes"],
    }


BEHIND = {
    "x_mist_item": ("x_assembly_id", "x_mist_assembly"),
    "x_mist_invitee": ("x_assembly_id", "x_mist_assembly"),
    "x_mist_candidacy": ("x_item_id", "x_mist_item"),
}


@pytest.mark.parametrize("model", BEHIND)
@pytest.mark.parametrize(("moved", "to"), [("closed", "coming"), ("coming", "closed")])
def test_no_row_moves_out_of_a_closed_assembly_or_into_it(drafts, assembly, model, moved, to):
    """Neither by direction nor by the connector; said with our own sentence, and nothing is written."""
    column, target = BEHIND[model]
    number, goal = drafts[moved][model], drafts[to][target]
    before = assembly.rows(model, [column], [["id", "=", number]])
    for account in (assembly.office.accounts.direction, None):
        with (
            assembly.office.crm(account) as crm,
            pytest.raises(WriteRefused, match=r"Règlement intérieur, .*\(G02\) : .*close"),
        ):
            crm.call(model, "write", ids=[number], vals={column: goal})
    assert assembly.rows(model, [column], [["id", "=", number]]) == before


def test_two_rows_do_not_change_places_either(drafts, assembly):
    """The numbers would be the same: what comes in is refused by itself."""
    out, into = drafts["closed"]["x_mist_item"], drafts["coming"]["x_mist_item"]
    swap = [[1, into, {"x_assembly_id": drafts["closed"]["x_mist_assembly"]}]]
    swap += [[1, out, {"x_assembly_id": drafts["coming"]["x_mist_assembly"]}]]
    for owner in ("coming", "closed"):
        with pytest.raises(WriteRefused, match="G02"):
            assembly.write("x_mist_assembly", [drafts[owner]["x_mist_assembly"]], x_item_ids=swap)


def test_what_closed_minutes_rest_on_is_deleted_by_nobody(drafts, assembly):
    """Direction deletes rows while an assembly is being prepared, and none once it is closed."""
    office = assembly.office
    with office.crm(office.accounts.direction) as crm:
        for model in BEHIND:
            with pytest.raises(WriteRefused, match=r"Règlement intérieur, .*\(G02\) : .*close"):
                crm.call(model, "unlink", ids=[drafts["closed"][model]])
        with pytest.raises(MistError):  # somebody stands: the CRM's own sentence
            crm.call("x_mist_item", "unlink", ids=[drafts["voted"]])
        with pytest.raises(AccessRefused):
            crm.call("x_mist_assembly", "unlink", ids=[drafts["closed"]["x_mist_assembly"]])
        for model in ("x_mist_candidacy", "x_mist_invitee", "x_mist_item"):
            crm.call(model, "unlink", ids=[drafts["coming"][model]])
    assert assembly.rows("x_mist_item", ["id"], [["id", "=", drafts["coming"]["x_mist_item"]]]) == []
    assert assembly.told("status")["assemblies"]


def test_what_is_worded_for_outside_is_printed_there_unless_it_names_somebody(held, assembly):
    code, file = held["planned"]["assembly"], held["paper"] / "public.txt"
    assembly.write("x_mist_item", [held["report"]], x_public_title="Rapport de l’année approuvé")
    assert "Rapport de l’année approuvé" in assembly.printed("outside_minutes", code, file)
    silent = held["people"][held["opened"]["voters"][-1]]
    for words in (f"Merci à {silent['x_first_name']}", f"Voir {silent['x_last_name']}.", "Voir P-0A1B-2C3D"):
        assembly.write("x_mist_item", [held["report"]], x_public_title=words)
        more = ("--document", "outside_minutes", "--assembly", code, "--mappings", str(assembly.statutes))
        said = assembly.office.mist("report", "render", *more, "--out", str(file), expect=1)
        assert "« Intitulé public » porte un nom" in said
        assert words not in said
    assembly.write("x_mist_item", [held["report"]], x_public_title=False)


def test_the_original_for_the_association_s_own_file_is_whole_and_is_never_mailed(held, assembly):
    code = held["planned"]["assembly"]
    [row] = assembly.rows("x_mist_assembly", ["id"], [["x_name", "=", code]])
    chair, secretary = held["opened"]["voters"][:2]
    assembly.write(
        "x_mist_assembly",
        [row["id"]],
        x_chair_id=held["people"][chair]["id"],
        x_secretary_id=held["people"][secretary]["id"],
        x_opened_at="14:05",
        x_closed_at="16:30",
    )
    words = assembly.printed("original_minutes", code, held["paper"] / "original.txt").replace("\xa0", " ")
    voters = len(held["opened"]["voters"])
    assert f"Personnes ayant une voix : {voters}" in words
    assert f"Présentes : {voters - 1}" in words
    assert "Représentées : 1" in words
    assert f"({chair})" in words.split("Présidence de séance :")[1].split("\n")[0]
    assert f"({secretary})" in words.split("Secrétariat de séance :")[1].split("\n")[0]
    assert all(each in words for each in ("14:05", "16:30", "Lieu Très Secret", held["closed"]["minutes"]))
    assert f"({held['spare']})" in words
    assert "Pourquoi :" in words
    said = assembly.mist("minutes", "--document", "original", "--assembly", code, "--yes", expect=1)
    assert "ne part jamais par courriel" in said


def test_minutes_are_numbered_and_corrected_by_a_version(held, assembly):
    code = held["planned"]["assembly"]
    assert re.fullmatch(rf"AG-{TODAY.year}-\d+", held["closed"]["minutes"])
    words = "Le point 2 se lit autrement.|Item 2 reads otherwise."
    refused = assembly.mist("correct", words, "--assembly", code, "--yes", expect=1)
    assert "pas approuvé" in refused
    [row] = assembly.rows("x_mist_assembly", ["x_name"], [["x_name", "=", code]])
    assembly.write("x_mist_assembly", [row["id"]], x_approved_on=TODAY.isoformat())
    made = assembly.told("correct", words, "--assembly", code, "--yes")
    assert (made["minutes"], made["version"]) == (held["closed"]["minutes"], 2)
    now = assembly.told("status", "--assembly", code)["current"]
    assert (now["version"], now["missing"]) == (2, ["Non proclamés : points 3."])
    page = held["paper"] / "rectifie.txt"
    assembly.told("minutes", "--assembly", code, "--out", str(page))
    text = page.read_text(encoding="utf-8")
    assert f"Procès-verbal n° {made['minutes']}, version 2" in text
    assert "Le point 2 se lit autrement." in text


def test_a_mandate_is_not_given_by_hand(held, assembly):
    """Neither without a ballot, nor a second time by the same, nor by taking the ballot back."""
    [won] = assembly.rows(
        "x_mist_candidacy",
        ["x_person_id"],
        [["x_item_id", "=", held["spokes"]], ["x_person_id", "=", held["people"][held["spare"]]["id"]]],
    )
    by_hand = {
        "x_person_id": won["x_person_id"],
        "x_since": (TODAY + timedelta(days=400)).isoformat(),
        "x_until": (TODAY + timedelta(days=480)).isoformat(),
        "x_accepted_on": TODAY.isoformat(),
    }
    for values in (
        {"x_office": "board"},
        {"x_office": "spokesperson"},
        {"x_office": "spokesperson", "x_candidacy_id": won["id"]},
    ):
        with pytest.raises(WriteRefused, match=r"G02|SP11"):
            assembly.create("x_mist_mandate", [by_hand | values])
    with pytest.raises(WriteRefused, match=r"G02|SP11"):
        assembly.write("x_mist_candidacy", [won["id"]], x_elected=False)
    with pytest.raises(WriteRefused, match="G02"):
        assembly.write("x_mist_item", [held["spokes"]], x_state="refused")
