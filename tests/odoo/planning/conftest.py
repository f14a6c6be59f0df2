"""A copy of the deployed CRM for each test, and the mappings as data to bend."""

from contextlib import closing

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.crm.port import Crm
from mist_connector.planning.plan import build_plan
from mist_connector.work.module.deploy import Manifest, deploy
from mist_connector.work.module.observe import observe


class Site:
    """One CRM, with the two verbs that the tests are about."""

    def __init__(self, crm: Crm, blueprint):
        self.crm = crm
        self.blueprint = blueprint

    def plan(self, blueprint=None):
        wanted = blueprint or self.blueprint
        desired = compile_blueprint(wanted)
        return build_plan(desired, observe(self.crm, desired=desired, depends=wanted.frame.depends))

    def apply(self, plan, reporter=None):
        manifest = Manifest("MIST", "0.0", self.blueprint.frame.depends)
        return deploy(self.crm, plan, manifest, reporter=reporter)

    def id_of(self, name):
        domain = [["module", "=", "mist_connector"], ["name", "=", name]]
        [row] = self.crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
        return row["res_id"]

    def write(self, model, name, values):
        self.crm.call(model, "write", ids=[self.id_of(name)], vals=values, context={"lang": "fr_FR"})

    def external_ids(self):
        domain = [["module", "=", "mist_connector"]]
        return self.crm.call("ir.model.data", "search_count", domain=domain)


@pytest.fixture
def bare(database, mappings, admin_of):
    with closing(admin_of(database)) as crm:
        yield Site(crm, mappings.blueprint)


@pytest.fixture
def site(deployed_database, mappings, admin_of):
    with closing(admin_of(deployed_database)) as crm:
        yield Site(crm, mappings.blueprint)


@pytest.fixture(scope="module")
def lasting_site(sandbox, deployed, mappings, admin_of):
    """One site for tests that each leave it as they found it, which they check."""
    name = sandbox.clone("lasting", source=deployed)
    with closing(admin_of(name)) as crm:
        yield Site(crm, mappings.blueprint)
    sandbox.drop(name)
