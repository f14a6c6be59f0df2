"""The association's own sender, written into the text of hardening.yaml, and into nothing else of it."""

from __future__ import annotations

import json
from importlib.resources import files

import yaml
from click.testing import CliRunner

from mist_connector.cli.main import mist
from mist_connector.cli.own_mappings import hardening_of, write_sender
from mist_connector.declared.sender_text import OwnSender, with_sender

OWN = OwnSender(
    "nous@inventee.example", "retour@inventee.example", ("tout@inventee.example",), ("mail.inventee",)
)
BLOCK = """
hardening:
  # Qui écrit.
  sender:
    address: a@mist.example
    answers_to: a@mist.example
    returns_to: a@mist.example
    rule: M08
  # Par où.
  mail_servers:
    - localhost
  key_warning_days: 14
"""


def test_of_the_delivered_file_only_the_sender_and_the_servers_change_and_comments_stay():
    before = (files("mist_connector.mappings") / "hardening.yaml").read_text(encoding="utf-8")
    after = with_sender(before, OWN)
    one, other = yaml.safe_load(before)["hardening"], yaml.safe_load(after)["hardening"]
    assert other.pop("sender") == {
        "address": "nous@inventee.example",
        "answers_to": "nous@inventee.example",
        "returns_to": "retour@inventee.example",
        "also": ["tout@inventee.example"],
        "rule": one.pop("sender")["rule"],
    }
    assert other.pop("mail_servers") == [*one.pop("mail_servers"), "mail.inventee"]
    assert one == other
    assert [line for line in after.splitlines() if "#" in line] == [
        line for line in before.splitlines() if "#" in line
    ]
    assert with_sender(after, OWN) == after


def test_a_file_in_block_style_stays_readable_and_keeps_its_comments():
    after = with_sender(BLOCK, OWN)
    told = yaml.safe_load(after)["hardening"]
    assert told["sender"]["address"] == "nous@inventee.example"
    assert (told["mail_servers"], told["key_warning_days"]) == (["localhost", "mail.inventee"], 14)
    assert "# Qui écrit." in after
    assert "# Par où." in after


def test_the_delivered_rules_are_taken_out_changed_and_compared(tmp_path):
    folder = tmp_path / "mine"
    run = CliRunner().invoke
    assert run(mist, ["mappings", "export", str(folder)]).exit_code == 0
    same = json.loads(run(mist, ["mappings", "check", "--mappings", str(folder), "--json"]).output)
    delivered = json.loads(run(mist, ["mappings", "check", "--json"]).output)
    assert same == delivered
    assert (same["changed"], same["added"], same["missing"]) == ([], [], [])
    write_sender(folder, OWN)
    assert hardening_of(folder).sender.address == "nous@inventee.example"
    changed = json.loads(run(mist, ["mappings", "check", "--mappings", str(folder), "--json"]).output)
    assert (changed["changed"], changed["digest"] == same["digest"]) == (["hardening.yaml"], False)
    again = run(mist, ["mappings", "export", str(folder)])
    assert "n’est pas vide" in str(again.exception)
