"""The proof on a real CRM: everybody reads what the matrix gives, and what leaks is found."""

from contextlib import closing

import pytest

from mist_connector.crm.profiles import Profile
from mist_connector.proof.outcome import Verdict
from mist_connector.proof.personas import PERSONAS
from mist_connector.proof.planting import MARKER, plant, remove
from mist_connector.proof.prove import TIERS, prove
from mist_connector.proof.words import Words
from mist_connector.reporting import Silent

FEW = ("direction", "accompanying", "account")


@pytest.fixture(scope="module")
def name(sandbox, deployed):
    made = sandbox.clone("proof", source=deployed)
    yield made
    sandbox.drop(made)


@pytest.fixture(scope="module")
def crm(name, admin_of):
    with closing(admin_of(name)) as admin:
        yield admin


@pytest.fixture(scope="module")
def proved(sandbox, name, crm, mappings):
    """A function that proves with some of the personas, without the sweep unless asked for."""
    profile = Profile(url=sandbox.url, database=name, login=sandbox.admin_login, timeout=60)

    def run(*ids, sweep=False):
        personas = [each for each in PERSONAS if not ids or each.id in ids]
        matrix = mappings.bylaws.matrix
        return prove(crm, profile, mappings.blueprint, matrix, Silent(), personas=personas, sweep=sweep)

    return run


def left(sandbox, name, mappings):
    """Return everything that carries the marker, looked for behind the CRM's back."""
    tables = {model.technical for model in mappings.blueprint.models} - {"x_mist_association"}
    counts = [f"(SELECT count(*) FROM {table})" for table in sorted(tables)]  # noqa: S608 - our own names
    like = f"LIKE '%{MARKER}'"
    counts += [
        f"(SELECT count(*) FROM res_users WHERE login {like})",  # noqa: S608
        f"(SELECT count(*) FROM res_partner WHERE name {like} OR email {like})",  # noqa: S608
        f"(SELECT count(*) FROM ir_attachment WHERE name {like})",  # noqa: S608
        "(SELECT count(*) FROM ir_act_server WHERE name::text LIKE '%preuve%')",
    ]
    return int(sandbox.query(f"SELECT {' + '.join(counts)}", name=name))


def test_everybody_reads_what_the_matrix_gives_and_nothing_of_the_proof_is_left(
    proved, sandbox, name, mappings
):
    proof = proved(sweep=True)
    assert {(str(each.verdict), each.persona, each.channel, each.tier) for each in proof.failures} == set()
    assert proof.holds
    assert proof.channels > 160
    assert proof.models > 180
    live = {each.channel for each in proof.outcomes if each.verdict is Verdict.ALLOWED}
    assert {"read", "read_xmlrpc", "read_jsonrpc", "web_call", "web_csv", "web_content"} <= live
    assert left(sandbox, name, mappings) == 0


def test_what_a_killed_proof_left_is_removed_by_the_next(crm, sandbox, name, mappings):
    plant(crm, mappings.blueprint, PERSONAS[:3], Words.invented(TIERS))
    assert left(sandbox, name, mappings) > 0
    remove(crm, mappings.blueprint)
    assert left(sandbox, name, mappings) == 0


@pytest.fixture
def by_hand(crm):
    """A function that changes a record of ours, which is put back afterwards."""
    undo = []

    def write(model, name, **values):
        domain = [["module", "=", "mist_connector"], ["name", "=", name]]
        [row] = crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
        ids = [row["res_id"]]
        [before] = crm.call(model, "read", ids=ids, fields=list(values))
        undo.append((model, ids, {key: before[key] for key in values}))
        crm.call(model, "write", ids=ids, vals=values)

    yield write
    for model, ids, values in undo:
        crm.call(model, "write", ids=ids, vals=values)


def test_a_file_that_opens_too_far_is_a_leak_by_name(proved, by_hand):
    by_hand("ir.rule", "rule_file__read_write", domain_force="[(1, '=', 1)]")
    by_hand("ir.model.access", "access_file__staff", group_id=False)
    leaks = [each for each in proved(*FEW).failures if each.verdict is Verdict.LEAK]
    assert {each.persona for each in leaks} == {"account"}
    assert {each.tier for each in leaks} == {"personal"}
    assert {"read", "read_xmlrpc", "count", "by_value", "web_call"} <= {each.channel for each in leaks}


def test_a_right_that_was_taken_away_is_too_little(proved, by_hand):
    by_hand("ir.model.access", "access_file__staff", perm_read=False)
    found = {(each.persona, each.channel, each.verdict) for each in proved(*FEW).failures}
    assert ("accompanying", "read", Verdict.TOO_LITTLE) in found
    assert ("direction", "read", Verdict.TOO_LITTLE) not in found
