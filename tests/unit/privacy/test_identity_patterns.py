"""What somebody is known again by, however it is written: the code that the CRM runs, run here."""

import re
from types import SimpleNamespace

import pytest

from mist_connector.blueprint.server_files import code_of

NAME, EMAIL, PHONE = "Zoé-Inès d’Aubépine", "zoe.aubepine@exemple.invalid", "+33 6 12 34 56 78"


@pytest.fixture(scope="module")
def code():
    """The functions that the CRM runs; its database reads the same patterns as Python does."""
    names = {"env": SimpleNamespace(context={"mist_work": {}}, cr=None)}
    exec(code_of("privacy/identity"), names)  # noqa: S102 - our own code, which the CRM runs too
    return SimpleNamespace(**{name: value for name, value in names.items() if name != "__builtins__"})


@pytest.fixture(scope="module")
def named(code):
    """A function that tells whether a text names her, exactly and roughly."""
    found = code.known_by([NAME], [EMAIL], [PHONE])
    exact = re.compile(code.exactly(found), re.IGNORECASE)
    rough = re.compile("|".join(found["rough"]), re.IGNORECASE)

    def tell(text):
        assert rough.search(text) or not exact.search(text), "what is exact is rough too"
        return bool(exact.search(text))

    return tell


@pytest.mark.parametrize(
    "text",
    [
        "Vu Zoé-Inès d’Aubépine hier",
        "ZOE INES D AUBEPINE",
        "Aubépine, Zoé-Inès d'",
        "zoe_ines_d_aubepine.pdf",
        "<b>Zoé</b>-Inès&nbsp;d'Aubépine",
        "Zoe\u0301-Ine\u0300s d’Aube\u0301pine",
        "mailto:Zoe.Aubepine@Exemple.invalid",
        "zoe.aubepine%40exemple.invalid",
        '"Z." <zoe.aubepine@exemple.invalid>.',
        "0612345678",
        "06.12.34.56.78",
        "0033 6 12 34 56 78",
        "+33 (0)6-12-34-56-78",
        "tel:+33612345678",
        "tel:06%2012%2034%2056%2078",
        "mailto:Zo%C3%A9-In%C3%A8s%20d%E2%80%99Aub%C3%A9pine",
    ],
)
def test_she_is_known_again(named, text):
    assert named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zoé et Inès d’Aubépine",
        "Inès d’Aubépine",
        "Zoé-Inès d’Aubépines",
        "amie.zoe.aubepine@exemple.invalid",
        "zoe.aubepine@exemple.invalid.fr",
        "zoe.aubepine@exemple.invalidite",
        "06123456789",
        "0612345679",
        "2026-11-25 06:12:34",
        "",
    ],
)
def test_others_are_not_taken_for_her(named, text):
    assert not named(text)


def test_a_name_of_one_word_and_a_short_number_are_looked_for_by_nothing(code):
    found = code.known_by(["Luna", ""], ["luna", None], ["115", None])
    assert code.exactly(found) == ""
