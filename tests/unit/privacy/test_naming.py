"""The list of contacts that an administrator gives: every mistake at once, without a word of hers."""

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.errors import DeclarationError
from mist_connector.privacy.naming import read_names


@pytest.fixture(scope="module")
def read():
    blueprint = declared().blueprint
    return lambda text: read_names("liste.csv", text, blueprint)


def test_a_line_names_a_contact_and_may_say_whose_it_is_and_what_is_known_of_her(read):
    first, second = read(
        "Contact;Personne;Prénom;Nom;À joindre par;Téléphone sûr\n"
        "12;P-0A1B-2C3D;;;;\n"
        "invente@exemple.invalid;;Inventée;Personne;Courriel;+33 6 00 00 00 00\n"
    )
    assert (first.contact, first.person, dict(first.values), first.line) == ("12", "P-0A1B-2C3D", {}, 2)
    assert second.values == {
        "x_first_name": "Inventée",
        "x_last_name": "Personne",
        "x_channel": "mail",
        "x_phone": "+33 6 00 00 00 00",
    }
    assert "Inventée" not in repr(second)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Personne\nP-0A1B-2C3D\n", "liste.csv:1:1"),
        ("Contact;Secret Canari\n1;x\n", "liste.csv:1:2"),
        ("Contact;Personne\n1;Secret Canari\n", "liste.csv:2:2"),
        ("Contact;À joindre par\n1;Secret Canari\n", "liste.csv:2:2"),
        ("Contact;Personne\nSecret Canari\n", "liste.csv:2:1"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_not_with_its_words(read, text, place):
    with pytest.raises(DeclarationError) as caught:
        read(text)
    assert [str(problem.place) for problem in caught.value.problems] == [place]
    assert "Canari" not in caught.value.what
