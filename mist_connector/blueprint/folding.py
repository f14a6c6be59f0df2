"""Names as they are searched: small letters without accents, whatever the database itself can fold.

`server/names.js` folds what is typed in the same way.
"""

from __future__ import annotations

import unicodedata

from .declaration import Field, Model
from .records import Value

# Latin, Greek and Cyrillic letters; those of other scripts have no accents that are left out in writing.
_LETTERS = (range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))
_OTHERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"
_SOURCE = """plain = dict(zip({accented!r}, {base!r}))
plain.update({others!r})
for record in self:
    text = ' '.join([part for part in ({values},) if part]).lower()
    letters = [letter for letter in text if not {first!r} <= letter <= {last!r}]
    digits = ''.join([letter for letter in {phone} or '' if letter in '0123456789'])
    words = ''.join([plain.get(letter, letter) for letter in letters])
    record[{column!r}] = (words + ' ' + digits).strip()"""


def folded(model: Model, field: Field) -> dict[str, Value]:
    """Return what makes the CRM keep the searched form of its own fields, its phone as digits."""
    columns = ["x_name" if key == "name" else model.field(key).column for key in field.folds]
    phone = next((f"record.{column}" for column in columns if column.endswith("phone")), "''")
    accented, base = _accented()
    code = _SOURCE.format(
        accented=accented,
        base=base,
        others=_OTHERS,
        values=", ".join(f"record.{column}" for column in columns),
        first=_FIRST_MARK,
        last=_LAST_MARK,
        phone=phone,
        column=field.column,
    )
    return {"compute": code, "depends": ",".join(columns), "copied": False, "readonly": True}


def fold(text: str) -> str:
    """Return a text as the CRM keeps it."""
    plain = dict(zip(*_accented(), strict=True)) | _OTHERS
    letters = (letter for letter in text.lower() if not _FIRST_MARK <= letter <= _LAST_MARK)
    return "".join(plain.get(letter, letter) for letter in letters)


def _accented() -> tuple[str, str]:
    """Return letters that have accents, and beside each the letter alone."""
    letters = (chr(code) for codes in _LETTERS for code in codes)
    pairs = [(letter, unicodedata.normalize("NFD", letter)) for letter in letters]
    marked = [(one, apart[0]) for one, apart in pairs if _is_marked(apart) and one == one.lower()]
    return "".join(one for one, _ in marked), "".join(base for _, base in marked)


def _is_marked(apart: str) -> bool:
    return len(apart) > 1 and all(_FIRST_MARK <= letter <= _LAST_MARK for letter in apart[1:])
