"""Print the help of every command, in the language that this process speaks, as JSON: path → help."""

import json
import sys

import click

from mist_connector.cli.main import mist


def walk(command, context):
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            yield from walk(child, child.make_context(name, [], parent=context, resilient_parsing=True))


if __name__ == "__main__":
    root = mist.make_context("mist", [], resilient_parsing=True)
    json.dump(dict(walk(mist, root)), sys.stdout)
