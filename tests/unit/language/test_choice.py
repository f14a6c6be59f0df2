"""Which language mist speaks: asked for, of the profile, of the locale, and French where none says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mist_connector.cli.language_wanted import language_wanted
from mist_connector.language import of_locale

MIST = str(Path(sys.executable).with_name("mist"))


@pytest.fixture(autouse=True)
def config(monkeypatch, tmp_path):
    """An empty folder of profiles."""
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path))
    return tmp_path


def keep(config, name, content):
    (config / "profiles").mkdir(exist_ok=True)
    (config / "profiles" / f"{name}.json").write_text(content, encoding="utf-8")


def run(*words, config, **more):
    kept = {key: value for key, value in os.environ.items() if key not in ("MIST_LANG", "LC_ALL", "LANG")}
    return subprocess.run(  # noqa: S603 - ours
        [MIST, *words],
        env={**kept, "MIST_CONFIG": str(config), **more},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, None),
        ({"LANG": "C"}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "POSIX"}, None),
        ({"LANG": "de_DE.UTF-8"}, None),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "fr_FR@euro"}, "fr"),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en_US"}, "en"),
        ({"LC_ALL": "fr_FR", "LC_MESSAGES": "en_US", "LANG": "en_US"}, "fr"),
        ({"LC_ALL": "", "LANG": "en_US"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_US"}, None),
    ],
)
def test_the_locale_says_it_in_the_order_of_posix(environment, language):
    assert of_locale(environment) == language
    assert language_wanted([], environment) == (language or "fr")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["--lang", "en"], "en"),
        (["--lang=en", "check"], "en"),
        (["-v", "--lang", "en", "check", "--each"], "en"),
        (["--lang", "en", "--lang", "fr"], "fr"),
        (["--lang"], "fr"),
        (["--lang", "de"], "fr"),
        (["privacy", "record", "--lang", "en"], "fr"),
        ([""], "fr"),
    ],
)
def test_the_option_says_it_before_the_command(words, language):
    assert language_wanted(words, {"LANG": "fr_FR"}) == language


def test_the_option_comes_before_the_variable_the_variable_before_the_profile(config):
    keep(config, "default", json.dumps({"language": "en"}))
    assert language_wanted(["check"], {"LANG": "fr_FR"}) == "en"
    assert language_wanted(["check"], {"LANG": "fr_FR", "MIST_LANG": "fr"}) == "fr"
    assert language_wanted(["--lang", "en", "check"], {"MIST_LANG": "fr"}) == "en"


def test_the_profile_that_a_command_names_says_it(config):
    keep(config, "admin", json.dumps({"language": "en"}))
    assert language_wanted(["check"], {}) == "fr"
    assert language_wanted(["check", "--profile", "admin"], {}) == "en"
    assert language_wanted(["check", "--profile=admin"], {}) == "en"
    assert language_wanted(["check"], {"MIST_PROFILE": "admin"}) == "en"
    assert language_wanted(["check", "--profile", "nobody"], {"MIST_PROFILE": "admin"}) == "fr"


@pytest.mark.parametrize(
    "content", ["", "[]", "not json", '{"language": ["en"]}', '{"language": "de"}', "{}"]
)
def test_a_profile_that_says_nothing_fit_says_no_language(config, content):
    keep(config, "default", content)
    assert language_wanted(["check"], {"LANG": "en_GB"}) == "en"
    assert language_wanted(["check"], {}) == "fr"


def test_no_other_file_is_read_than_a_profile(config):
    (config / "elsewhere.json").write_text('{"language": "en"}', encoding="utf-8")
    assert language_wanted(["check", "--profile", "../elsewhere"], {}) == "fr"


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ({"LANG": "en_GB.UTF-8"}, "Error: No such command 'nothing'."),
        ({"LC_ALL": "C"}, "Erreur : Il n'y a pas de commande 'nothing'."),
        ({}, "Erreur : Il n'y a pas de commande 'nothing'."),
    ],
)
def test_click_s_refusals_follow(config, locale, said):
    done = run("nothing", config=config, **locale)
    assert done.returncode == 1
    assert said in done.stderr


def test_a_language_that_mist_does_not_speak_is_refused(config):
    done = run("--lang", "de", "version", config=config)
    assert done.returncode == 1
    assert "'de' n'est pas l'un de : 'fr', 'en'" in done.stderr


def test_init_notes_the_language_in_a_profile_that_is_there(config):
    kept = {"name": "default", "url": "https://crm.invalid", "database": "d", "login": "l"}
    keep(config, "default", json.dumps(kept))
    (config / "profiles" / "default.json").chmod(0o600)
    noted = run("init", "--language", "en", config=config)
    assert noted.returncode == 0, noted.stderr
    assert noted.stdout == "Profil « default » : mist parle « en », sauf --lang.\n"
    assert json.loads((config / "profiles" / "default.json").read_text(encoding="utf-8"))["language"] == "en"
    again = run("init", "--language", "en", config=config, LANG="fr_FR.UTF-8")
    assert again.stdout == "Profile “default”: mist speaks “en”, but for --lang.\n"
