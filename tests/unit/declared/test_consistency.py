from typing import NamedTuple

import pytest

from mist_connector.declared.bylaws_documents import declare_bylaws
from mist_connector.declared.reading import Source

GOVERNANCE = "rules/gouvernance.yaml"


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def position_of(words, text):
    """Return the line and column where the words first stand in a text."""
    before = text[: text.index(words)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


class Break(NamedTuple):
    """One change of a delivered file, and the problem that it must be told by, pointing at some words."""

    path: str
    old: str
    new: str
    what: str
    hint: str
    pointing_at: str = ""


SITTING = "Siéger au conseil d’administration demande une élection en assemblée générale."
SITTING_ENGLISH = "Sitting on the board takes an election in general assembly."

BREAKS = [
    Break(GOVERNANCE, "id: G02", "id: G01", "règle « G01 » déjà défini", "voyez", "G01\n    fr: Siéger"),
    Break(
        GOVERNANCE,
        "section: gouvernance",
        "section: gouvernence",
        "section « gouvernence » inexistant",
        "vouliez-vous dire « gouvernance » ?",
        "gouvernence",
    ),
    Break(GOVERNANCE, "[Q06, Q22]", "[Q06, Q99, Q22]", "décision « Q99 » inexistant", "", "Q99"),
    Break(
        GOVERNANCE,
        "[Q06, Q22]",
        "[Q06, Q22, Q10]",
        "la décision Q10 ne nomme pas la règle G01",
        "ajoutez",
        "Q10",
    ),
    Break(
        GOVERNANCE,
        "level: REMIND\n    also: [WARN]",
        "level: REMIND\n    also: [REMIND]",
        "niveau répété pour la règle G01",
        "une fois",
        "also: [REMIND]",
    ),
    Break(GOVERNANCE, f"fr: {SITTING}", "fr: ' '", "texte vide (fr)", "phrase", "' '"),
    Break(
        GOVERNANCE, f"en: {SITTING_ENGLISH}", f"en: {SITTING}", "la règle G02 dit la même chose", "traduisez"
    ),
    Break("decisions.yaml", "[SP03]", "[SP03, SP77]", "règle « SP77 » inexistant", "SP", "SP77"),
    Break(
        "decisions.yaml",
        "[SP03]",
        "[SP03, V01]",
        "la règle V01 ne nomme pas la décision Q10",
        "ajoutez",
        "V01",
    ),
    Break(
        "decisions.yaml",
        "answer: incompatible\n",
        "answer: jamais_dit\n",
        "réponse « jamais_dit » inconnue pour Q10",
        "possibles : incompatible, distinct",
        "jamais_dit",
    ),
    Break("decisions.yaml", "answer: on_choice", "answer: null", "Q05 n’a pas de réponse", "meanwhile"),
    Break(
        "decisions.yaml",
        "answer: on_choice",
        "answer: on_choice\n    decided_on: 2030-01-31",
        "Q05 : decided_by et decided_on vont ensemble",
        "complétez",
        "Q05",
    ),
    Break(
        "texts.yaml",
        "rule: V01",
        "rule: V02",
        "la règle V02 ne renvoie pas au texte « value_generosity »",
        "form_text",
        "V02\n    shown_in: [membership_form, welcome_letter]\n  - id: value_f",
    ),
    Break("tiers.yaml", "id: common", "id: register", "ne sont pas dans leur ordre", "attendu"),
    Break(
        "matrix.yaml",
        "      personal:      {may: [], because: [C06, Q11]}\n"
        "      investigation: {may: [], because: [X01, C02]}\n  - id: bureau",
        "      investigation: {may: [], because: [X01, C02]}\n  - id: bureau",
        "la ligne « board » ne dit rien de : personal",
        "may: []",
    ),
    Break(
        "matrix.yaml",
        "door: portal",
        "door: portall",
        "porte « portall » inexistant",
        "vouliez-vous dire « portal » ?",
        "portall",
    ),
    Break(
        "matrix.yaml",
        "{may: [], because: [C05]}",
        "{may: [], keys: [own], because: [C05]}",
        "des clés pour une case qui n’ouvre rien",
        "keys",
        "keys: [own], because: [C05]",
    ),
    Break(
        "sections.yaml",
        "id: gouvernance",
        "text_only: true, id: gouvernance",
        "la section « gouvernance » a pourtant des règles",
        "text_only",
        "gouvernance",
    ),
    Break(
        "sections.yaml",
        "sections:\n",
        "sections:\n  - {id: annexe, fr: Annexe, en: Appendix}\n",
        "la section « annexe » n’a pas de règle",
        "text_only: true",
        "annexe",
    ),
]


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: case.what)
def test_files_that_disagree_are_told_where_and_how_to_mend_it(broken, delivered, case):
    problems = broken((case.path, case.old, case.new))
    (problem,) = [problem for problem in problems if case.what in plain(problem.what)]
    assert problem.place.file == delivered[case.path].name
    assert case.hint in plain(problem.hint)
    if case.pointing_at:
        changed = delivered[case.path].text.replace(case.old, case.new)
        assert (problem.place.line, problem.place.column) == position_of(case.pointing_at, changed)


def test_one_run_tells_malformed_text_unknown_keys_unknown_ids_and_wrong_types_of_all_files(broken):
    problems = broken(
        ("sections.yaml", "sections:\n", "sections:\n  - id: x: y\n"),
        ("rules/delegues.yaml", "id: DEL11\n", "id: DEL11\n    levle: BLOCK\n"),
        ("decisions.yaml", "rules: [SP03]", "rules: [SP99]"),
        ("decisions.yaml", "warning_days: 60", "warning_days: soixante"),
        ("matrix.yaml", "door: web\n", "door: webb\n"),
    )
    told = {(problem.place.file, plain(problem.what)) for problem in problems}
    assert told == {
        ("mappings/sections.yaml", "deux-points inattendus"),
        ("mappings/rules/delegues.yaml", "clé inconnue « levle »"),
        ("mappings/decisions.yaml", "identifiant de règle « SP99 » inexistant"),
        ("mappings/decisions.yaml", "on attend ici un nombre entier, pas « soixante »"),
        ("mappings/matrix.yaml", "identifiant de porte « webb » inexistant"),
    }
    assert all(problem.place.line > 1 and problem.place.column > 1 for problem in problems)


def test_names_that_an_unreadable_file_may_define_are_not_called_unknown(broken):
    problems = broken(("rules/gouvernance.yaml", "rules:\n", "rules: [\n"))
    assert {problem.place.file for problem in problems} == {"mappings/rules/gouvernance.yaml"}


def test_missing_files_are_named(delivered):
    problems = []
    assert declare_bylaws({"tiers.yaml": delivered["tiers.yaml"]}, problems) is None
    missing = {problem.place.file for problem in problems if problem.what == "fichier manquant"}
    assert missing == {"sections.yaml", "rules", "decisions.yaml", "matrix.yaml", "texts.yaml"}


def test_two_files_for_one_section_are_refused(delivered):
    problems = []
    again = Source("mappings/rules/encore.yaml", "section: vision\nrules: []\n")
    declare_bylaws({**delivered, "rules/encore.yaml": again}, problems)
    assert [plain(problem.what) for problem in problems] == ["second fichier pour la section « vision »"]


def test_an_answer_settled_by_the_association_is_accepted_with_who_and_when(broken):
    settled = "answer: on_choice\n    decided_by: Assemblée générale\n    decided_on: 2030-01-31"
    assert broken(("decisions.yaml", "answer: on_choice", settled)) == []
