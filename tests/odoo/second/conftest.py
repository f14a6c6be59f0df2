"""The CRM of a second, invented association, to which nothing of MIST's was ever deployed."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.cli.declared_mappings import declared
from mist_connector.planning.plan import build_plan
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe

from ..people.conftest import Association  # noqa: TID252 - what works in any association

CHOIR = Path(__file__).parents[3] / "examples" / "choir"


class Choir(Association):
    """The choir, whose days begin where it sings, and not in Paris."""

    def today(self):
        return datetime.now(ZoneInfo(self.mappings.blueprint.frame.timezone)).date()


@pytest.fixture(scope="session")
def choir_mappings():
    return declared(CHOIR / "mappings")


@pytest.fixture(scope="session")
def choir(sandbox, choir_mappings, admin_of):
    """The choir: its bylaws deployed on a bare CRM, its register imported, everything in line."""
    name = sandbox.clone("choir")
    blueprint = choir_mappings.blueprint
    depends = blueprint.frame.depends
    desired = compile_blueprint(blueprint)
    with closing(admin_of(name)) as crm:
        plan = build_plan(desired, observe(crm, desired=desired, depends=depends))
        deploy(crm, plan, Manifest("Chorale", "0.0", depends))
        again = build_plan(desired, observe(crm, desired=desired, depends=depends))
        assert again.changes == ()
        association = Choir(sandbox, name, choir_mappings, crm)
        association.load(source=CHOIR / "register")
        association.synced()
        yield association
        association.close()
    sandbox.drop(name)
