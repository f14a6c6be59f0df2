"""What the CRM in memory does beyond the conformance suite: deleting, defaults, methods of one's own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.crm.memory.client import MemoryCrm
from mist_connector.crm.memory.schema import FieldSchema, Kind
from mist_connector.errors import RequestInvalid, ServerFailed, WriteRefused

NAME = FieldSchema(Kind.CHAR)


def crm_with(on_delete):
    link = FieldSchema(Kind.MANY2ONE, relation="person", on_delete=on_delete)
    crm = MemoryCrm({"person": {"name": NAME}, "file": {"name": NAME, "person_id": link}})
    [person] = crm.call("person", "create", vals_list=[{"name": "p"}])
    crm.call("file", "create", vals_list=[{"name": "f", "person_id": person}, {"name": "other"}])
    return crm, person


def test_a_cascade_takes_the_records_that_point_to_what_goes():
    crm, person = crm_with("cascade")
    crm.call("person", "unlink", ids=[person])
    assert [row["name"] for row in crm.call("file", "search_read", domain=[])] == ["other"]


def test_a_restriction_keeps_what_others_point_to_and_changes_nothing():
    crm, person = crm_with("restrict")
    with pytest.raises(WriteRefused):
        crm.call("person", "unlink", ids=[person])
    assert crm.call("person", "search_count", domain=[]) == 1
    crm.call("file", "unlink", ids=crm.call("file", "search", domain=[("person_id", "=", person)]))
    assert crm.call("person", "unlink", ids=[person]) is True


def test_a_default_fills_what_is_not_given():
    crm = MemoryCrm({"m": {"active": FieldSchema(Kind.BOOLEAN, default=True)}})
    given_, default = crm.call("m", "create", vals_list=[{"active": False}, {}])
    assert crm.call("m", "search", domain=[]) == [default]
    assert crm.call("m", "search", domain=[("active", "=", False)]) == [given_]


def test_a_method_of_one_s_own_sees_the_crm_the_ids_and_the_arguments():
    seen = []

    def run(crm, *, ids, how):
        seen.append((ids, how))
        return crm.call("m", "search_count", domain=[])

    crm = MemoryCrm({"m": {"name": NAME}}, methods={("m", "run"): run})
    assert crm.call("m", "run", ids=[3], how="so") == 0
    assert seen == [([3], "so")]


def test_a_method_of_one_s_own_that_fails_leaves_nothing_behind():
    def run(crm, *, ids):  # noqa: ARG001 - called by name
        crm.call("m", "create", vals_list=[{"name": "half"}])
        raise WriteRefused("refusé")

    crm = MemoryCrm({"m": {"name": NAME}}, methods={("m", "run"): run})
    with pytest.raises(WriteRefused):
        crm.call("m", "run")
    assert crm.call("m", "search", domain=[]) == []


@pytest.mark.parametrize("domain", [["&", ("name", "=", "a")], ["|"], [("name", "=")], ["!"], [3]])
def test_a_malformed_domain_is_invalid(domain):
    with pytest.raises(RequestInvalid):
        MemoryCrm({"m": {"name": NAME}}).call("m", "search", domain=domain)


CONDITIONS = st.tuples(
    st.just("count"), st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "in", "not in"]), st.integers(0, 4)
).map(lambda item: (*item[:2], [item[2]]) if "in" in item[1] else item)
DOMAINS = st.recursive(
    CONDITIONS.map(lambda item: [item]),
    lambda inner: st.tuples(st.sampled_from("&|"), inner, inner).map(
        lambda item: [item[0], *item[1], *item[2]]
    ),
    max_leaves=6,
)


@given(st.lists(st.integers(0, 4), max_size=8), DOMAINS, DOMAINS)
def test_domains_obey_the_laws_of_logic(counts, one, other):
    crm = MemoryCrm({"m": {"count": FieldSchema(Kind.INTEGER)}})
    ids = set(crm.call("m", "create", vals_list=[{"count": count} for count in counts]))

    def found(domain):
        return set(crm.call("m", "search", domain=domain))

    assert found(["!", *one]) == ids - found(one)
    assert found(["&", *one, *other]) == found(one) & found(other) == found([*one, *other])
    assert found(["|", *one, *other]) == found(one) | found(other)


@pytest.mark.parametrize(
    "value", [2**31, -(2**31) - 1, "\x00", "\x1f", {"deep": [2**31]}, {1: "a"}, b"bytes"], ids=repr
)
def test_what_one_transport_could_not_carry_is_not_sent(value):
    crm = MemoryCrm({"m": {"name": NAME}}, methods={("m", "run"): lambda _crm, ids, told: True})  # noqa: ARG005
    with pytest.raises(RequestInvalid):
        crm.call("m", "run", told=value)
    with pytest.raises(RequestInvalid):
        crm.call("m", "run", told=None, context={"told": value})


@pytest.mark.parametrize(
    "value",
    [{7: "base.group_user"}, [None], {"a": None}, 2**31, date(2026, 1, 1), b"bytes", {1, 2}, "\x0b"],
    ids=repr,
)
def test_what_one_transport_could_not_carry_is_not_answered(value):
    crm = MemoryCrm({"m": {"name": NAME}}, methods={("m", "ask"): lambda _crm, ids: value})  # noqa: ARG005
    with pytest.raises(ServerFailed):
        crm.call("m", "ask")


@pytest.mark.parametrize("value", [None, False, 2**31 - 1, "é\t\n", {"a": [1, 2.5, "b"]}, (1, 2)], ids=repr)
def test_what_all_three_carry_is_answered(value):
    crm = MemoryCrm({"m": {"name": NAME}}, methods={("m", "ask"): lambda _crm, ids: value})  # noqa: ARG005
    assert crm.call("m", "ask") == value
