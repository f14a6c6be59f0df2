"""The template database: Odoo with the modules we need, French, made once and cloned for each use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from mist_connector.reporting import Reporter

from . import commands, processes
from .installation import Installation, release
from .partial import partial_directory
from .postgres import ROLE, Cluster, identifier, literal

_MODULES = "contacts,base_automation,base_import_module,mail"
_LABEL = "Création de la base modèle"
_BUILDING = "template_building"
_LOADING = re.compile(r"Loading module \S+ \((\d+)/(\d+)\)")
# Run inside Odoo's own shell. Files go into the database, so that a clone is one command and leaves nothing
# behind; what phones out or mails by itself is switched off; the scripts of the first pages are made once.
_SEED = """
env['ir.config_parameter'].set_param('ir_attachment.location', 'db')
env['ir.attachment'].force_storage()
quiet = ('publisher', 'snailmail', 'sms', 'digest', 'unregistered')
for cron in env['ir.cron'].search([]):
    if any(word in (cron.cron_name or '').lower() for word in quiet):
        cron.active = False
env['res.lang']._activate_lang('fr_FR')
env.ref('base.user_admin').write({'lang': 'fr_FR', 'tz': 'Europe/Paris'})
env.cr.execute("UPDATE res_users SET password = NULL WHERE login = 'admin'")
env.company.partner_id.write({'lang': 'fr_FR', 'tz': 'Europe/Paris'})
for bundle in ('assets_web', 'assets_frontend', 'assets_frontend_minimal', 'assets_frontend_lazy'):
    bundle = 'web.' + bundle
    env['ir.qweb']._get_asset_bundle(bundle, css=False, js=True).js()
    env['ir.qweb']._get_asset_bundle(bundle, css=True, js=False).css()
env.cr.commit()
"""


def ready(cluster: Cluster, odoo: Installation, mark: str, reporter: Reporter) -> str:
    """Return the name of the template for this Odoo; make it first if it is not there.

    Raises SandboxError with Odoo's own words if it cannot be made.
    """
    recipe = "\n".join((release(odoo.source), str(odoo.source), _MODULES, _SEED))
    name = f"template_{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"
    if name not in cluster.databases():
        _make(cluster, odoo, name, mark, reporter)
    return name


def _make(cluster: Cluster, odoo: Installation, name: str, mark: str, reporter: Reporter) -> None:
    """Make the template under a provisional name; it gets its own in one last step, when complete."""
    reporter.step("Création de la base modèle d'Odoo, une fois pour toutes (une demi-minute)")
    processes.stop(mark)
    _forget(cluster)
    with partial_directory(cluster.home.parent / "building") as workshop:
        connection = (
            f"--db_host={cluster.home}",
            "-r",
            ROLE,
            "-d",
            _BUILDING,
            f"--data-dir={workshop}",
            "--no-http",
        )
        install = ("-i", _MODULES, "--load-language=fr_FR", "--stop-after-init")
        _run(odoo, [*connection, *install], mark, _Modules(reporter))
        reporter.step("Préparation des pages et du français")
        _run(odoo, ["shell", *connection], mark, lambda _line: None, stdin=_SEED)
    building = identifier(_BUILDING)
    cluster.query(f"ALTER DATABASE {building} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")
    cluster.query(f"ALTER DATABASE {building} RENAME TO {identifier(name)}")


def _forget(cluster: Cluster) -> None:
    """Drop what a killed run left half-made."""
    cluster.query(
        f"UPDATE pg_database SET datistemplate = false WHERE datname = {literal(_BUILDING)};\n"  # noqa: S608 - ours
        f"DROP DATABASE IF EXISTS {identifier(_BUILDING)} WITH (FORCE)"
    )


def _run(
    odoo: Installation, arguments: list[str], mark: str, line: Callable[[str], None], *, stdin: str = ""
) -> None:
    """Run Odoo to its end, marked so that it is found if it outlives us."""
    commands.follow(
        odoo.command(*arguments),
        purpose="créer la base modèle d'Odoo",
        line=line,
        stdin=stdin,
        environment=processes.with_mark(odoo.environment(), mark),
    )


class _Modules:
    """Reads in Odoo's log how many modules are loaded."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter

    def __call__(self, line: str) -> None:
        """Move on at each module."""
        found = _LOADING.search(line)
        if found and int(found[2]) > 1:  # the first, alone in its round, is Odoo's base
            self._reporter.progress(_LABEL, int(found[1]), int(found[2]))
