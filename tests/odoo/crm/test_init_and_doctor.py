"""`mist init` and `mist doctor`, as a person types them, against the real CRM."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

MIST = str(Path(sys.executable).with_name("mist"))


@pytest.fixture
def environment(tmp_path):
    """A user with an empty configuration."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MIST_")}
    return {
        **kept,
        "MIST_CONFIG": str(tmp_path / "config"),
        "NO_COLOR": "1",
    }


def mist(environment, *arguments, stdin=""):
    command = [MIST, *arguments]
    return subprocess.run(command, env=environment, input=stdin, capture_output=True, text=True, check=False)  # noqa: S603 - ours


def init(environment, door, secret, *options):
    profile = door.profile
    account = ("--url", profile.url, "--database", profile.database, "--login", profile.login)
    return mist(
        environment, "init", *account, "--secret-stdin", *options, stdin=secret.get_secret_value() + "\n"
    )


def everything_in(folder):
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("kind", ["key", "password"])
def test_init_then_doctor_and_all_is_well(environment, admin, kind):
    done = init(environment, admin, getattr(admin, kind))
    assert (done.returncode, done.stderr) == (0, "")
    assert "mode 600" in done.stdout
    examined = mist(environment, "doctor")
    assert examined.returncode == 0
    assert "✗" not in examined.stdout
    assert all(
        f"✓ {topic} :" in examined.stdout for topic in ("adresse", "version", "compte", "droits", "modules")
    )
    shown = done.stdout + examined.stdout + examined.stderr
    assert getattr(admin, kind).get_secret_value() not in shown


def test_the_profile_holds_no_secret(environment, admin):
    init(environment, admin, admin.key)
    profiles = Path(environment["MIST_CONFIG"]) / "profiles"
    assert admin.profile.database in everything_in(profiles)
    assert admin.key.get_secret_value() not in everything_in(profiles)


def test_init_asks_for_what_is_not_given_and_does_not_show_the_secret(environment, admin):
    """On a terminal, where a person types."""
    leader, follower = pty.openpty()
    account = ("--url", admin.profile.url, "--database", admin.profile.database)
    with subprocess.Popen(  # noqa: S603 - ours
        [MIST, "init", *account],
        env=environment,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    ) as process:
        os.close(follower)
        seen = _until(leader, "compte")
        os.write(leader, f"{admin.profile.login}\n".encode())
        seen += _until(leader, "s’affiche pas")
        os.write(leader, f"{admin.key.get_secret_value()}\n".encode())
        seen += _until(leader, "mist doctor")
    assert process.returncode == 0
    assert admin.key.get_secret_value() not in seen
    os.close(leader)


def test_nothing_is_kept_of_an_account_that_is_not_accepted(environment, admin):
    done = init(environment, admin, SecretStr("0123456789" * 4))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 2
    assert "Traceback" not in done.stderr
    assert not Path(environment["MIST_CONFIG"]).exists()


def test_a_key_of_another_account_is_not_kept(environment, admin, clerk):
    done = init(environment, admin, clerk.key)
    assert done.returncode == 1
    assert "clé API n’est pas celle de ce compte" in done.stderr
    assert not Path(environment["MIST_CONFIG"]).exists()


def test_doctor_tells_an_account_that_cannot_install(environment, clerk):
    init(environment, clerk, clerk.key, "--profile", "clerk")
    examined = mist(environment, "doctor", "--profile", "clerk")
    assert "! droits :" in examined.stdout


def test_doctor_without_a_profile_says_to_make_one_and_fails(environment):
    examined = mist(environment, "doctor")
    assert examined.returncode == 1
    assert "✗ profil" in examined.stdout
    assert "mist init" in examined.stdout


def test_doctor_in_json_is_for_a_program(environment, admin):
    init(environment, admin, admin.key)
    found = json.loads(mist(environment, "doctor", "--json").stdout)
    assert {finding["topic"]: finding["verdict"] for finding in found}["compte"] == "fine"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:9", "Personne ne répond"),
        ("http://crm.example.org", "pas chiffrée"),
        ("https://crm.invalid", "n’existe pas"),
        ("crm.example.org", "pas une adresse"),
    ],
)
def test_a_wrong_address_is_one_sentence_and_what_to_do(environment, url, said):
    done = mist(
        environment,
        "init",
        "--url",
        url,
        "--database",
        "a",
        "--login",
        "b",
        "--secret-stdin",
        stdin="secret\n",
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "À faire : " in done.stderr
    assert "Traceback" not in done.stderr


def _until(terminal, words):
    """Read a terminal until these words are on it."""
    seen = ""
    while words not in seen:
        try:
            seen += os.read(terminal, 4096).decode(errors="replace")
        except OSError:  # the other side has closed it
            break
    assert words in seen
    return seen
