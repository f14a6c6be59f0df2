"""What is written into the CRM stays French, whatever mist speaks to the person who runs it."""

import pytest

from mist_connector.crm.failures import Failure, unknown_database
from mist_connector.errors import DeclarationError
from mist_connector.language import in_french, speak
from mist_connector.work.assembly.requests import carry_out

SAID = {
    "fr": "Ce CRM ne connaît pas la base de données du profil.",
    "en": "This CRM does not know the profile's database.",
}


class Refused:
    """An assembly that takes no step."""

    def expect(self, *_states):
        raise unknown_database()


@pytest.fixture(params=["fr", "en"])
def language(request):
    speak(request.param)
    yield request.param
    speak("fr")


def test_an_error_of_the_library_is_in_the_chosen_language(language):
    assert unknown_database().what == SAID[language]
    assert (
        DeclarationError([]).todo
        == {
            "fr": "Corrigez les fichiers, puis relancez.",
            "en": "Mend the files, then run it again.",
        }[language]
    )


def test_an_answer_in_the_crm_is_french(language):
    answer = carry_out(Refused(), "remind", None)
    assert not answer.done
    assert answer.said.startswith(f"Refusé : {SAID['fr']} Vérifiez")
    assert unknown_database().what == SAID[language]


def test_the_chosen_language_comes_back_after_an_error(language):
    with pytest.raises(ZeroDivisionError), in_french():
        raise ZeroDivisionError
    assert unknown_database().what == SAID[language]


def test_no_sentence_keeps_the_language_in_which_its_module_was_imported(language):
    stopped = Failure("psycopg2.OperationalError", "no connection", "x_mist_assembly.write")
    here = {"fr": "Attendez un instant, puis relancez.", "en": "Wait a moment, then run it again."}
    assert stopped.error().todo == here[language]
    with in_french():
        assert stopped.error().todo == here["fr"]
