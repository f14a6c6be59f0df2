"""How long before its end a key is announced is what the mappings of the command at work say."""

import shutil
from importlib.resources import files
from pathlib import Path

import click
import pytest

from mist_connector.cli.declared_mappings import declared, key_warning_days


@pytest.fixture
def ours(tmp_path):
    return Path(shutil.copytree(str(files("mist_connector.mappings")), tmp_path / "regles"))


def days(mappings):
    with click.Context(click.Command("essai")) as context:
        context.params["mappings"] = mappings
        return key_warning_days()


def rewrite(folder, old, new):
    file = folder / "hardening.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_it_is_as_the_mappings_say_the_commands_own_first(ours):
    delivered = declared().blueprint.hardening.key_warning_days
    assert key_warning_days() == days(None) == days(ours) == delivered
    rewrite(ours, f"key_warning_days: {delivered}", "key_warning_days: 45")
    assert days(ours) == 45
    assert declared(ours).blueprint.hardening.key_warning_days == 45


def test_a_file_with_a_problem_is_for_the_command_itself_to_refuse(ours):
    rewrite(ours, "key_warning_days: 14", "key_warning_days: bientôt")
    assert days(ours) == 14
