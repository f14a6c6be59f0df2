"""What staff wrote for outside is looked through for names as they are written, and for codes."""

from __future__ import annotations

import pytest

from mist_connector.crm.public_wording import phrases


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Comptes de l’année approuvés", ["Comptes", "Comptes de", "Comptes de l’année"]),
        ("merci à Fleur-de-Test", ["Fleur-de-Test"]),
        ("Élue : Essai Inventée Nom", ["Essai", "Essai Inventée", "Essai Inventée Nom"]),
        ("Élue : ESSAI Inventée", ["Essai", "essai", "Essai Inventée", "ESSAI INVENTÉE"]),
        ("approuvé", []),
    ],
)
def test_runs_of_words_as_names_are_written(words, found):
    assert set(found) <= set(phrases(words))
    assert {each.casefold() for each in phrases(words)} <= {
        each.casefold() for each in phrases(words) if each[0].isupper()
    }
