"""The proof on a real CRM: everybody reads what the matrix gives, and what leaks is found."""

from contextlib import closing

import pytest

from mist_connector.blueprint.pieces import piece_code
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
        # A CRM in use has a mail domain: without one, nobody could go through that way.
        if not admin.call("mail.alias.domain", "search_count", domain=[]):
            admin.call("mail.alias.domain", "create", vals_list=[{"name": "mist.example"}])
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
    assert proof.channels > 280
    assert proof.models > 180
    live = {each.channel for each in proof.outcomes if each.verdict is Verdict.ALLOWED}
    assert {"read", "read_xmlrpc", "read_jsonrpc", "web_call", "web_csv", "web_content"} <= live
    reports = {each.persona for each in proof.outcomes if each.channel == "read:alert" and each.seen}
    assert reports == {"direction", "direction_accused", "direction_on_board"}
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


WORD = "canaritoutestouvert"
# Ways that show nothing where all is well, and what a hand did so that they show the word.
OPENED = f"""
env.ref('mist_connector.model_file').write({{'is_mail_thread': True}})
for lang in ('en_US', 'fr_FR'):
    env.ref('mist_connector.field_file__x_note').with_context(lang=lang).field_description = {WORD!r}
login = {{'name': {WORD!r}, 'login': 'ouverte@mist.invalid'}}
env['res.users'].with_context(no_reset_password=True).create(login)
env['mail.canned.response'].create({{
    'source': 'x', 'substitution': {WORD!r}, 'group_ids': [(6, 0, [env.ref('base.group_user').id])],
}})
env['bus.bus']._sendone('broadcast', 'x', {{'said': {WORD!r}}})
env.ref('mist_connector.rule_file__read_write').domain_force = "[(1, '=', 1)]"
env.ref('mist_connector.access_file__staff').group_id = False
keys = (
    'filters', 'defaults', 'export_lists', 'export_lines', 'imports', 'import_columns', 'merges',
    'models_counted', 'records_named', 'attachments_stay',
)
for key in keys:
    env.ref('mist_connector.rule_hardening__' + key).active = False
for key in ('membership', 'models', 'modules'):
    env.ref('mist_connector.field_hardening__' + key).compute = (
        "for record in self: record['x_mist_guard'] = 'ok'"
    )
for key in ('mails', 'choices'):
    env.ref('mist_connector.rule_hardening__' + key).active = False
env.ref('mail.mail_compose_message_rule').active = False
"""
READING = {
    "read",
    "read_xmlrpc",
    "count",
    "by_value",
    "web_call",
    "message_read",
    "message_latest",
    "message_guessed",
}
ATTACHED = {
    "upload",
    "upload_thread",
    "attachment_zip",
    "attachment_pasted",
    "attachment_copied",
    "attachment_thumbnail",
    "attachment_page",
    "attachment_info",
}
THREAD = {"mail_thread", "thread_posted"}
LEFT = {
    "filters",
    "filters_read",
    "defaults_read",
    "exports_read",
    "export_lines",
    "export_namelist",
    "import_read",
    "import_columns",
    "letters_read",
}
SHOWN = {"mentioned", "discuss", "boxes", "pushed", "defined", "defined_bus", "exportable"}
ELEVATED = {
    "mail_run",
    "module_taken",
    "link_used",
    "settings_editor",
    "settings_table:ir.rule",
    "settings_table:ir.model.fields.selection",
}
COUNTED = {"merged", "models_counted", "records_named"}


def test_every_door_that_is_open_is_a_leak_by_the_name_of_its_way(
    sandbox, deployed, admin_of, mappings, monkeypatch
):
    """In a CRM of its own, since most of it cannot be closed again."""
    words = Words({tier: f"canari{tier}" for tier in TIERS} | {"personal": WORD})
    monkeypatch.setattr(Words, "invented", lambda _: words)
    name = sandbox.clone("opened", source=deployed)
    sandbox.shell(f"{OPENED}\nenv.cr.commit()", name=name)
    # What was pushed more than a minute ago, the CRM does not tell any more.
    sandbox.query("UPDATE bus_bus SET create_date = create_date + interval '1 hour'", name=name)
    profile = Profile(url=sandbox.url, database=name, login=sandbox.admin_login, timeout=60)
    personas = [each for each in PERSONAS if each.id in {*FEW, "access_rights"}]
    with closing(admin_of(name)) as crm:
        matrix = mappings.bylaws.matrix
        proof = prove(crm, profile, mappings.blueprint, matrix, Silent(), personas=personas, sweep=False)
    leaks = {(each.persona, each.channel) for each in proof.failures if each.verdict is Verdict.LEAK}
    expected = READING | ATTACHED | THREAD | LEFT | SHOWN | COUNTED | ELEVATED
    assert expected - {channel for _, channel in leaks} == set()
    assert (READING | ATTACHED | THREAD | SHOWN) - {way for who, way in leaks if who == "account"} == set()
    sandbox.drop(name)


def test_a_refusal_that_tells_more_than_whoever_asks_may_read_is_a_leak(proved, by_hand):
    code = piece_code("refusal")
    assert code.count("if not told and") == 1
    by_hand("ir.actions.server", "piece_refusal", code=code.replace("if not told and", "if False and"))
    failures = proved("direction", "unsigned").failures
    leaks = {(each.persona, each.channel) for each in failures if each.verdict is Verdict.LEAK}
    assert leaks == {("unsigned", "told_by_hook")}


def test_a_right_that_was_taken_away_is_too_little(proved, by_hand):
    by_hand("ir.model.access", "access_file__staff", perm_read=False)
    found = {(each.persona, each.channel, each.verdict) for each in proved(*FEW).failures}
    assert ("accompanying", "read", Verdict.TOO_LITTLE) in found
    assert ("direction", "read", Verdict.TOO_LITTLE) not in found
