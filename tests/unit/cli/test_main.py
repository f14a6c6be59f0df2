"""The help of `mist` itself: complete, true, and fast since it imports no command."""

import importlib
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from mist_connector.cli.main import COMMANDS, mist


def test_the_help_lists_every_command_without_importing_any():
    listed = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from mist_connector.cli.main import COMMANDS, mist\n"
        "shown = CliRunner().invoke(mist, ['--help']).output\n"
        "imported = {f'mist_connector.cli.{module}' for module, _ in COMMANDS.values()} & set(sys.modules)\n"
        "print(sorted(imported), all(f'  {name} ' in shown for name in COMMANDS))\n"
    )
    done = subprocess.run(  # noqa: S603 - this very Python, and a text of this file
        [sys.executable, "-c", listed], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[] True"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_line_of_each_command_begins_as_its_own_help_does(name):
    module, line = COMMANDS[name]
    command = importlib.import_module(f"mist_connector.cli.{module}").command
    assert isinstance(command, click.Command)
    first_words = line.split(",")[0].split(" ;")[0].rstrip(".").split()[:2]
    assert (command.help or "").split()[: len(first_words)] == first_words


def test_the_version_is_an_option_too():
    shown = CliRunner().invoke(mist, ["--version"])
    assert shown.exit_code == 0
    assert shown.output.startswith("mist ")
