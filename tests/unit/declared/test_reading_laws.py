import json
import string

import yaml
from hypothesis import given
from hypothesis import strategies as st

from mist_connector.bylaws.decisions import Decision
from mist_connector.declared.bylaws_documents import declare_bylaws
from mist_connector.declared.bylaws_files import BYLAWS_FILES, DecisionsFile
from mist_connector.declared.reading import Source, parse, read
from mist_connector.errors import Problem

yamlish = st.text(alphabet="ab:-[]{}&*!|>'\"#,?%@ \n\r\t01~é\ufeff\x85\x00", max_size=80)
anything = st.one_of(st.text(max_size=200), yamlish)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(10**17), max_value=10**17),
    st.text(alphabet=string.printable.replace("\x0b", "").replace("\x0c", "") + "éÀ·«»", max_size=20),
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
    ),
)


def assert_inside(problem: Problem, text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= problem.place.line <= len(lines)
    assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@given(anything, st.sampled_from(sorted(BYLAWS_FILES)))
def test_no_text_crashes_the_reader_and_every_problem_lies_inside_the_text(text, kind):
    problems: list[Problem] = []
    document = read(Source("f.yaml", text), BYLAWS_FILES[kind], problems)
    assert (document is None) == bool(problems)
    for problem in problems:
        assert problem.what
        assert_inside(problem, text)


@given(trees)
def test_what_json_can_say_is_read_as_json_says_it(tree):
    problems: list[Problem] = []
    draft = parse(Source("f.yaml", json.dumps(tree, ensure_ascii=True)), problems)
    assert not problems
    assert draft is not None
    assert draft.root.data() == tree


@given(trees)
def test_a_tree_of_any_shape_is_told_problems_and_never_crashes(tree):
    text = yaml.safe_dump({"decisions": tree}, allow_unicode=True)
    problems: list[Problem] = []
    read(Source("f.yaml", text), DecisionsFile, problems)
    for problem in problems:
        assert_inside(problem, text)


@given(st.integers(min_value=0), st.sampled_from(["", "\0", ": ", "- ", "  ", "&a ", "*a", "[", "'", "\t"]))
def test_one_stray_piece_of_text_anywhere_in_a_file_never_crashes(delivered_decisions, position, stray):
    at = position % len(delivered_decisions)
    text = delivered_decisions[:at] + stray + delivered_decisions[at:]
    problems: list[Problem] = []
    declare_bylaws({"decisions.yaml": Source("decisions.yaml", text)}, problems)
    for problem in problems:
        if problem.place.file == "decisions.yaml" and problem.what != "fichier manquant":
            assert_inside(problem, text)


@given(st.sampled_from(sorted(Decision.model_fields)), st.integers(min_value=0, max_value=8))
def test_a_key_with_one_letter_missing_is_recognised(key, letter):
    typo = key[: letter % len(key)] + key[letter % len(key) + 1 :]
    if typo in Decision.model_fields or len(typo) < 3:
        return
    problems: list[Problem] = []
    read(Source("f.yaml", f"decisions:\n  - {typo}: x\n"), DecisionsFile, problems)
    (unknown,) = [problem for problem in problems if problem.what.startswith("clé inconnue")]
    assert unknown.hint.startswith("vouliez-vous dire")
