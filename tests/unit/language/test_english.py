"""What mist says in English, where no CRM is needed to say it, holds no French; and the other way round."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MIST = str(Path(sys.executable).with_name("mist"))


@pytest.fixture
def say(tmp_path):
    """Run a command without profile or sandbox, in a language; return its exit code and all that it says."""

    def said(language, *words):
        done = subprocess.run(  # noqa: S603 - ours
            [MIST, "--lang", language, *words],
            env={
                **os.environ,
                "MIST_CONFIG": str(tmp_path / "config"),
                "MIST_CACHE": str(tmp_path / "cache"),
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return said


SAID = [
    (("rules", "list"), 0, "What it says", "Ce qu’elle dit"),
    (("rules", "show", "B02"), 0, "State: in place", "État\u00a0: en place"),
    (
        ("rules", "show", "X99"),
        1,
        "Error: Unknown rule: “X99”.",
        "Erreur : Règle inconnue\u00a0: «\u00a0X99\u00a0».",
    ),
    (
        ("rules", "show", "X0"),
        1,
        "To do: did you mean “X05”?",
        "À faire : vouliez-vous dire «\u00a0X05\u00a0»\u00a0?",
    ),
    (("report", "list"), 0, "Audience", "Public"),
    (("sandbox", "status"), 0, "No sandbox.", "Aucun bac à sable."),
    (("mappings", "check"), 0, "all sound", "rien à redire"),
    (
        ("report", "templates", "check"),
        0,
        "in each language: all sound.",
        "dans chaque langue : rien à redire.",
    ),
    (("check", "--repair"), 1, "To do: add --security", "À faire : ajoutez --security"),
    (("import",), 1, "Error: No file to read.", "Erreur : Aucun fichier à lire."),
    (
        ("privacy", "erase"),
        1,
        "Error: Missing option '--because'.",
        "Erreur : Il manque l'option '--because'.",
    ),
    (("assembly", "plan", "--on", "x", "--at", "y"), 1, "a date is written as", "une date s’écrit comme"),
    (("agenda", "--days", "0"), 1, "0 is not in the range", "0 n'est pas dans l'intervalle"),
]


@pytest.mark.parametrize("said", SAID, ids=lambda said: " ".join(said[0]))
def test_a_command_says_it_in_the_language_asked_for_alone(say, foreign, said):
    words, code, english, french = said
    for language, part, other in (("en", english, french), ("fr", french, english)):
        ended, told = say(language, *words)
        assert ended == code
        assert part in told
        assert other not in told
        assert foreign(told, language) == []


def test_a_command_that_fails_says_so_in_english(say):
    assert say("en", "prove", "--challenge", "three")[1].startswith("Usage: mist prove [OPTIONS]\n")
