"""Profiles hold no secret, and secrets are found only where nobody else can read them."""

from __future__ import annotations

import stat

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked
from pydantic import SecretStr

from mist_connector.crm.profiles import load_profile, make_profile, profile_names, save_profile
from mist_connector.crm.secrets import find_secret, keep_secret, looks_like_key
from mist_connector.errors import MistError

SECRET = SecretStr("mot-de-passe-inventé")


class WorkingKeyring(KeyringBackend):
    """A keyring that works, in memory."""

    priority = 5

    def __init__(self):
        self.kept = {}

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def get_password(self, service, username):
        return self.kept.get((service, username))


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    """A configuration directory of the test's own, no keyring, and no secret in the environment."""
    for name in ("MIST_SECRET", "MIST_SECRET_FILE", "MIST_SECRET_DEFAULT", "MIST_SECRET_MA_BASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield tmp_path / "config"
    keyring.set_keyring(before)


def profile(**changes):
    return make_profile(**{"url": "https://crm.example.org", "database": "mist", "login": "admin", **changes})


def secret_file(path, *, mode=0o600):
    path.write_text(SECRET.get_secret_value() + "\n", encoding="utf-8")
    path.chmod(mode)
    return str(path)


def test_tests_never_reach_the_keyring_of_whoever_runs_them():
    keyring.core.init_backend()

    assert isinstance(keyring.get_keyring(), NoKeyring)


def test_a_saved_profile_is_loaded_as_it_was():
    saved = profile(name="ma-base", transport="xmlrpc", timeout=7.5, insecure=True)
    save_profile(saved)
    assert load_profile("ma-base") == saved
    assert profile_names() == ["ma-base"]


def test_a_profile_is_readable_by_its_owner_only(config):
    path = save_profile(profile())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [found.name for found in path.parent.iterdir()] == ["default.json"]
    assert config in path.parents


def test_a_profile_that_is_not_there_says_how_to_make_it():
    with pytest.raises(MistError) as caught:
        load_profile("absent")
    assert "mist init" in caught.value.todo


@pytest.mark.parametrize("name", ["../absent", "a/b", "/etc/passwd"])
def test_a_profile_s_name_leads_nowhere_else(name):
    with pytest.raises(MistError, match="nom de profil"):
        load_profile(name)


def test_a_profile_with_anything_unknown_is_refused_without_repeating_it(config):
    path = save_profile(profile())
    path.write_text(
        path.read_text(encoding="utf-8").replace("{", '{"password": "motdepasse",', 1), encoding="utf-8"
    )
    with pytest.raises(MistError) as caught:
        load_profile()
    assert "password" in caught.value.what
    assert "motdepasse" not in repr(caught.value)
    assert config.exists()


@pytest.mark.parametrize(
    "bad", [{"timeout": 0}, {"transport": "soap"}, {"database": ""}, {"name": "Ma Base"}]
)
def test_a_profile_of_values_that_do_not_fit_is_refused(bad):
    with pytest.raises(MistError, match=next(iter(bad))):
        profile(**bad)


def test_without_a_keyring_the_secret_is_kept_in_a_private_file_outside_the_profile(config):
    kept = keep_secret(profile(), SECRET)
    save_profile(kept)
    path = config / "secrets" / "default"
    assert kept.secret_file == str(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SECRET.get_secret_value() not in (config / "profiles" / "default.json").read_text(encoding="utf-8")
    assert find_secret(load_profile()) == SECRET


def test_with_a_keyring_the_secret_is_in_no_file(config):
    keep_secret(profile(), SECRET)
    keyring.set_keyring(WorkingKeyring())
    kept = keep_secret(profile(), SECRET)
    assert kept.secret_file is None
    assert not (config / "secrets" / "default").exists()
    assert find_secret(kept) == SECRET


def test_the_keyring_gives_the_secret_to_the_address_that_it_was_kept_for_and_no_other():
    keyring.set_keyring(WorkingKeyring())
    keep_secret(profile(), SECRET)
    with pytest.raises(MistError, match="Aucun secret"):
        find_secret(profile(url="https://elsewhere.example.org"))


def test_the_environment_goes_first_and_the_profile_s_own_variable_before_the_common_one(
    monkeypatch, tmp_path
):
    named = profile(name="ma-base", secret_file=secret_file(tmp_path / "one"))
    assert find_secret(named) == SECRET
    monkeypatch.setenv("MIST_SECRET", "common")
    assert find_secret(named) == SecretStr("common")
    monkeypatch.setenv("MIST_SECRET_MA_BASE", "own")
    assert find_secret(named) == SecretStr("own")


def test_the_file_of_the_environment_goes_before_the_profile_s(monkeypatch, tmp_path):
    (tmp_path / "two").write_text("other", encoding="utf-8")
    (tmp_path / "two").chmod(0o400)
    monkeypatch.setenv("MIST_SECRET_FILE", str(tmp_path / "two"))
    assert find_secret(profile(secret_file=secret_file(tmp_path / "one"))) == SecretStr("other")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o622])
def test_a_secret_that_others_may_open_is_refused(tmp_path, mode):
    with pytest.raises(MistError) as caught:
        find_secret(profile(secret_file=secret_file(tmp_path / "open", mode=mode)))
    assert "chmod 600" in caught.value.todo


def test_a_secret_of_somebody_else_is_refused(tmp_path, monkeypatch):
    path = secret_file(tmp_path / "theirs")
    monkeypatch.setattr("os.geteuid", lambda: 54321)
    with pytest.raises(MistError, match="quelqu’un d’autre"):
        find_secret(profile(secret_file=path))


@pytest.mark.parametrize("path", ["absent", "."])
def test_a_secret_file_that_cannot_be_read_is_said_so(tmp_path, path):
    with pytest.raises(MistError, match="fichier"):
        find_secret(profile(secret_file=str(tmp_path / path)))


def test_no_secret_anywhere_says_how_to_give_one():
    with pytest.raises(MistError) as caught:
        find_secret(profile())
    assert "mist init" in caught.value.todo


def test_a_secret_does_not_show_in_any_text():
    assert not any(
        SECRET.get_secret_value() in text
        for text in (repr(SECRET), str(SECRET), f"{SECRET}", f"{SECRET!s:>40}")
    )


@pytest.mark.parametrize(
    ("secret", "key"),
    [("0123456789" * 4, True), ("a" * 40, True), ("A" * 40, False), ("0" * 41, False), ("", False)],
)
def test_a_key_is_told_from_a_password_by_its_form(secret, key):
    assert looks_like_key(SecretStr(secret)) is key


class LockedKeyring(WorkingKeyring):
    """A keyring that nobody unlocks."""

    def set_password(self, service, username, password):
        raise KeyringLocked(service, username, password)

    def get_password(self, service, username):
        raise KeyringLocked(service, username)


def test_a_locked_keyring_is_told_and_nothing_of_it_shown():
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(MistError, match="trousseau") as caught:
        find_secret(profile())
    assert caught.value.__context__ is None


def test_a_keyring_that_does_not_take_the_secret_is_replaced_by_a_private_file(config):
    keyring.set_keyring(LockedKeyring())
    assert keep_secret(profile(), SECRET).secret_file == str(config / "secrets" / "default")
