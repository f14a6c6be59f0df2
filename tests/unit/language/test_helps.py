"""Every help text, in each language, complete and without a word of the other one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mist_connector.cli.main import COMMANDS

WALKED = Path(__file__).with_name("walked.py")


@pytest.fixture(scope="module", params=["fr", "en"])
def helps(request):
    """The language, and the help of every command in it: path → text."""
    done = subprocess.run(  # noqa: S603 - this very Python, and a file of ours
        [sys.executable, str(WALKED)],
        env={**os.environ, "MIST_LANG": request.param},
        capture_output=True,
        text=True,
        check=True,
    )
    return request.param, json.loads(done.stdout)


def test_no_line_of_a_help_is_in_the_other_language(helps, foreign):
    language, texts = helps
    assert {path.split()[1] for path in texts if " " in path} == set(COMMANDS)
    found = [(path, line) for path, text in texts.items() for line in foreign(text, language)]
    assert found == []


def test_the_words_of_click_are_in_the_language_too(helps):
    language, texts = helps
    usage, options, about = {
        "fr": ("Usage : mist", "\nOptions\u00a0:\n", "Montre cette aide."),
        "en": ("Usage: mist", "\nOptions:\n", "Show this message and exit."),
    }[language]
    for text in texts.values():
        assert text.startswith(usage)
        assert options in text
        assert about in text


def test_every_option_of_a_command_says_what_it_does(helps):
    _, texts = helps
    for path, text in texts.items():
        options = text.partition("Options")[2].splitlines()[1:]
        alone = [
            line
            for line, following in zip(options, [*options[1:], ""], strict=True)
            if line.startswith("  -") and "  " not in line.strip() and not following.startswith("    ")
        ]
        assert alone == [], path
