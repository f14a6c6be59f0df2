"""The `mist` command: its groups, its exit codes, and the one place where errors become words."""

from __future__ import annotations

import importlib
import sys
import traceback
from gettext import gettext as of_click

import click

from mist_connector.crm.private_files import of_a_disk, unwritable
from mist_connector.errors import MistError
from mist_connector.language import LANGUAGES, _

from . import console
from .language_wanted import VARIABLE
from .options import MORE_RIGHTS, OTHER_MAPPINGS, SUBCOMMAND

# Command → its module in this package, and what it does in a line. A module is imported only when its command
# is asked for, so that `mist --help` and each command start fast.
COMMANDS = {
    "access": ("access", _("Dit qui peut lire quoi aujourd'hui, et pourquoi.")),
    "agenda": ("agenda", _("Dit ce qui arrive dans les jours qui viennent, par code.")),
    "apply": ("apply", _("Déploie le règlement dans le CRM, en une seule transaction.")),
    "assembly": ("assembly", _("Les assemblées générales.")),
    "check": ("check", _("Dit ce qui, aujourd'hui, ne suit pas le règlement.")),
    "demo": ("demo", _("Montre tout le produit sur un vrai Odoo de cette machine.")),
    "destroy": ("destroy", _("Retire du CRM tout ce que mist y a déployé, et rien d'autre.")),
    "doctor": ("doctor", _("Examine le profil, le CRM et le compte, sans rien écrire.")),
    "doubles": ("doubles", _("Montre ce que le CRM tient deux fois, et le réunit.")),
    "explain": ("explain", _("Explique une personne, par son code, ou une règle.")),
    "export": ("export", _("Écrit le registre dans des fichiers lisibles de vous seul.")),
    "import": ("import_", _("Lit des listes (CSV, XLSX, ODS) et crée ce qui manque.")),
    "init": ("init", _("Relie mist à un CRM : vérifie le compte, garde le profil.")),
    "journal": ("journal", _("Montre le journal des lectures faites par mist.")),
    "mappings": ("mappings", _("Les règles de l'association, en fichiers.")),
    "plan": ("plan", _("Compare le CRM avec le règlement et montre ce qui changerait.")),
    "privacy": ("privacy", _("Ce que l'on garde d'une personne : remettre, effacer.")),
    "prove": ("prove", _("Devient chaque rôle, et essaie chaque voie.")),
    "report": ("report", _("Les documents de l’association.")),
    "rules": ("rules", _("Les règles du règlement intérieur.")),
    "sandbox": ("sandbox", _("Un vrai Odoo sur cette machine, pour essayer sans risque.")),
    "schedule": ("schedule", _("Fait tourner mist régulièrement.")),
    "shield": ("shield", _("Met à l'abri les contacts d'un CRM qui existait.")),
    "simulate": ("simulate", _("Dit ce que d'autres règles feraient du registre tel qu'il est.")),
    "start": ("start", _("Mène d'un CRM nu à une équipe au travail, étape par étape.")),
    "sync": ("sync", _("Met les contacts et les comptes en accord avec les faits.")),
    "version": ("version", _("Montre la version.")),
}


class LazyGroup(click.Group):
    """A group that imports a command's module on its first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands' names, sorted."""
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write each command with its line, without importing any."""
        with formatter.section(of_click("Commands")):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"mist_connector.cli.{COMMANDS[cmd_name][0]}")
        command = module.command
        if not isinstance(command, click.Command):  # pragma: no cover - a slip in this package
            raise TypeError(cmd_name)
        return command


@click.group(
    subcommand_metavar=SUBCOMMAND,
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Fait suivre à un CRM Odoo le règlement intérieur de la MIST."),
)
@click.option("-v", "--verbose", count=True, help=_("Plus de détails ; -vv montre les traces."))
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar=VARIABLE,
    help=_("Langue de mist ; sinon celle du profil, sinon celle du système, sinon le français."),
)
@click.option(
    "--allow-more-rights",
    is_flag=True,
    help=_("Accepte un compte qui a plus de droits qu'il n'en faut."),
)
@click.option(
    "--allow-other-mappings",
    is_flag=True,
    envvar="MIST_ALLOW_OTHER_MAPPINGS",
    help=_("Accepte d'agir par d'autres règles que celles déployées."),
)
@click.version_option(
    package_name="mist-connector",
    prog_name="mist",
    message="%(prog)s %(version)s",
    help=_("Montre la version."),
)
@click.pass_context
def mist(
    ctx: click.Context, verbose: int, *, lang: str | None, allow_more_rights: bool, allow_other_mappings: bool
) -> None:
    """Keep how much to tell, and whether an account may do more; the rest belongs to the commands.

    `lang` was read before this module was imported (`language_wanted.py`); click only checks it.
    """
    del lang
    ctx.obj = verbose
    ctx.meta[MORE_RIGHTS] = allow_more_rights
    ctx.meta[OTHER_MAPPINGS] = allow_other_mappings


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
        console.note(_("Interrompu : rien d'autre n'est fait."))
        status = 1
    except Exception as error:  # noqa: BLE001 - a trace may hold what nobody may read: a name, a secret
        console.fail(_unforeseen(error))
        _trace()
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _unforeseen(error: Exception) -> MistError:
    """Say that mist itself is at fault, with the kind of error and no word of its message."""
    if isinstance(error, OSError) and (error.filename or of_a_disk(error)):
        return unwritable(error, error.filename or "")
    return MistError(
        _("Erreur imprévue de mist ({kind}).").format(kind=type(error).__name__),
        todo=_("relancez avec -vv sur une machine sûre pour voir la trace ; elle peut contenir des données"),
    )


def _trace() -> None:
    """Show the trace, only to whoever asked for it with -vv."""
    if any(argument.startswith("-vv") for argument in sys.argv[1:]):
        traceback.print_exc()
