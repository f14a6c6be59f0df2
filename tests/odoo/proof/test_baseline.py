"""Once somebody has answered for a CRM, whatever is new or changed is named, and nothing else ever is."""

import json
import os
import secrets as random
from contextlib import closing, contextmanager

import pytest
from pydantic import SecretStr

from mist_connector.crm.profiles import Profile
from mist_connector.proof.challenge.challenge import OPENINGS, Challenge, sample
from mist_connector.proof.challenge.hand import Hand
from mist_connector.proof.doors import Web
from mist_connector.reporting import Silent
from mist_connector.security.baseline import Acknowledged, Baseline, State, accept, written
from mist_connector.security.changes import unanswered
from mist_connector.security.looking import keep, look

FEW = 12
SECRET = b"un secret de test"
# A week of use in one go: every job of the CRM's runs, and a mail is queued, sent and gone.
USE = """
env['mail.mail'].sudo().create({'subject': 'x', 'body_html': 'x', 'email_to': 'a@exemple.invalid'})
for job in env['ir.cron'].sudo().search([('active', '=', True)]):
    job.method_direct_trigger()
env['mail.mail'].sudo().search([]).unlink()
"""


class Crm:
    """A CRM that somebody answered for, changed by a hand and looked at again."""

    def __init__(self, crm, database):
        self.crm, self.hand, self.database = crm, Hand(crm), database

    def answer(self):
        """Answer for everything that is there."""
        found = look(self.crm)
        how = Acknowledged("2026-01-01 00:00", "essai", "essai", 0)
        empty = Baseline(found.database, State({}, {}))
        text = written(accept(empty, found.state, frozenset(found.state.entries), how), SECRET)
        keep(self.crm, text)
        return text

    def told(self, secret=SECRET):
        return unanswered(self.crm, look(self.crm), secret).findings


@contextmanager
def answered_for(sandbox, deployed, admin_of):
    """Yield a CRM of its own that somebody answered for."""
    name = sandbox.clone(f"baseline{random.token_hex(3)}", source=deployed)
    with closing(admin_of(name)) as crm:
        found = Crm(crm, name)
        found.answer()
        yield found
    sandbox.drop(name)


@pytest.fixture(scope="module")
def shared(sandbox, deployed, admin_of):
    """One CRM for the whole file: each test answers for what it left."""
    with answered_for(sandbox, deployed, admin_of) as found:
        yield found


@pytest.fixture
def doors(sandbox, deployed, admin_of):
    """A CRM whose doors stay open: what runs in it afterwards may do anything."""
    with answered_for(sandbox, deployed, admin_of) as found:
        yield found


@pytest.fixture(autouse=True)
def answered(shared):
    """Answer for whatever the test before left."""
    shared.answer()


def test_a_quiet_crm_stays_quiet_while_it_is_used(shared, sandbox):
    assert shared.told() == ()
    shared.hand.elevated(USE)
    profile = Profile(url=sandbox.url, database=shared.database, login=sandbox.admin_login, timeout=60)
    with closing(Web(profile)) as browser:
        browser.log_in(sandbox.admin_login, SecretStr(sandbox.admin_password))
        assert browser.open
        assert browser.get("/odoo").startswith("200")
    languages = {"lang_ids": [[6, 0, shared.crm.call("res.lang", "search", domain=[["code", "=", "fr_FR"]])]]}
    [wizard] = shared.crm.call("base.language.install", "create", vals_list=[languages | {"overwrite": True}])
    shared.crm.call("base.language.install", "lang_install", ids=[wizard])
    assert shared.told() == ()


def test_a_look_costs_two_requests_and_one_more_for_each_table_that_changed(shared):
    before = shared.crm.requests
    assert shared.told() == ()
    assert shared.crm.requests - before == 2
    shared.hand.make("ir.asset", name="posé", bundle="web.assets_backend", path="web/static/src/x.js")
    before = shared.crm.requests
    assert len(shared.told()) == 1
    assert shared.crm.requests - before == 3


def test_whoever_changes_the_record_of_what_was_answered_for_is_found(shared):
    text = shared.answer()
    signature, _, told = text.partition(" ")
    data = json.loads(told)
    data["records"]["ir.rule"].popitem()
    keep(shared.crm, f"{signature} {json.dumps(data, separators=(',', ':'))}")
    assert shared.told()[0].kind == "baseline"
    keep(shared.crm, "")
    assert [each.kind for each in shared.told()] == ["baseline"]
    keep(shared.crm, text)
    assert shared.told() == ()
    assert "secret n'est pas sur ce poste" in shared.told(secret=None)[0].what


def test_of_the_doors_that_are_known_each_of_a_sample_is_named(doors, mappings, sandbox):
    """CI opens a few; `MIST_CHALLENGE=all`, all of them."""
    count = None if os.environ.get("MIST_CHALLENGE") == "all" else FEW
    found = Challenge(doors.crm, mappings.blueprint, sandbox.url).run(sample(count), Silent())
    assert [each.name for each in found if each.missed] == []
    assert [(each.name, each.refusal) for each in found if not each.opened] == []
    assert len(OPENINGS) >= 80


def test_a_module_is_one_finding_and_what_a_hand_does_meanwhile_is_another(shared):
    [row] = shared.crm.call(
        "ir.module.module",
        "search_read",
        domain=[["name", "=", "auth_password_policy"]],
        fields=["state"],
    )
    assert row["state"] == "uninstalled"
    shared.hand.make("ir.ui.view", name="glissée", type="qweb", arch="<p>x</p>")
    shared.crm.call("ir.module.module", "button_immediate_install", ids=[row["id"]])
    told = shared.told()
    upgrades = [each.what for each in told if each.kind == "upgrade"]
    assert any("auth_password_policy est installé" in each for each in upgrades)
    assert [each.kind for each in told if each.kind != "upgrade"] == ["new:ir.ui.view"]
