"""French words of the records, as the file that the CRM reads them from."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

import polib

from mist_connector.bylaws.text import Text

from .kinds import KINDS, Kind
from .records import MODULE, Record


def translations(records: Iterable[Record]) -> str:
    """Return a gettext file with the French of every word of the records."""
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Language": "fr"}
    places: dict[Text, list[tuple[str, str]]] = {}
    for record in records:
        for place, words in _words(record):
            places.setdefault(words, []).append((place, ""))
    # One entry for each pair of words, as in the CRM's own files; English that is French in two ways has two.
    for words, occurrences in places.items():
        catalogue.append(
            polib.POEntry(
                msgid=words.en, msgstr=words.fr, comment=f"module: {MODULE}", occurrences=occurrences
            ),
        )
    return str(catalogue)


def _words(record: Record) -> Iterator[tuple[str, Text]]:
    for column, kind in KINDS[record.model].items():
        value = record.values.get(column)
        if not isinstance(value, Text):
            continue
        where = f"{record.model},{column}:{MODULE}.{record.name}"
        if kind is Kind.WORDS:
            yield f"model:{where}", value
        elif kind is Kind.PARAGRAPH:
            yield f"model_terms:{where}", _inside(value)
        elif kind is Kind.ARCH:
            for words in _arch_words(value):
                yield f"model_terms:{where}", words


def _inside(paragraph: Text) -> Text:
    """Return the words of a paragraph, without the element around them."""
    french, english = (ET.fromstring(html).text or "" for html in (paragraph.fr, paragraph.en))  # noqa: S314 - ours
    return Text(fr=french, en=english)


def _arch_words(arch: Text) -> Iterator[Text]:
    """Return the labels and sentences of a view, which stand at the same places in both languages."""
    both = zip(ET.fromstring(arch.fr).iter(), ET.fromstring(arch.en).iter(), strict=True)  # noqa: S314 - ours
    for french, english in both:
        if "string" in french.attrib:
            yield Text(fr=french.attrib["string"], en=english.attrib["string"])
        if french.text and english.text:
            yield Text(fr=french.text, en=english.text)
