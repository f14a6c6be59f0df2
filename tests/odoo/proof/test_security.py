"""What opens a door is found, however it was done; a CRM as deployed has none."""

import json
from contextlib import closing

import pytest

from mist_connector.cli.main import mist
from mist_connector.crm.profiles import Profile, save_profile
from mist_connector.proof.challenge.challenge import BY_QUESTION as MUTATIONS
from mist_connector.proof.challenge.hand import Hand
from mist_connector.security.doors import security_findings

# What the CRM notes no author of: what is gone, keys, a relation, a sum of accounts.
NO_TRACE = {"a rule deleted", "a follower of ours", "technical features back for everybody"}
# What holds somebody's words, or only somebody can decide about.
BY_HAND = {
    "access_rights",
    "company",
    "connectors",
    "copied",
    "escape",
    "field",
    "message",
    "report_url",
    "settings",
    "storage",
    "thread",
    "undeclared",
}


@pytest.fixture
def name(sandbox, deployed_database):
    # The test's own administrator has a key without an end, as no real one should.
    sandbox.query(
        "UPDATE res_users_apikeys SET expiration_date = now() + interval '1 day'", name=deployed_database
    )
    return deployed_database


@pytest.fixture
def crm(name, admin_of):
    with closing(admin_of(name)) as admin:
        yield admin


@pytest.fixture
def looked(sandbox, crm, mappings):
    return lambda: security_findings(crm, mappings.blueprint, address=sandbox.url)


@pytest.fixture
def typed(sandbox, name, tmp_path, monkeypatch, capsys):
    """A function that types the command and returns its exit code and what it says, as data."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path))
    monkeypatch.setenv("MIST_SECRET", sandbox.admin_api_key)
    save_profile(Profile(url=sandbox.url, database=name, login=sandbox.admin_login))

    def run(*options):
        command = ["check", "--security", "--json", "--detailed-exitcode", *options]
        status = mist.main(command, standalone_mode=False)
        return status, json.loads(capsys.readouterr().out)

    return run


def test_every_door_that_a_hand_opens_is_named_with_who_and_when_and_closed_again(crm, typed):
    """One test, since each change stays; each has a sentence of its own among the findings."""
    assert typed() == (0, {"security": [], "baseline": None})
    for mutation in MUTATIONS.values():
        mutation.change(Hand(crm))
    status, said = typed()
    assert status == 2
    found = said["security"]
    named = {
        name: [each for each in found if each["kind"] == one.kind and one.says in each["what"]]
        for name, one in MUTATIONS.items()
    }
    assert [name for name, findings in named.items() if not findings] == []
    unknown = [name for name, findings in named.items() if not any(each["at"] for each in findings)]
    assert set(unknown) <= NO_TRACE
    assert len(MUTATIONS) >= 40
    assert all(each["mend"] for each in found)

    _, shown = typed("--repair", "--dry-run")
    assert len(shown["security"]) == len(found)
    status, mended = typed("--repair", "--yes")
    assert mended["refused"] == []
    assert {each["kind"] for each in mended["security"]} == BY_HAND
    assert status == 2
    # Whoever looks afterwards is still an administrator, and lost nothing.
    assert crm.call("res.users", "has_group", ids=[crm.uid()], group_ext_id="base.group_system")


def test_a_key_that_outlives_its_account_is_named(crm, sandbox, name, looked):
    Hand(crm).account("clef", "base.group_user", active=False)
    sandbox.api_key("clef@mist.invalid", name=name)
    assert {"sleeping_key", "endless_key"} <= {each.kind for each in looked()}


def test_a_module_that_lets_people_in_from_elsewhere_is_named(crm, looked):
    [module] = crm.call("ir.module.module", "search", domain=[["name", "=", "auth_oauth"]])
    crm.call("ir.module.module", "button_immediate_install", ids=[module])
    [provider] = crm.call("auth.oauth.provider", "search", domain=[], limit=1)
    crm.call("auth.oauth.provider", "write", ids=[provider], vals={"enabled": True})
    assert {"module", "oauth"} <= {each.kind for each in looked()}
