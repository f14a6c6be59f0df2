"""A CRM that lacks something is looked at before anything is written, and what stands afterwards is said."""

import pytest

from mist_connector.errors import ConnectionRefused, LanguageMissing, PlanRefused, Unverified
from mist_connector.planning.limits import check_limits
from mist_connector.work.module.destroying import destroy
from mist_connector.work.module.lacking import activate_french

from .conftest import Site

ENGLISH = """
update res_lang set active = (code = 'en_US');
update res_partner set lang = 'en_US';
"""


class CutAfterTheImport:
    """A connection that the network takes away as soon as the import has answered."""

    def __init__(self, crm):
        self._crm, self._cut = crm, False

    def __getattr__(self, name):
        return getattr(self._crm, name)

    def call(self, model, method, /, **arguments):
        if self._cut:
            raise ConnectionRefused("Le CRM ne répond plus.", todo="relancez")
        answer = self._crm.call(model, method, **arguments)
        self._cut = method == "import_module"
        return answer


@pytest.fixture
def english(sandbox, database, bare):
    """A CRM without French, nothing of ours in it."""
    sandbox.query(ENGLISH, name=database)
    return bare


def test_without_french_nothing_is_written_and_with_it_all_is_even_if_the_look_at_it_is_cut(english):
    with pytest.raises(LanguageMissing, match="français"):
        english.plan()
    assert english.external_ids() == 0
    activate_french(english.crm)
    plan = english.plan()
    cut = Site(CutAfterTheImport(english.crm), english.blueprint)
    with pytest.raises(Unverified, match="en entier"):
        cut.apply(plan)
    assert english.plan().empty
    destroy(english.crm)
    assert english.external_ids() == 0


def test_a_model_of_somebody_else_s_that_bears_our_name_and_a_module_that_the_server_lacks_are_named(bare):
    bare.crm.call("ir.model", "create", vals_list=[{"name": "Autre", "model": "x_mist_vote"}])
    frame = bare.blueprint.frame
    wanted = frame.model_copy(update={"depends": (*frame.depends, "nulle_part")})
    plan = bare.plan(bare.blueprint.model_copy(update={"frame": wanted}))
    with pytest.raises(PlanRefused) as refused:
        check_limits(plan, allow_data_loss=False, forced=())
    assert "x_mist_vote" in refused.value.what
    assert "nulle_part" in refused.value.what
    assert bare.external_ids() == 0
