"""What staff wrote for outside is looked through for names as they are written, and for codes."""

from __future__ import annotations

import pytest

from mist_connector.work.assembly.public_wording import cases, phrases


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Comptes de l’année approuvés", ["Comptes", "Comptes de", "Comptes de l’année"]),
        ("merci à Fleur-de-Test", ["Fleur-de-Test"]),
        ("Élue : Essai Inventée Nom", ["Essai", "Essai Inventée", "Essai Inventée Nom"]),
        ("approuvé", []),
    ],
)
def test_runs_of_words_as_names_are_written(words, found):
    assert set(found) <= set(phrases(words))
    assert all(each[0].isupper() for each in phrases(words))


def test_a_name_in_capitals_is_looked_for_as_it_may_be_recorded():
    assert cases("ESSAI INVENTÉE") == {"ESSAI INVENTÉE", "essai inventée", "Essai Inventée"}
