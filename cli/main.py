"""The `mist` command: its groups, its exit codes, and the one place where errors become words."""

from __future__ import annotations

import importlib
import sys
import traceback

import click

from mist_connector.errors import MistError

from . import console
from .options import MORE_RIGHTS

# Command → module of this package; a module is imported only when its command is asked for, so that
# `mist --help` and each command start fast.
COMMANDS = {
    "access": "access",
    "agenda": "agenda",
    "apply": "apply",
    "assembly": "assembly",
    "check": "check",
    "demo": "demo",
    "destroy": "destroy",
    "doctor": "doctor",
    "explain": "explain",
    "export": "export",
    "import": "import_",
    "init": "init",
    "journal": "journal",
    "plan": "plan",
    "privacy": "privacy",
    "prove": "prove",
    "report": "report",
    "rules": "rules",
    "sandbox": "sandbox",
    "shield": "shield",
    "simulate": "simulate",
    "sync": "sync",
    "version": "version",
}


class LazyGroup(click.Group):
    """A group that imports a command's module on its first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands' names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"mist_connector.cli.{COMMANDS[cmd_name]}")
        command = module.command
        if not isinstance(command, click.Command):  # pragma: no cover - a slip in this package
            raise TypeError(cmd_name)
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=(
        "Fait suivre à un CRM Odoo le règlement intérieur de la MIST.\n\n"
        "(Makes an Odoo CRM follow MIST's bylaws, through its external API only.)"
    ),
)
@click.option("-v", "--verbose", count=True, help="Plus de détails ; -vv montre les traces. (More detail.)")
@click.option(
    "--allow-more-rights",
    is_flag=True,
    help="Accepte un compte qui a plus de droits qu'il n'en faut. (Accepts more rights.)",
)
@click.pass_context
def mist(ctx: click.Context, verbose: int, *, allow_more_rights: bool) -> None:
    """Keep how much to tell, and whether an account may do more; the rest belongs to the commands."""
    ctx.obj = verbose
    ctx.meta[MORE_RIGHTS] = allow_more_rights


def main() -> None:
    """Run `mist`: exit 0 done or nothing to do, 1 error, 2 differences or findings where asked for."""
    try:
        status = mist.main(standalone_mode=False)
    except MistError as error:
        console.fail(error)
        _trace()
        status = 1
    except click.ClickException as error:
        error.show()
        status = 1
    except (click.Abort, KeyboardInterrupt):
        console.note("Interrompu : rien d'autre n'est fait. (Interrupted.)")
        status = 1
    except Exception as error:  # noqa: BLE001 - a trace may hold what nobody may read: a name, a secret
        console.fail(_unforeseen(error))
        _trace()
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _unforeseen(error: Exception) -> MistError:
    """Say that mist itself is at fault, with the kind of error and no word of its message."""
    return MistError(
        f"Erreur imprévue de mist ({type(error).__name__}).",
        todo="relancez avec -vv sur une machine sûre pour voir la trace ; elle peut contenir des données",
    )


def _trace() -> None:
    """Show the trace, only to whoever asked for it with -vv."""
    if any(argument.startswith("-vv") for argument in sys.argv[1:]):
        traceback.print_exc()
