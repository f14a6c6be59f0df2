"""The account that runs: no more rights than it needs, and a key that is renewed."""

from __future__ import annotations

import importlib.metadata
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from mist_connector.crm import rotation
from mist_connector.crm.profiles import load_profile, make_profile, save_profile
from mist_connector.crm.secrets import find_secret
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import AccessRefused, AccountUnfit, MistError

from .conftest import CONNECTOR


@pytest.fixture
def typed(association, tmp_path, monkeypatch):
    """A function that types a command with the profile of an account; returns what it printed."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    for login, name in ((CONNECTOR, "default"), ("admin", "admin")):
        secret = tmp_path / name
        secret.touch(mode=0o600)
        secret.write_text(association.sandbox.api_key(login, name=association.database))
        where = {"url": association.sandbox.url, "database": association.database}
        profile = make_profile(name=name, login=login, **where)
        save_profile(profile.model_copy(update={"secret_file": str(secret)}))
    [entry] = importlib.metadata.entry_points(group="console_scripts", name="mist")
    group = importlib.import_module(entry.module).mist

    def run(*words):
        result = CliRunner().invoke(group, list(words), standalone_mode=False)
        if isinstance(result.exception, MistError):
            raise result.exception
        assert result.exception is None, result.exception
        return result.output

    return run


def test_commands_refuse_an_account_that_has_more_or_less_than_they_need(typed, association):
    assert typed("check", "--json")
    for words in (("check", "--profile", "admin"), ("plan", "--profile", "default")):
        with pytest.raises(AccountUnfit):
            typed(*words)
    with pytest.raises(AccessRefused):  # the CRM's own answer: an administrator sees no register
        typed("--allow-more-rights", "check", "--profile", "admin")
    [account] = association.admin.call("res.users", "search", domain=[["login", "=", CONNECTOR]])
    staff = {"group_ids": [[4, association.ref("mist_connector.group_staff")]]}
    association.admin.call("res.users", "write", ids=[account], vals=staff)
    with pytest.raises(AccountUnfit, match="group_staff"):
        typed("sync", "--dry-run")


def keys(association, login=CONNECTOR):
    sql = (
        'SELECT "index" FROM res_users_apikeys k JOIN res_users u ON u.id = k.user_id '  # noqa: S608 - our own
        f"WHERE u.login = '{login}'"
    )
    return set(association.sandbox.query(sql, name=association.database).split())


def _cut(_crm):
    raise MistError("coupé", todo="")


def test_a_key_is_renewed_and_a_renewal_that_was_cut_is_finished_by_the_next(typed, association, monkeypatch):
    mine = find_secret(load_profile()).get_secret_value()
    for other in keys(association) - {mine[:8]}:
        association.sandbox.query(
            f"DELETE FROM res_users_apikeys WHERE \"index\" = '{other}'",  # noqa: S608 - a key's start
            name=association.database,
        )
    typed("init", "--rotate", "--json")
    first = find_secret(load_profile()).get_secret_value()
    assert keys(association) == {first[:8]} != {mine[:8]}
    with monkeypatch.context() as cut:
        cut.setattr(rotation, "check_account", _cut)
        with pytest.raises(MistError, match="coupé"):
            typed("init", "--rotate")
    assert len(keys(association)) == 2
    assert typed("check", "--json")
    typed("init", "--rotate")
    last: SecretStr = find_secret(load_profile())
    assert keys(association) == {last.get_secret_value()[:8]}


def test_however_renewals_meet_or_answers_come_late_a_key_that_works_is_left(typed, association, monkeypatch):
    typed("init", "--rotate")
    others = keys(association) - {find_secret(load_profile()).get_secret_value()[:8]}
    # The answer with the new key never comes: the old one goes on, and the next renewal clears up.
    run = rotation._run
    with monkeypatch.context() as lost:
        lost.setattr(rotation, "_run", lambda crm, **context: (run(crm, **context), _cut(crm)))
        with pytest.raises(MistError, match="coupé"):
            typed("init", "--rotate")
    typed("init", "--rotate")
    assert keys(association) - others == {find_secret(load_profile()).get_secret_value()[:8]}
    # What an earlier renewal asked for comes late, after the next one: it deletes nothing.
    asked = []
    with monkeypatch.context() as noted:
        noted.setattr(rotation, "_run", lambda crm, **given: (asked.append(given), run(crm, **given))[1])
        typed("init", "--rotate")
    typed("init", "--rotate")
    run(association.connector, **asked[-1])
    mine = find_secret(load_profile()).get_secret_value()[:8]
    assert mine in keys(association)
    # Two at once on this machine.
    profile = load_profile()
    with ThreadPoolExecutor(2) as pool:
        for renewal in [pool.submit(rotation.rotate, profile) for _ in range(2)]:
            renewal.result()
    here = find_secret(load_profile()).get_secret_value()
    assert keys(association) - others == {here[:8]}
    assert typed("check", "--json")


def test_the_account_that_installs_renews_its_key_and_nobody_else_has_hers_renewed(typed, association):
    before = find_secret(load_profile("admin")).get_secret_value()
    typed("init", "--rotate", "--profile", "admin")
    after = find_secret(load_profile("admin")).get_secret_value()
    assert after != before
    assert before[:8] not in keys(association, "admin")
    assert after[:8] in keys(association, "admin")
    assert typed("plan", "--profile", "admin", "--json")
    direction = association.door("direction@mist.example")
    with pytest.raises(AccessRefused):
        find_server_action(direction, "x_mist_function", "rotate_key")
