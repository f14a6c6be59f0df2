"""E-mail addresses and telephones as cells hold them: kept as written, or refused with the reason."""

from __future__ import annotations

import re

from mist_connector.language import _

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"'\\]+@[^\s@<>()\[\],;:\"'\\.]+(?:\.[^\s@<>()\[\],;:\"'\\.]+)+")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
_TELEPHONE = re.compile(
    r"(?:tel\.?|telephone|tél\.?|téléphone)?\s*:?\s*(\(?\+?[\d\s().,\-/‑–]+)", re.IGNORECASE
)
_FEWEST, _MOST = 8, 15  # digits of a number, the country's included (E.164)
_NATIONAL, _COUNTRY = 9, "33"


class NoAddress(ValueError):
    """A text that is no address: why, and what to do."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def read_email(text: str) -> str:
    """Return an e-mail address; raise NoAddress for what is none, or several."""
    if _EMAIL.fullmatch(text) and ".." not in text and not text.startswith("."):
        return text
    if text.count("@") > 1:
        raise NoAddress(_("plusieurs adresses dans une cellule"), _("gardez celle qui est sûre"))
    if text.casefold().startswith("mailto:") or "<" in text:
        raise NoAddress(_("ce n’est pas une adresse seule"), _("gardez ce qui a la forme nom@domaine.fr"))
    raise NoAddress(
        _("ce n’est pas une adresse de courriel"), _("la forme est nom@domaine.fr\xa0; sinon, laissez vide")
    )


def read_telephone(text: str) -> str:
    """Return a telephone as it was written; give back the zero or the + that a spreadsheet took away.

    Raises NoAddress for what is no number, several, or one that a spreadsheet has rounded.
    """
    if _SCIENTIFIC.fullmatch(text.replace(" ", "")):
        raise NoAddress(
            _("ce numéro a été perdu par un tableur (3,36E+10)"),
            _("retapez-le, dans une cellule de type Texte"),
        )
    found = _TELEPHONE.fullmatch(text)
    digits = re.sub(r"\D", "", text)
    if found is None:
        raise NoAddress(
            _("ce n’est pas un numéro de téléphone seul"), _("un numéro par cellule, sans autre mot")
        )
    if not _FEWEST <= len(telephone_key(text)) <= _MOST and not _FEWEST <= len(digits) <= _MOST:
        raise NoAddress(_("ce numéro n’a pas le bon nombre de chiffres"), _("vérifiez-le"))
    return _restored(digits) if text == digits else " ".join(found[1].split())


def _restored(digits: str) -> str:
    """Return a number whose zero or + a spreadsheet took away, in the usual spacing; others as they are."""
    if len(digits) == _NATIONAL and digits[0] != "0":
        digits = f"0{digits}"
        return " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    if len(digits) == _NATIONAL + len(_COUNTRY) and digits.startswith(_COUNTRY):
        rest = digits[len(_COUNTRY) :]
        return f"+{_COUNTRY} {rest[0]} " + " ".join(rest[at : at + 2] for at in range(1, len(rest), 2))
    return digits


def email_key(text: str) -> str:
    """Return what makes two addresses the same one."""
    return text.strip().casefold()


def telephone_key(text: str) -> str:
    """Return what makes two telephones the same one: digits, the country's own ones without its prefix."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    for prefix in (f"00{_COUNTRY}", _COUNTRY, "0"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == _NATIONAL:
            return digits[len(prefix) :]
    return digits
