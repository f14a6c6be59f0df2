"""What plan, apply and destroy share: an account that may deploy, and the mappings to deploy."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from mist_connector.blueprint.claims import keeping_all
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.gate import TRIED
from mist_connector.crm.port import Crm
from mist_connector.crm.rights import Purpose
from mist_connector.errors import LanguageMissing, PlanStale
from mist_connector.language import _
from mist_connector.planning.limits import check_limits
from mist_connector.planning.plan import Plan, build_plan
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.lacking import activate_french, install_modules
from mist_connector.work.module.observe import observe

from . import console
from .consent import consented
from .declared_mappings import declared
from .session import opened


@dataclass(frozen=True)
class Deployment:
    """One CRM and the blueprint that it must follow."""

    crm: Crm
    blueprint: Blueprint

    @classmethod
    @contextmanager
    def opened(cls, profile: str | None, mappings: Path | None) -> Iterator[Deployment]:
        """Read the mappings first, so that a mistake in them never reaches the CRM, then connect."""
        blueprint = declared(mappings).blueprint
        with opened(profile, Purpose.INSTALL, any_mappings=True) as crm:
            yield cls(crm, blueprint)

    def plan(self) -> Plan:
        """Compare what the CRM holds with what it must hold."""
        desired = compile_blueprint(self.blueprint)
        return build_plan(desired, observe(self.crm, desired=desired, depends=self.blueprint.frame.depends))

    def plan_in_french(self, *, yes: bool, as_json: bool) -> Plan:
        """Do the same; where French is not active in the CRM, activate it, if whoever asks agrees."""
        try:
            return self.plan()
        except LanguageMissing as missing:
            console.note(missing.what)
            if not consented(_("Activer le français ?"), yes=yes, as_json=as_json):
                raise
        activate_french(self.crm)
        return self.plan()

    def check(self, plan: Plan, *, allow_data_loss: bool, forced: Collection[str]) -> None:
        """Raise PlanRefused where the plan crosses a safety limit."""
        check_limits(plan, allow_data_loss=allow_data_loss, forced=forced)

    def apply(self, plan: Plan) -> None:
        """Bring the plan into the CRM, wholly or not at all, and verify the result."""
        if plan.observed.missing:
            install_modules(self.crm, sorted(plan.observed.missing))
        manifest = Manifest(
            self.blueprint.frame.application.fr,
            f"{'.'.join(map(str, TRIED))}.{version('mist-connector')}",  # as the community writes it
            self.blueprint.frame.depends,
            keeping_all(self.blueprint),
        )
        left = deploy(self.crm, plan, manifest, reporter=console.reporter())
        if not left.empty:
            raise PlanStale(
                _("Après le déploiement, {changes} différences restent : quelqu'un d'autre écrit.").format(
                    changes=len(left.changes)
                ),
                todo=_("relancez « mist plan » pour les voir"),
            )
