"""Leases wait for the association, and nothing that does not resolve becomes a right for everybody."""

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.records import MODULE, Reference
from mist_connector.bylaws.tiers import Tier
from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.everything import declare
from mist_connector.declared.reading import Source
from mist_connector.errors import DeclarationError

FRAME, DECISIONS = "blueprint/crm.yaml", "decisions.yaml"
WAITING = {"board_people", "board_mandates", "roots_people", "roots_votes", "roots_steps"}


def changed(path, *pairs):
    sources = load_sources(None)
    text = sources[path].text
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    sources[path] = Source(sources[path].name, text)
    return sources


def problems(path, *pairs):
    with pytest.raises(DeclarationError) as caught:
        declare(changed(path, *pairs))
    return [problem.what for problem in caught.value.problems]


def settled(question, answer, other=None):
    old = f"answer: {answer}\n"
    text = load_sources(None)[DECISIONS].text
    head, tail = text[: text.index(f"- id: {question}")], text[text.index(f"- id: {question}") :]
    assert old in tail
    new = f"answer: {other or answer}\n    decided_by: conseil\n    decided_on: 2026-06-01\n"
    sources = load_sources(None)
    sources[DECISIONS] = Source(sources[DECISIONS].name, head + tail.replace(old, new, 1))
    return declare(sources)


def opened(declared, model, group):
    names = {record.name for record in compile_blueprint(declared.blueprint)}
    return f"access_{model}__{group}" in names


def test_board_and_roots_read_nothing_until_the_association_has_decided_so(mappings):
    assert {lease.key for lease in mappings.blueprint.waiting} >= WAITING
    assert not any(opened(mappings, model, "office") for model in ("person", "mandate", "vote", "step"))
    decided = settled("Q26", "direction_and_staff")
    assert not WAITING & {lease.key for lease in decided.blueprint.waiting}
    assert all(opened(decided, model, "office") for model in ("person", "mandate", "vote", "step"))
    assert not opened(decided, "file", "office")


def test_another_answer_leaves_them_out():
    decided = settled("Q26", "direction_and_staff", "direction_only")
    assert {lease.key for lease in decided.blueprint.waiting} >= WAITING


def test_the_second_recipient_is_whom_the_answer_names(mappings):
    waiting = {lease.key for lease in mappings.blueprint.waiting}
    assert "second_recipient_roots" in waiting
    assert "second_recipient" not in waiting
    waiting = {lease.key for lease in settled("Q20", "president", "roots").blueprint.waiting}
    assert "second_recipient" in waiting
    assert "second_recipient_roots" not in waiting


def test_where_refusal_always_wins_no_exception_opens_a_file(mappings):
    def rule(declared):
        records = {record.name: record for record in compile_blueprint(declared.blueprint)}
        return records["rule_file__read_write"].values["domain_force"]

    assert "x_exception_ids" in rule(mappings)
    assert "x_exception_ids" not in rule(settled("Q11", "staff_rule_board_denies", "refusal_always_wins"))


def test_how_long_an_agreement_is_valid_comes_from_the_decision(mappings):
    def guard(declared):
        records = {record.name: record for record in compile_blueprint(declared.blueprint)}
        return records["field_agreement__x_guard"].values["compute"]

    assert "months=12" in guard(mappings)
    pair = ("numbers: {validity_months: 12}", "numbers: {validity_months: 6}")
    assert "months=6" in guard(declare(changed(DECISIONS, pair)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reader: direction, group: direction", "reader: direction, group: directionn"),
        ("holds: {named: direction_today}}", "holds: {named: direction_todayy}}"),
        ("decided: Q20.president", "decided: Q20.presidente"),
        ("decided: Q26.direction_and_staff", "decided: Q99.direction_and_staff"),
        ("- {field: role, equals: direction}", "- {field: rolle, equals: direction}"),
        ("exists: association.functions", "exists: association.funktions"),
    ],
)
def test_what_does_not_resolve_stops_before_anything_is_written(old, new):
    assert problems(FRAME, (old, new))


def test_every_right_has_a_group_of_ours_and_every_rule_is_global_and_closes_by_default(mappings):
    blueprint = mappings.blueprint
    groups = {Reference(f"{MODULE}.group_{group.key}") for group in blueprint.frame.groups}
    records = compile_blueprint(blueprint)
    rights = [record for record in records if record.model == "ir.model.access"]
    assert rights
    assert all(record.values["group_id"] in groups for record in rights)
    for model in blueprint.models:
        rules = [r for r in records if r.model == "ir.rule" and r.name.startswith(f"rule_{model.key}__")]
        for right in ("perm_read", "perm_write", "perm_create", "perm_unlink"):
            [rule] = [each for each in rules if each.values[right]]
            assert rule.values["groups"] == frozenset()
            domain = str(rule.values["domain_force"])
            assert domain == "[(0, '=', 1)]" or "user" in domain, (model.key, right)


def test_the_matrix_has_a_cell_with_a_reason_for_every_reader_and_tier(mappings):
    reasons = {rule.id for rule in mappings.bylaws.rules} | {each.id for each in mappings.bylaws.decisions}
    for reader in mappings.bylaws.matrix.readers:
        assert set(reader.tiers) == set(Tier), reader.id
        for cell in reader.tiers.values():
            assert set(cell.because) <= reasons


def test_nothing_of_the_register_leads_to_an_examination_and_no_file_takes_it_along(mappings):
    leading = [
        (model.key, field.key)
        for model in mappings.blueprint.models
        for field in model.fields
        if field.to == "investigation" and field.type != "apart"
    ]
    assert leading == []
    names = {record.name for record in compile_blueprint(mappings.blueprint)}
    assert not any("x_investigation" in name for name in names)
    assert "investigation" not in {table.model for table in mappings.register}
