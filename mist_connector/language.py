"""The language in which mist speaks to the person who runs it: French, or English by a catalogue.

Sentences stand in the code in French. `_` returns a sentence in the chosen language, and is how Babel finds
it (`make messages`). The words of the CRM, of documents and of mails are data, and no part of this.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

LANGUAGES = ("fr", "en")
FRENCH = "fr"
LOCALES = Path(__file__).parent / "locale"
DOMAIN = "mist"
# The sentences of click, which asks the whole process's catalogue for them.
CLICK = "click"
# In this order, as POSIX has it; the first that is set decides.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Worded(Protocol):
    """What the mappings say in both languages."""

    @property
    def fr(self) -> str:
        """Return it in French."""

    @property
    def en(self) -> str:
        """Return it in English."""


class _French(gettext.NullTranslations):
    """French as it stands in the code, where zero is singular too."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the sentence for `n` things."""
        return msgid1 if abs(n) < 2 else msgid2  # noqa: PLR2004 - one and a half is singular in French


class _Speaker:
    """The language of this process, French until another one is chosen."""

    def __init__(self) -> None:
        self.language = FRENCH
        self.catalogue: gettext.NullTranslations = _French()


_speaker = _Speaker()


def _(sentence: str) -> str:
    """Return a French sentence of the code in the chosen language."""
    return _speaker.catalogue.gettext(sentence)


def ngettext(one: str, several: str, count: int) -> str:
    """Return the sentence for `count` things in the chosen language; `one` and `several` are French."""
    return _speaker.catalogue.ngettext(one, several, count)


def worded(text: Worded) -> str:
    """Return a text of the mappings, which say everything in both languages, in the chosen one."""
    return text.fr if _speaker.language == FRENCH else text.en


def spoken() -> str:
    """Return the chosen language, `fr` or `en`."""
    return _speaker.language


def speak(language: str, environment: MutableMapping[str, str] = os.environ) -> None:
    """Choose the language of this process, before the modules are imported whose sentences it is for.

    click reads the language of its own sentences in `LANGUAGE`, which is therefore set.
    """
    _speaker.language = language
    _speaker.catalogue = _catalogue(language)
    gettext.bindtextdomain(CLICK, str(LOCALES))
    gettext.textdomain(CLICK)
    environment["LANGUAGE"] = language


@contextmanager
def in_french() -> Iterator[None]:
    """Say sentences in French for a while: what is written into the CRM, for those who work there."""
    before = _speaker.language, _speaker.catalogue
    _speaker.language, _speaker.catalogue = FRENCH, _French()
    try:
        yield
    finally:
        _speaker.language, _speaker.catalogue = before


def of_locale(environment: Mapping[str, str]) -> str | None:
    """Return the language that the environment's locale names, or None where it names none of ours."""
    named = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    language = named.partition(".")[0].partition("@")[0].partition("_")[0].lower()
    return language if language in LANGUAGES else None


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == FRENCH:
        return _French()
    return gettext.translation(DOMAIN, LOCALES, [language])
