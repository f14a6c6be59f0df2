import pytest

from mist_connector.bylaws.rules import Mechanism
from mist_connector.declared.coverage import State, coverage
from mist_connector.declared.everything import declare
from mist_connector.declared.known_ids import known_ids


@pytest.fixture(scope="module")
def everything(delivered):
    return declare(delivered)


@pytest.fixture(scope="module")
def named(everything):
    """Return what each rule refers to, as pairs of kind and id."""
    return {
        rule.id: {(each.kind, each.ref) for each in rule.implemented_by} for rule in everything.bylaws.rules
    }


def test_every_reference_of_the_delivered_rules_leads_somewhere(everything):
    covered = coverage(everything.bylaws.rules, known_ids(everything))
    assert [each.dangling for each in covered.rules if each.dangling] == []
    assert covered.count(State.MISSING) == 0


def test_every_requirement_of_a_status_is_named_by_its_rule(everything, named):
    for status in everything.provisions.statuses:
        for requirement in status.requires:
            refs = {ref for kind, ref in named[requirement.rule] if kind is Mechanism.STATUS}
            assert {status.id, f"{status.id}.{requirement.rule}"} & refs or any(
                ref.endswith(f".{requirement.rule}") for ref in refs
            ), requirement.rule


def test_every_hook_and_every_lease_is_named_by_its_rule(everything, named):
    for hook in everything.blueprint.hooks:
        assert (Mechanism.HOOK, hook.key) in named[hook.requirement.rule]
    for lease in everything.blueprint.frame.leases:
        assert (Mechanism.ACCESS, lease.key) in named[lease.rule]


def test_every_check_of_a_rule_is_named_by_it(everything, named):
    for check in everything.provisions.checks:
        if check.rule:
            assert {(Mechanism.CHECK, check.id), (Mechanism.REMINDER, check.id)} & named[check.rule], check.id


def test_every_number_of_an_office_is_named_by_its_rule(everything, named):
    for office in everything.provisions.offices:
        for part in ("months", "seats", "requires_status", "french"):
            value = getattr(office, part)
            assert value is None or (Mechanism.OFFICE, f"{office.id}.{part}") in named[value.rule]


def test_each_kind_of_mechanism_that_exists_is_known(everything):
    empty = {kind for kind, ids in known_ids(everything).items() if not ids}
    assert empty == set()
