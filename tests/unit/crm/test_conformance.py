"""What every CRM behind the port must do: run here on the fake, and by tests/odoo/crm on each transport.

`tests/odoo/crm/test_conformance.py` is a link to this file, so that there is one suite; the `crm` fixture
of each folder gives it its CRM, with the models of SCHEMA empty.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mist_connector.crm.memory.schema import FieldSchema, Kind
from mist_connector.errors import RequestInvalid, WriteRefused

THING = "x_mist_thing"
LABEL = "x_mist_label"
SCHEMA = {
    LABEL: {"x_name": FieldSchema(Kind.CHAR)},
    THING: {
        "x_name": FieldSchema(Kind.CHAR, required=True),
        "x_text": FieldSchema(Kind.TEXT),
        "x_count": FieldSchema(Kind.INTEGER),
        "x_ratio": FieldSchema(Kind.FLOAT),
        "x_flag": FieldSchema(Kind.BOOLEAN),
        "x_active": FieldSchema(Kind.BOOLEAN),
        "x_day": FieldSchema(Kind.DATE),
        "x_moment": FieldSchema(Kind.DATETIME),
        "x_kind": FieldSchema(Kind.SELECTION, options=("soft", "hard")),
        "x_parent_id": FieldSchema(Kind.MANY2ONE, relation=THING),
        "x_child_ids": FieldSchema(Kind.ONE2MANY, relation=THING, inverse="x_parent_id"),
        "x_label_ids": FieldSchema(Kind.MANY2MANY, relation=LABEL),
    },
}


def make(crm, *names, **values):
    """Create active things, and return their ids."""
    vals_list = [{"x_name": name, "x_active": True, **values} for name in names]
    return crm.call(THING, "create", vals_list=vals_list)


def label(crm, *names):
    return crm.call(LABEL, "create", vals_list=[{"x_name": name} for name in names])


def value(crm, identity, field):
    """Read one field of one thing."""
    [row] = crm.call(THING, "read", ids=[identity], fields=[field], load="")
    return row[field]


def found(crm, domain, **arguments):
    """Return the names that a domain finds."""
    rows = crm.call(THING, "search_read", domain=domain, fields=["x_name"], **arguments)
    return [row["x_name"] for row in rows]


def test_a_batch_is_created_in_one_request_and_answers_the_ids_in_order(crm):
    crm.uid()
    before = crm.requests
    ids = make(crm, "a", "b", "c")
    assert crm.requests == before + 1
    rows = crm.call(THING, "read", ids=ids, fields=["x_name"])
    assert [(row["id"], row["x_name"]) for row in rows] == list(zip(ids, "abc", strict=True))


def test_reading_keeps_the_order_that_was_asked_for(crm):
    ids = make(crm, "a", "b", "c")
    asked = [ids[2], ids[0], ids[1]]
    assert [row["id"] for row in crm.call(THING, "read", ids=asked, fields=["x_name"])] == asked


def test_reading_answers_the_id_and_the_fields_asked_for_and_no_others(crm):
    [identity] = make(crm, "a")
    [row] = crm.call(THING, "read", ids=[identity], fields=["x_name", "x_count"])
    assert row == {"id": identity, "x_name": "a", "x_count": 0}


def test_reading_without_fields_answers_all_of_them(crm):
    [identity] = make(crm, "a")
    [row] = crm.call(THING, "read", ids=[identity])
    assert set(SCHEMA[THING]) | {"id", "display_name"} <= set(row)


def test_what_nobody_filled_in_reads_as_the_empty_value_of_its_kind(crm):
    [identity] = make(crm, "a")
    [row] = crm.call(THING, "read", ids=[identity], fields=sorted(SCHEMA[THING]))
    empty = {name: row[name] for name in SCHEMA[THING] if name not in {"x_name", "x_active"}}
    assert empty == {
        "x_text": False,
        "x_count": 0,
        "x_ratio": 0.0,
        "x_flag": False,
        "x_day": False,
        "x_moment": False,
        "x_kind": False,
        "x_parent_id": False,
        "x_child_ids": [],
        "x_label_ids": [],
    }


def test_a_write_changes_every_record_named_and_no_other(crm):
    a, b, c = make(crm, "a", "b", "c")
    assert crm.call(THING, "write", ids=[a, b], vals={"x_count": 7}) is True
    assert [value(crm, identity, "x_count") for identity in (a, b, c)] == [7, 7, 0]


def test_a_deleted_record_is_no_longer_read_nor_found(crm):
    a, b = make(crm, "a", "b")
    assert crm.call(THING, "unlink", ids=[a]) is True
    assert [row["id"] for row in crm.call(THING, "read", ids=[a, b], fields=["x_name"])] == [b]
    assert found(crm, []) == ["b"]


def test_search_answers_ids_and_search_count_how_many(crm):
    ids = make(crm, "a", "b", "c")
    assert crm.call(THING, "search", domain=[], order="id") == ids
    assert crm.call(THING, "search_count", domain=[]) == 3
    assert crm.call(THING, "search_count", domain=[], limit=2) == 2


def test_pages_follow_each_other_without_gap_or_overlap(crm):
    make(crm, *"abcdefg")
    pages = [found(crm, [], order="id", offset=start, limit=3) for start in (0, 3, 6, 9)]
    assert pages == [["a", "b", "c"], ["d", "e", "f"], ["g"], []]


def test_records_come_in_the_order_asked_for_with_the_unset_last(crm):
    make(crm, "a", x_day="2026-03-01", x_count=1)
    make(crm, "b", x_day="2026-01-01", x_count=2)
    make(crm, "c", x_count=2)
    assert found(crm, [], order="x_day") == ["b", "a", "c"]
    assert found(crm, [], order="x_count desc, x_name") == ["b", "c", "a"]
    assert found(crm, [], order="x_count, x_name desc") == ["a", "c", "b"]


def test_a_many2one_reads_as_id_and_name_or_as_the_bare_id(crm):
    [parent] = make(crm, "parent")
    [child] = make(crm, "child", x_parent_id=parent)
    [row] = crm.call(THING, "read", ids=[child], fields=["x_parent_id"])
    assert row["x_parent_id"] == [parent, "parent"]
    assert value(crm, child, "x_parent_id") == parent


@pytest.mark.parametrize("nothing", [None, False], ids=["None", "False"])
def test_none_and_false_both_empty_a_field(crm, nothing):
    [parent] = make(crm, "parent")
    filled = {"x_text": "t", "x_day": "2026-02-03", "x_parent_id": parent, "x_kind": "soft"}
    [child] = make(crm, "child", **filled)
    crm.call(THING, "write", ids=[child], vals=dict.fromkeys(filled, nothing))
    assert [value(crm, child, name) for name in filled] == [False] * 4


def test_a_one2many_creates_changes_and_deletes_the_records_behind_it(crm):
    [parent] = make(crm, "parent")
    commands = [(0, 0, {"x_name": name, "x_active": True}) for name in ("one", "two", "three")]
    crm.call(THING, "write", ids=[parent], vals={"x_child_ids": commands})
    one, two, three = value(crm, parent, "x_child_ids")
    crm.call(
        THING,
        "write",
        ids=[parent],
        vals={"x_child_ids": [(1, one, {"x_count": 5}), (2, two, 0), (3, three, 0)]},
    )
    assert value(crm, parent, "x_child_ids") == [one]
    assert value(crm, one, "x_count") == 5
    assert value(crm, three, "x_parent_id") is False
    assert sorted(found(crm, [])) == ["one", "parent", "three"]


def test_a_one2many_links_and_clears(crm):
    [parent] = make(crm, "parent")
    a, b = make(crm, "a", "b")
    crm.call(THING, "write", ids=[parent], vals={"x_child_ids": [(4, a, 0), (4, b, 0)]})
    assert value(crm, parent, "x_child_ids") == [a, b]
    crm.call(THING, "write", ids=[parent], vals={"x_child_ids": [(5, 0, 0)]})
    assert value(crm, parent, "x_child_ids") == []


def test_a_many2many_is_set_added_to_taken_from_and_cleared(crm):
    a, b, c = label(crm, "a", "b", "c")
    [thing] = make(crm, "thing", x_label_ids=[(6, 0, [a, b])])
    assert value(crm, thing, "x_label_ids") == [a, b]
    crm.call(THING, "write", ids=[thing], vals={"x_label_ids": [(4, c, 0), (3, a, 0)]})
    assert value(crm, thing, "x_label_ids") == [b, c]
    crm.call(THING, "write", ids=[thing], vals={"x_label_ids": [(5, 0, 0)]})
    assert value(crm, thing, "x_label_ids") == []


def test_a_many2many_creates_what_it_links(crm):
    [thing] = make(crm, "thing", x_label_ids=[(0, 0, {"x_name": "new"})])
    [created] = value(crm, thing, "x_label_ids")
    assert crm.call(LABEL, "read", ids=[created], fields=["x_name"]) == [{"id": created, "x_name": "new"}]


def test_deleting_what_others_point_to_empties_their_fields(crm):
    [mark] = label(crm, "mark")
    [parent] = make(crm, "parent")
    [child] = make(crm, "child", x_parent_id=parent, x_label_ids=[(6, 0, [mark])])
    crm.call(THING, "unlink", ids=[parent])
    crm.call(LABEL, "unlink", ids=[mark])
    assert value(crm, child, "x_parent_id") is False
    assert value(crm, child, "x_label_ids") == []


@pytest.mark.parametrize(
    "text",
    [
        "Zoé Œuvrard",
        "🦊👩🏽‍🚀",
        "نص عربي",
        "漢字",
        "<b>&amp;</b> ]]>",
        "a\nb\tc",
        "’ – non-breaking",
        "'\"\\%s",
    ],
)
def test_text_comes_back_as_it_was_sent(crm, text):
    [identity] = make(crm, "a", x_text=text)
    assert value(crm, identity, "x_text") == text
    assert found(crm, [("x_text", "=", text)]) == ["a"]


def test_five_megabytes_go_and_come_back(crm):
    text = "0123456789é" * 500_000
    [identity] = make(crm, "big", x_text=text)
    assert value(crm, identity, "x_text") == text


def test_dates_are_taken_as_dates_or_text_and_answered_as_text(crm):
    a, b = make(crm, "a", x_day=date(2026, 2, 28)) + make(crm, "b", x_day="2026-03-01")
    assert [value(crm, identity, "x_day") for identity in (a, b)] == ["2026-02-28", "2026-03-01"]
    assert found(crm, [("x_day", "<=", date(2026, 2, 28))]) == ["a"]


def test_moments_are_sent_in_utc_whatever_their_zone(crm):
    paris = timezone(timedelta(hours=2))
    [identity] = make(crm, "a", x_moment=datetime(2026, 7, 1, 14, 30, 15, tzinfo=paris))
    assert value(crm, identity, "x_moment") == "2026-07-01 12:30:15"
    assert found(crm, [("x_moment", "=", datetime(2026, 7, 1, 12, 30, 15, tzinfo=UTC))]) == ["a"]


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        ([], "abcd"),
        ([("x_count", "=", 2)], "b"),
        ([("x_count", "=", 0)], "d"),
        ([("x_count", "!=", 2)], "acd"),
        ([("x_count", ">", 1)], "bc"),
        ([("x_count", ">=", 2)], "bc"),
        ([("x_count", "<", 2)], "ad"),
        ([("x_count", "<=", 2)], "abd"),
        ([("x_count", "in", [1, 3])], "ac"),
        ([("x_count", "not in", [1, 3])], "bd"),
        ([("x_name", "in", [])], ""),
        ([("x_text", "ilike", "éT")], "ab"),
        ([("x_text", "=", False)], "cd"),
        ([("x_text", "!=", False)], "ab"),
        ([("x_text", "!=", "été")], "bcd"),
        ([("x_text", "in", ["été", False])], "acd"),
        ([("x_day", ">", "2026-01-15")], "b"),
        ([("x_day", "!=", "2026-01-01")], "bcd"),
        ([("x_kind", "=", "soft")], "a"),
        ([("x_kind", "=", False)], "cd"),
        ([("x_flag", "=", True)], "a"),
        ([("x_flag", "=", False)], "bcd"),
        (["|", ("x_count", "=", 1), ("x_count", "=", 2)], "ab"),
        (["&", ("x_count", ">", 0), ("x_count", "<", 3)], "ab"),
        (["!", ("x_count", "=", 1)], "bcd"),
        (["|", "&", ("x_count", "=", 1), ("x_name", "=", "a"), ("x_name", "=", "d")], "ad"),
        (["!", "|", ("x_count", "=", 1), ("x_count", "=", 2), ("x_name", "!=", "d")], "c"),
        ([("x_parent_id.x_name", "=", "a")], "b"),
        ([("x_parent_id.x_name", "ilike", "A")], "b"),
        ([("x_parent_id", "!=", False)], "bc"),
        ([("x_parent_id", "=", False)], "ad"),
        ([("x_parent_id.x_parent_id.x_name", "=", "a")], "c"),
        ([("x_child_ids.x_count", "=", 3)], "b"),
        ([("x_child_ids", "=", False)], "cd"),
        ([("x_child_ids", "!=", False)], "ab"),
        ([("x_label_ids.x_name", "=", "red")], "a"),
        ([("x_label_ids.x_name", "in", ["red", "blue"])], "ab"),
        ([("x_label_ids", "=", False)], "cd"),
        ([("x_child_ids", "any", [("x_count", ">", 1), ("x_name", "=", "b")])], "a"),
        ([("x_child_ids", "not any", [("x_count", ">", 1)])], "cd"),
    ],
    ids=str,
)
def test_a_domain_finds(crm, domain, names):
    red, blue = label(crm, "red", "blue")
    [a] = make(
        crm,
        "a",
        x_count=1,
        x_text="été",
        x_day="2026-01-01",
        x_kind="soft",
        x_flag=True,
        x_label_ids=[(4, red, 0)],
    )
    [b] = make(
        crm,
        "b",
        x_count=2,
        x_text="Été ?",
        x_day="2026-02-01",
        x_kind="hard",
        x_parent_id=a,
        x_label_ids=[(4, blue, 0)],
    )
    make(crm, "c", x_count=3, x_parent_id=b)
    make(crm, "d")
    assert found(crm, domain, order="x_name") == list(names)


def test_a_domain_may_name_records_by_id(crm):
    ids = make(crm, "a", "b", "c")
    assert found(crm, [("id", "in", ids[1:])], order="id") == ["b", "c"]
    [mark] = label(crm, "mark")
    crm.call(THING, "write", ids=[ids[0]], vals={"x_label_ids": [(4, mark, 0)]})
    assert found(crm, [("x_label_ids", "in", [mark])]) == ["a"]


def test_archived_records_are_left_out_unless_they_are_asked_for(crm):
    make(crm, "a")
    make(crm, "b", x_active=False)
    assert found(crm, []) == ["a"]
    assert found(crm, [], context={"active_test": False}, order="x_name") == ["a", "b"]
    assert found(crm, [("x_active", "=", False)]) == ["b"]


def test_fields_get_describes_the_fields(crm):
    about = crm.call(THING, "fields_get", attributes=["type", "relation", "required"])
    assert {name: about[name]["type"] for name in SCHEMA[THING]} == {
        name: str(field.kind) for name, field in SCHEMA[THING].items()
    }
    assert about["x_label_ids"]["relation"] == LABEL
    assert about["x_name"]["required"] is True


def test_fields_get_describes_only_the_fields_asked_for(crm):
    about = crm.call(THING, "fields_get", allfields=["x_kind"])
    assert set(about) == {"x_kind"}
    assert [option[0] for option in about["x_kind"]["selection"]] == ["soft", "hard"]


def test_a_method_without_arguments_can_be_called(crm):
    assert crm.call("res.users", "context_get")["uid"] == crm.uid()


def test_a_method_that_answers_nothing_answers_none(crm):
    assert crm.call("ir.ui.view", "reset_arch", ids=[]) is None


@pytest.mark.parametrize(
    ("model", "method", "arguments"),
    [
        ("x_mist_nothing", "search", {"domain": []}),
        (THING, "nothing", {}),
        (THING, "nothing", {"ids": [1]}),
        (THING, "_write", {"ids": [1], "vals": {}}),
        (THING, "search", {"domain": [("x_nothing", "=", 1)]}),
        (THING, "search", {"domain": [("x_parent_id.x_nothing", "=", 1)]}),
        (THING, "search", {"domain": [("x_name", "resembles", "a")]}),
        (THING, "search", {"domain": ["x_name"]}),
        (THING, "search", {"domain": [], "order": "x_nothing"}),
        (THING, "search", {"domain": [], "pages": 3}),
        (THING, "search_read", {"domain": [], "fields": ["x_nothing"]}),
        (THING, "read", {"ids": [1], "fields": ["x_nothing"]}),
        (THING, "create", {"vals_list": [{"x_name": "a", "x_nothing": 1}]}),
        (THING, "create", {"vals_list": [{"x_name": "a", "x_kind": "other"}]}),
        (THING, "create", {"vals_list": [{"x_name": "a", "x_count": "three"}]}),
        (THING, "create", {"vals_list": [{"x_name": "a", "x_day": "yesterday"}]}),
        (THING, "create", {"vals_list": [{"x_name": "a", "x_text": b"bytes"}]}),
    ],
    ids=lambda item: str(item)[:60],
)
def test_a_request_that_the_crm_cannot_understand_is_invalid(crm, model, method, arguments):
    make(crm, "a")
    with pytest.raises(RequestInvalid) as caught:
        crm.call(model, method, **arguments)
    assert "\n" not in caught.value.what
    assert found(crm, []) == ["a"]


def test_an_unknown_field_of_a_write_is_invalid(crm):
    [identity] = make(crm, "a")
    with pytest.raises(RequestInvalid):
        crm.call(THING, "write", ids=[identity], vals={"x_nothing": 1})


def test_a_required_field_left_empty_is_refused(crm):
    with pytest.raises(WriteRefused):
        crm.call(THING, "create", vals_list=[{"x_text": "no name"}])


def test_one_bad_row_and_the_whole_batch_is_as_if_never_sent(crm):
    [parent] = make(crm, "parent")
    vals_list = [
        {"x_name": "good", "x_active": True, "x_parent_id": parent},
        {"x_name": "bad", "x_kind": "other"},
    ]
    with pytest.raises(RequestInvalid):
        crm.call(THING, "create", vals_list=vals_list)
    assert found(crm, []) == ["parent"]
    assert value(crm, parent, "x_child_ids") == []


def test_a_write_that_fails_on_one_field_changes_nothing(crm):
    ids = make(crm, "a", "b")
    with pytest.raises(RequestInvalid):
        crm.call(THING, "write", ids=ids, vals={"x_count": 9, "x_kind": "other"})
    assert [value(crm, identity, "x_count") for identity in ids] == [0, 0]


def test_a_write_to_a_record_that_is_gone_changes_the_others_without_a_word(crm):
    [identity] = make(crm, "a")
    assert crm.call(THING, "write", ids=[identity, 99_999_999], vals={"x_count": 9}) is True
    assert value(crm, identity, "x_count") == 9


@pytest.mark.parametrize(
    "link",
    [{"x_parent_id": 99_999_999}, {"x_label_ids": [(4, 99_999_999, 0)]}],
    ids=["many2one", "many2many"],
)
def test_a_link_to_a_record_that_does_not_exist_is_refused(crm, link):
    with pytest.raises(WriteRefused):
        make(crm, "a", **link)
    assert found(crm, []) == []


def test_each_call_is_one_request_failed_ones_too(crm):
    crm.uid()
    before = crm.requests
    make(crm, "a")
    with pytest.raises(RequestInvalid):
        crm.call(THING, "nothing")
    found(crm, [])
    assert crm.requests == before + 3


def test_the_version_and_the_user_are_asked_once_and_remembered(crm):
    version, user = crm.version(), crm.uid()
    before = crm.requests
    assert (crm.version(), crm.uid()) == (version, user)
    assert crm.requests == before
    assert (version.major >= 19, user > 0) == (True, True)
    assert version.text.startswith(str(version.major)) or "saas" in version.text


def test_the_login_is_the_account_s(crm):
    assert crm.login == "admin"
