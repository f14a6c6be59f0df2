"""What `mist import --only functions` does with the account that installs: the CRM compares, and creates."""

from __future__ import annotations

from collections.abc import Sequence

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.register import RegisterTable
from mist_connector.crm.port import Crm
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.register.giving import Given, give_functions
from mist_connector.register.reading import Rows

from . import console
from .consent import consented


def import_given(
    crm: Crm,
    tables: Sequence[RegisterTable],
    rows: Rows,
    blueprint: Blueprint,
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Ask the CRM what is missing, show it, ask, and have it created; what differs is left and told."""
    if len(tables) != 1:
        raise MistError(
            _("Le compte qui installe ne donne que des fonctions."),
            todo=_("relancez avec --only functions seul"),
        )
    [table] = tables
    found = rows.get(table.file, ())
    given = give_functions(crm, table, found, blueprint, asking=True)
    if not as_json:
        counts = (str(given.new), str(given.changed), str(given.same), str(len(given.different)))
        console.table(
            (_("fichier"), _("à créer"), _("à modifier"), _("déjà là"), _("laissées")),
            [(table.filename, *counts)],
        )
        for code in given.different:
            console.note(_("{code} diffère du CRM ; la direction la change, pas un import").format(code=code))
    write = (
        given.new + given.changed > 0 and not dry_run and consented(_("Importer ?"), yes=yes, as_json=as_json)
    )
    if write:
        give_functions(crm, table, found, blueprint, asking=False)
    _report(table, given, written=write, as_json=as_json)


def _report(table: RegisterTable, given: Given, *, written: bool, as_json: bool) -> None:
    if as_json:
        told = {
            "create": given.new,
            "update": given.changed,
            "same": given.same,
            "left": list(given.different),
        }
        console.emit_json({"tables": {table.file: told}, "written": written})
    elif not given.new + given.changed:
        console.say(_("Rien à importer : tout est déjà là."))
    else:
        console.say(_("Importé.") if written else _("Rien n'a été écrit."))
