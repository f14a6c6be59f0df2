"""`mist sandbox` says what it does in French or in English, and fails in one sentence."""

import gettext
import json

import pytest
from click.testing import CliRunner

from mist_connector.cli.sandbox import command
from mist_connector.errors import SandboxError
from mist_connector.language import DOMAIN, LOCALES

COMMANDS = ("up", "down", "status", "reset", "logs")


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch, tmp_path):
    """Nobody's sandboxes but this test's."""
    monkeypatch.setenv("MIST_CACHE", str(tmp_path / "cache"))


def run(*arguments):
    return CliRunner().invoke(command, arguments, catch_exceptions=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages(name):
    said = command.commands[name].help
    assert said.endswith(".")
    english = gettext.translation(DOMAIN, LOCALES, ["en"]).gettext(said)
    assert english.endswith(".")
    assert english != said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_answer_a_program(name):
    assert "--json" in run(name, "--help").output


def test_without_sandboxes_the_status_says_how_to_get_one():
    assert "mist sandbox up" in run("status").output


def test_without_sandboxes_the_status_is_an_empty_list_for_a_program():
    assert json.loads(run("status", "--json").output) == []


def test_logs_of_a_sandbox_that_never_was_are_refused_with_what_to_do():
    with pytest.raises(SandboxError) as refusal:
        run("logs", "--name", "never")
    assert refusal.value.todo == "mist sandbox up --name never"


def test_taking_down_what_does_not_run_is_no_error():
    assert json.loads(run("down", "--name", "never", "--json").output) == {"name": "never", "stopped": False}


def test_a_name_that_cannot_be_a_databases_is_refused_before_anything_is_made(tmp_path):
    with pytest.raises(SandboxError):
        run("up", "--name", "Not/A/Name")
    assert not (tmp_path / "cache").exists()


def test_a_directory_that_is_no_odoo_is_refused(tmp_path):
    with pytest.raises(SandboxError, match=r"odoo/release\.py"):
        run("up", "--odoo-source", str(tmp_path))
