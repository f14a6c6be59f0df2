"""The text of a file in any encoding that spreadsheets write: marks first, then UTF-8, then the likeliest."""

from __future__ import annotations

import codecs
import re

from mist_connector.language import _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Windows, its neighbour with the euro and œ, the Macintosh, and DOS, in the order of how often they are met.
_OLD = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_USUAL = set("éèêëàâçùûüôöîïœæ’«»°\xa0")
_RARE = set("ÉÈÊËÀÂÇÙÛÜÔÖÎÏŒÆ‘“”…–—€ñóáíúãõñß²")
# In French no capital with an accent follows a small letter: in the wrong encoding, many do.
_ODD = re.compile(r"(?<=[a-zà-ÿ])[ÉÈÊËÀÂÇÙÛÜÔÖÎÏŒÆ]")
# UTF-8 that a program took for Windows' encoding and wrote as UTF-8 again.
_TWICE = re.compile(r"Ã[\u00a0-\u00bf©¨ª«®´»¢§]|â€[™œ“”¦]|Â[°«»\xa0]")


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and the encoding that it was read in; raise ValueError where it is none."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding), encoding.removesuffix("-sig")
    if b"\0" in content[:400]:
        return _without_mark(content)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return _likeliest(content)
    return _once(text)


def _without_mark(content: bytes) -> tuple[str, str]:
    """Read what holds zeros: UTF-16 without its mark has one in every second byte of plain letters."""
    sample = content[:400]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample):
        raise ValueError(content[:0])
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    return content.decode(encoding), encoding


def _once(text: str) -> tuple[str, str]:
    """Undo an encoding that was applied twice, where that gives text again."""
    if _TWICE.search(text):
        try:
            return text.encode("cp1252").decode(), _("utf-8 (deux fois)")
        except UnicodeError:
            pass
    return text, "utf-8"


def _likeliest(content: bytes) -> tuple[str, str]:
    readings = []
    for rank, encoding in enumerate(_OLD):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_likelihood(text), -rank, text, encoding))
    *_, text, encoding = max(readings)
    return text, encoding


def _likelihood(text: str) -> int:
    """Return how much a text looks like French: usual letters count for it, strange signs against it."""
    foreign = [letter for letter in text if not letter.isascii()]
    usual = sum(letter in _USUAL for letter in foreign)
    strange = sum(letter not in _USUAL and letter not in _RARE for letter in foreign)
    return 3 * usual - 4 * strange - 6 * len(_ODD.findall(text))
