from datetime import date
from enum import StrEnum
from itertools import pairwise
from time import process_time
from typing import Literal

import pytest
import yaml
from pydantic import Field, field_validator

from mist_connector.declared import composing
from mist_connector.declared.reading import Source, Strict, read, suggest
from mist_connector.errors import Place, Problem


@pytest.fixture(autouse=True, params=["CSafeLoader", "SafeLoader"])
def _parser(request, monkeypatch):
    """Run every test with both parsers: what is told may not depend on how PyYAML was built."""
    monkeypatch.setattr(composing, "PARSER", getattr(yaml, request.param))


class Colour(StrEnum):
    RED = "rouge"
    BLUE = "bleu"


class Leaf(Strict):
    id: str = Field(pattern=r"^[a-z]+$")
    colour: Colour = Colour.RED
    since: date | None = None
    count: int = Field(default=1, ge=1)
    open: bool = False
    side: Literal["left", "right"] = "left"

    @field_validator("id")
    @classmethod
    def _not_forbidden(cls, value: str) -> str:
        if value == "forbidden":
            raise ValueError("ce mot est réservé")
        return value


class Tree(Strict):
    title: str
    leaves: tuple[Leaf, ...] = ()
    by_name: dict[str, Leaf] = Field(default_factory=dict)


def problems_of(text: str) -> list[Problem]:
    problems: list[Problem] = []
    document = read(Source("f.yaml", text), Tree, problems)
    assert (document is None) == bool(problems)
    return problems


def only_problem_of(text: str) -> tuple[str, str, str]:
    (problem,) = problems_of(text)
    return f"{problem.place.line}:{problem.place.column}", problem.what, problem.hint


def value_of(text: str) -> Tree:
    problems: list[Problem] = []
    document = read(Source("f.yaml", text), Tree, problems)
    assert document is not None, problems
    return document.value


@pytest.mark.parametrize(
    "word", ["12.10", "no", "yes", "off", "1e3", "0x1F", "2024-02-30", "1_000", "08", "~a"]
)
def test_a_plain_word_that_is_no_whole_number_stays_the_text_that_was_written(word):
    assert value_of(f"title: {word}").title == word


def test_quoted_scalars_are_texts_whatever_they_look_like():
    assert value_of("title: 'true'").title == "true"
    assert value_of('title: "12"').title == "12"


def test_dates_numbers_words_and_flags_are_read_as_their_types():
    leaf = value_of(
        "title: t\nleaves: [{id: a, colour: bleu, since: 2024-02-29, count: 3, open: true, side: right}]"
    ).leaves[0]
    expected = Leaf(id="a", colour=Colour.BLUE, since=date(2024, 2, 29), count=3, open=True, side="right")
    assert leaf == expected


def test_a_value_read_cannot_be_changed():
    tree = value_of("title: t\nleaves: [{id: a}]")
    with pytest.raises(ValueError, match="frozen"):
        tree.title = "other"


@pytest.mark.parametrize(
    ("text", "place", "what", "hint"),
    [
        ("title: 12", "1:8", "on attend ici un texte, pas « 12 »", "mettez-le entre guillemets"),
        ("title: true", "1:8", "on attend ici un texte, pas true", "mettez-le entre guillemets"),
        ("title:", "1:7", "on attend ici un texte, pas rien", "écrivez un texte après les deux-points"),
        ("title: [a]", "1:1", "on attend ici un texte, pas une liste", ""),
        ("titel: t\ntitle: t", "1:1", "clé inconnue « titel »", "vouliez-vous dire « title » ?"),
        ("title: t\nzzz: 1", "2:1", "clé inconnue « zzz »", "clés possibles : by_name, leaves, title"),
        ("leaves: []", "1:1", "clé manquante « title »", "ajoutez-la"),
        ("title: a\ntitle: b", "2:1", "clé répétée « title »", "déjà écrite à la ligne 1"),
        (
            "title: t\nleaves: [{id: a, colour: bleue}]",
            "2:26",
            "valeur inconnue « bleue »",
            "vouliez-vous dire « bleu » ?",
        ),
        (
            "title: t\nleaves: [{id: a, side: up}]",
            "2:24",
            "valeur inconnue « up »",
            "possibles : left, right",
        ),
        ("title: t\nleaves: [{id: A1}]", "2:15", "valeur refusée « A1 »", "attendu : la forme ^[a-z]+$"),
        ("title: t\nleaves: [{id: a, count: 0}]", "2:25", "valeur refusée « 0 »", "attendu : au moins 1"),
        (
            "title: t\nleaves: [{id: a, count: '3'}]",
            "2:25",
            "on attend ici un nombre entier, pas « 3 »",
            "sans guillemets, et rien d’autre",
        ),
        (
            "title: t\nleaves: [{id: a, since: 2024-02-30}]",
            "2:25",
            "on attend ici une date, comme 2025-01-31, pas « 2024-02-30 »",
            "",
        ),
        ("title: t\nleaves: [{id: a, open: yes}]", "2:24", "on attend ici true ou false, pas « yes »", None),
        ("title: t\nleaves: {a: b}", "2:1", "on attend ici une liste, pas des clés et des valeurs", None),
        ("title: t\nleaves: [a]", "2:10", "on attend ici des clés et des valeurs, pas « a »", ""),
        ("title: t\nleaves: [{id: forbidden}]", "2:15", "ce mot est réservé", ""),
        (
            "title: t\nby_name: {x: {id: a, opne: true}}",
            "2:22",
            "clé inconnue « opne »",
            "vouliez-vous dire « open » ?",
        ),
        ("- a", "1:1", "on attend ici des clés et des valeurs, pas une liste", None),
        ("title: &a t", "1:8", "ancre &a interdite", "recopiez la valeur en toutes lettres"),
        ("title: !!python/name:os.system x", "1:8", None, "écrivez la valeur seule"),
        ("title: t\n---\ntitle: u", "2:1", "second document dans le fichier", "retirez « --- »"),
        ("title: t\n? [a]\n: b", "2:3", "une clé doit être un mot", None),
        ("", "1:1", "fichier vide", ""),
        ("# rien\n", "1:1", "fichier vide", ""),
        ("title: a: b", "1:9", "deux-points inattendus", None),
        ("title: t\n\tleaves: []", "2:1", "tabulation dans l’indentation", "n’employez que des espaces"),
        ("title: t\n title: u", "2:7", "deux-points inattendus", None),
        ("title:\n  - a\n b: c", "3:2", "indentation incohérente", "alignez la ligne sur ses voisines"),
        ("title: @x", "1:8", "caractère réservé", "mettez le texte entre guillemets"),
        ('title: "\\q"', None, "barre oblique inverse inattendue", None),
        ("title: [", None, "valeur manquante", None),
        ("title: {a: b", None, "accolades mal fermées", None),
        ("title: |\n\tb", "2:1", "tabulation dans l’indentation", None),
        ("title: t\nword", None, "deux-points manquants après une clé", None),
        ("title: 'open", "1:13", "texte inachevé", "fermez les guillemets ou les crochets"),
        ("title: t\nleaves: [a\nby_name: {}", "3:8", "liste entre crochets mal fermée", None),
        ("title: a\x07b", "1:9", "caractère interdit U+0007", None),
        ("title: t # \u2028", "1:12", "caractère interdit U+2028", None),
    ],
)
def test_each_mistake_is_told_in_french_at_its_place_with_a_hint(text, place, what, hint):
    found = only_problem_of(text)
    plain = tuple(part.replace("\N{NO-BREAK SPACE}", " ") for part in found)
    for expected, actual in zip((place, what, hint), plain, strict=True):
        assert expected is None or actual == expected


