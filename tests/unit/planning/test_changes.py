"""How a change is said to a person."""

from mist_connector.blueprint.records import Reference
from mist_connector.planning.changes import SHORT, Act, Change, ValueChange

LONG = "début commun " * 20


def detail(before, after):
    [line] = Change(Act.CHANGE, "ir.rule", "a", "A", (ValueChange("code", before, after),)).details()
    return line


def test_short_values_are_said_whole():
    assert detail(None, "neuf") == "code : (vide) → neuf"
    assert detail(frozenset(), frozenset({Reference("base.b"), Reference("base.a")})) == (
        "code : (aucun) → base.a, base.b"
    )


def test_of_long_texts_what_stands_around_the_first_difference_is_said():
    line = detail(LONG + "ancien", LONG + "nouveau")
    assert "commun ancien → …" in line
    assert "commun nouveau" in line
    assert len(line) < 3 * SHORT


def test_a_sentence_tells_the_act_the_thing_and_the_rules():
    change = Change(Act.RESTORE, "ir.rule", "a", "file.read", rules=("C05", "C07"))
    assert change.sentence() == "rétablira (modifié à la main) la règle d'accès « file.read » [C05, C07]"
    assert (
        change.sentence(done=True) == "rétablit (modifié à la main) la règle d'accès « file.read » [C05, C07]"
    )
