"""The question before a command writes: yes and no in both languages, and no unless it is said."""

import click
import pytest
from click.testing import CliRunner

from mist_connector.cli.consent import confirmed, consented
from mist_connector.errors import MistError
from mist_connector.language import speak


def asked(typed, *, default=False):
    """Return what is answered to some typed lines, and what is shown."""

    @click.command()
    def command():
        click.echo(f"= {confirmed('Écrire ?', default=default)}")

    return CliRunner().invoke(command, input=typed).output


@pytest.mark.parametrize("word", ["o", "oui", "y", "yes", "OUI", " o "])
def test_yes_is_understood_in_both_languages(word):
    assert asked(f"{word}\n").endswith("= True\n")


@pytest.mark.parametrize("word", ["n", "non", "no", "NON", ""])
def test_no_is_understood_in_both_languages_and_is_what_enter_says(word):
    assert asked(f"{word}\n").endswith("= False\n")


def test_where_yes_is_proposed_enter_says_yes():
    assert asked("\n", default=True).endswith("= True\n")
    assert asked("n\n", default=True).endswith("= False\n")


def test_another_word_is_asked_again():
    shown = asked("peut-être\no\n")
    assert shown.count("Écrire ? [o/N] : ") == 2
    assert "Erreur : répondez par oui ou par non" in shown
    assert shown.endswith("= True\n")


def test_an_end_of_the_input_is_no_answer():
    assert "=" not in asked("")


def test_the_choices_are_shown_in_the_language_that_is_spoken():
    try:
        speak("en")
        assert "Écrire ? [y/N]: " in asked("n\n")
        assert "Écrire ? [Y/n]: " in asked("n\n", default=True)
    finally:
        speak("fr")


def test_nobody_is_asked_where_a_program_reads():
    assert consented("Écrire ?", yes=True, as_json=True) is True
    with pytest.raises(MistError, match="rien n'est demandé"):
        consented("Écrire ?", yes=False, as_json=True)