def test_all_mistakes_of_a_text_are_told_in_one_run():
    text = "titel: t\ntitle: 1\nleaves:\n  - id: a\n    id: b\n  - id: C\n    colour: *c\n    count: x\n"
    places = sorted((problem.place.line, problem.place.column) for problem in problems_of(text))
    assert places == [(1, 1), (2, 8), (5, 5), (6, 9), (7, 13), (8, 12)]


def test_aliases_that_would_expand_without_end_are_refused_at_once():
    names = [chr(ord("a") + number) for number in range(20)]
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join(['*' + before] * 9)}]" for before, name in pairwise(names)]
    started = process_time()
    problems = problems_of("\n".join(lines))
    assert process_time() - started < 1
    assert any("renvoi *a interdit" in problem.what for problem in problems)


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 100_000, "- " * 200_000, "? " * 200_000])
def test_nesting_without_end_is_refused_at_once(text):
    started = process_time()
    problems = problems_of(text)
    assert process_time() - started < 2
    assert "niveaux imbriqués" in problems[0].what


def test_a_huge_text_is_refused_without_being_parsed():
    place, what, _ = only_problem_of("title: t\n" + "# x\n" * 300_000)
    assert (place, what) == ("1:1", "fichier de plus de 1000000 caractères")


def test_a_number_too_long_to_mean_anything_is_a_text():
    _, what, _ = only_problem_of("title: t\nleaves: [{id: a, count: " + "9" * 5000 + "}]")
    assert what.startswith("on attend ici un nombre entier")


def test_a_document_knows_where_its_values_and_keys_are_written():
    problems: list[Problem] = []
    text = "title: t\nleaves:\n  - id: a\n    count: 2\n"
    document = read(Source("f.yaml", text), Tree, problems)
    assert document is not None
    assert document.place("title") == Place("f.yaml", 1, 8)
    assert document.place("leaves") == Place("f.yaml", 2, 1)
    assert document.place("leaves", 0) == Place("f.yaml", 3, 5)
    assert document.place("leaves", 0, "count") == Place("f.yaml", 4, 12)
    assert document.key("leaves", 0, "count") == Place("f.yaml", 4, 5)


def test_a_place_that_is_not_written_falls_back_to_its_parent():
    document = read(Source("f.yaml", "title: t\nleaves:\n  - id: a\n"), Tree, [])
    assert document is not None
    assert document.place("leaves", 0, "count") == document.place("leaves", 0)
    assert document.place("leaves", 7) == document.place("leaves")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    document = read(Source("f.yaml", "\ufefftitle: t\r\nleaves:\r\n  - id: a\r\n"), Tree, [])
    assert document is not None
    assert document.place("leaves", 0, "id").line == 3


def test_problems_already_there_are_kept():
    earlier = Problem(Place("other.yaml", 1, 1), "déjà là")
    problems = [earlier]
    read(Source("f.yaml", "title: 1"), Tree, problems)
    assert problems[0] is earlier
    assert len(problems) == 2


def test_a_suggestion_names_the_nearest_candidate_and_nothing_far():
    assert "« M10 »" in suggest("m10", ["M10", "M11"]).replace("\xa0", " ")
    assert suggest("zzz", ["M10"]) == ""
    assert suggest("M10" * 1000, ["M10"]) == ""
