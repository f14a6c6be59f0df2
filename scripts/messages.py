"""The sentences that mist says, for translators: take them from the code, update the catalogues, compile.

`make messages` does all three. A new sentence is then in `mist_connector/locale/en/LC_MESSAGES/mist.po` with
an empty translation, and a unit test fails until it has one. A sentence that is gone leaves the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import polib
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "mist_connector" / "locale"
ENGLISH = LOCALES / "en" / "LC_MESSAGES" / "mist.po"
CLICK_IN_FRENCH = LOCALES / "fr" / "LC_MESSAGES" / "click.po"
OURS = (ROOT / "cli", ROOT / "mist_connector")
# What the CRM runs speaks to the CRM's users, in the CRM's own words.
ELSEWHERE = (ROOT / "mist_connector" / "server",)
# A sentence of click that Babel does not find, since click keeps it in a variable.
OF_CLICK_TOO = {("required", ""): "click/core.py"}
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}

Sentence = tuple[str, str]  # one thing, several things (empty where no number decides)


def sentences(*folders: Path) -> dict[Sentence, str]:
    """Return each sentence under some folders and the first file that has it, by file."""
    found: dict[Sentence, str] = {}
    for folder in folders:
        for file, sentence in sorted(_extracted(folder)):
            found.setdefault(sentence, f"{folder.name}/{file}")
    return found


def updated(catalogue: Path, wanted: dict[Sentence, str], language: str) -> polib.POFile:
    """Return a catalogue with exactly the wanted sentences, and the translations that it has of them."""
    before = {(entry.msgid, entry.msgid_plural): entry for entry in _read(catalogue)}
    after = polib.POFile(wrapwidth=110)
    after.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for (one, several), file in wanted.items():
        known = before.get((one, several))
        after.append(
            polib.POEntry(
                msgid=one,
                msgid_plural=several,
                msgstr=known.msgstr if known else "",
                msgstr_plural=(known.msgstr_plural if known else {0: "", 1: ""}) if several else {},
                occurrences=[(file, "")],
                flags=["python-brace-format"] if "{" in one else [],
            )
        )
    return after


def catalogues() -> Iterator[tuple[Path, polib.POFile]]:
    """Yield each catalogue as it should stand: its file, and what belongs in it."""
    ours = sentences(*OURS)
    yield ENGLISH, updated(ENGLISH, ours, "en")
    of_click = {**sentences(Path(click.__file__).parent), **OF_CLICK_TOO}
    yield CLICK_IN_FRENCH, updated(CLICK_IN_FRENCH, of_click, "fr")


def main() -> None:
    """Write every catalogue, and beside it what gettext reads; say how much is not translated."""
    for file, catalogue in catalogues():
        file.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(file))
        catalogue.save_as_mofile(str(file.with_suffix(".mo")))
        left = len(catalogue.untranslated_entries())
        print(f"{file.relative_to(ROOT)} : {len(catalogue)} phrases, {left} à traduire")


def _extracted(folder: Path) -> Iterator[tuple[str, Sentence]]:
    for file, _line, message, _comments, _context in extract_from_dir(folder, [("**.py", "python")]):
        if any((folder / file).is_relative_to(other) for other in ELSEWHERE):
            continue
        one, several = message if isinstance(message, tuple) else (message, "")
        yield file, (one, several)


def _read(catalogue: Path) -> polib.POFile:
    return polib.pofile(str(catalogue)) if catalogue.exists() else polib.POFile()


if __name__ == "__main__":
    main()
