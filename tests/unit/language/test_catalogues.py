"""The catalogues: nothing missing, nothing left over, the same things named, and one language in each."""

import runpy
from pathlib import Path
from string import Formatter

import polib
import pytest

from mist_connector.language import LOCALES, ngettext, speak

MESSAGES = runpy.run_path(str(Path(__file__).parents[3] / "scripts" / "messages.py"))
CATALOGUES = dict(MESSAGES["catalogues"]())
OURS = polib.pofile(str(MESSAGES["ENGLISH"]))


def forms(entry):
    """Return the French sentences of an entry and their translations."""
    if entry.msgid_plural:
        return (entry.msgid, entry.msgid_plural), tuple(entry.msgstr_plural.values())
    return (entry.msgid,), (entry.msgstr,)


def placeholders(sentence):
    return {(name, spec) for _, name, spec, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_catalogue_holds_every_sentence_of_the_code_and_no_other(file):
    written, wanted = polib.pofile(str(file)), CATALOGUES[file]
    assert {(each.msgid, each.msgid_plural) for each in written} == {
        (each.msgid, each.msgid_plural) for each in wanted
    }, "run `make messages`, then translate what is new"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_every_sentence_is_translated(file):
    written = polib.pofile(str(file))
    assert [each.msgid for each in written.untranslated_entries()] == []
    assert [each.msgid for each in written.fuzzy_entries()] == []
    assert [each.msgid for each in written.obsolete_entries()] == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_what_gettext_reads_is_what_the_catalogue_compiles_to(file):
    assert file.with_suffix(".mo").read_bytes() == polib.pofile(str(file)).to_binary(), "run `make messages`"


def test_a_translation_names_the_same_things():
    for entry in OURS:
        french, english = forms(entry)
        named = set().union(*map(placeholders, french))
        assert set().union(*map(placeholders, english)) == named, entry.msgid


def test_a_translation_of_click_names_nothing_that_click_does_not_say():
    for entry in polib.pofile(str(MESSAGES["CLICK_IN_FRENCH"])):
        english, french = forms(entry)
        assert set().union(*map(placeholders, french)) <= set().union(*map(placeholders, english)), (
            entry.msgid
        )


def test_each_language_keeps_to_itself(foreign):
    french, english = zip(*map(forms, OURS), strict=True)
    assert foreign("\n".join(sentence for each in french for sentence in each), "fr") == []
    assert foreign("\n".join(sentence for each in english for sentence in each), "en") == []


def test_zero_is_singular_in_french_and_plural_in_english():
    try:
        assert [ngettext("{n} chose", "{n} choses", n) for n in (0, 1, 2)] == ["{n} chose"] * 2 + [
            "{n} choses"
        ]
        speak("en")
        assert [ngettext("{n} chose", "{n} choses", n) for n in (0, 1, 2)] == [
            "{n} choses",
            "{n} chose",
            "{n} choses",
        ]
    finally:
        speak("fr")


def test_the_folder_of_catalogues_holds_these_catalogues_only():
    files = {file for file in LOCALES.rglob("*") if file.is_file()}
    assert files == {file.with_suffix(suffix) for file in CATALOGUES for suffix in (".po", ".mo")}
