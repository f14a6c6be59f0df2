"""What `mist check` shows: each matter once with its codes, and a row for each person where asked."""

from __future__ import annotations

from dataclasses import replace

from mist_connector.bylaws.checks import Severity
from mist_connector.bylaws.findings import Finding
from mist_connector.bylaws.text import Text
from mist_connector.cli.check import rows_of

SAID = Text(fr="rien n'est noté", en="nothing is noted")
ONE = Finding("no_card", Severity.REMINDER, "A09", SAID, SAID, code="P-0000-0001")
OTHER = replace(ONE, code="P-0000-0002")
MORE = replace(ONE, check="no_mentor", rule="A12", text=Text(fr="autre chose", en="something else"))


def test_what_is_said_of_several_in_the_same_words_is_one_row_with_their_codes():
    assert [row[1:3] for row in rows_of((ONE, OTHER, MORE))] == [
        ("A09", "P-0000-0001, P-0000-0002"),
        ("A12", "P-0000-0001"),
    ]


def test_where_asked_each_person_has_her_rows_beside_each_other():
    assert [row[1:3] for row in rows_of((ONE, OTHER, MORE), apart=True)] == [
        ("A09", "P-0000-0001"),
        ("A12", "P-0000-0001"),
        ("A09", "P-0000-0002"),
    ]
