"""A search of a whole database's dump, written apart from what it judges: names, e-mails and telephones."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import defaultdict

_COPY = re.compile(r"^COPY public\.(\S+) ")
_WORD = re.compile(r"[a-z]{4,}")
_MAIL = re.compile(r"[a-z0-9._+-]+@[a-z0-9.-]+[a-z0-9]")
_DIGITS = re.compile(r"[0-9](?:[ .()/-]{0,3}[0-9]){8,13}")
_LARGEST_FILE = 100_000  # the CRM's own scripts and pages are larger


class Dump:
    """What the dump of a database holds, table by table: words without accents, addresses, long numbers.

    Invented first and last names occur once, so that one of them alone is enough to find somebody.
    """

    def __init__(self, sandbox, database):
        command = [str(sandbox.cluster.programs / "pg_dump"), "--data-only", "-h", str(sandbox.cluster.home)]
        said = subprocess.run(  # noqa: S603 - PostgreSQL's own program
            [*command, "-U", "odoo", database], capture_output=True, check=True, text=True, timeout=120
        ).stdout
        self.words, self.mails, self.numbers = {}, {}, {}
        for table, text in _tables(said).items():
            self.words[table] = frozenset(_WORD.findall(_plain(text)))
            self.mails[table] = frozenset(_MAIL.findall(text))
            self.numbers[table] = frozenset(
                re.sub(r"[^0-9]", "", each)[-9:] for each in _DIGITS.findall(text)
            )

    def places(self, each):
        """Return the tables in which somebody is found, by what she is found by."""
        names = {*_WORD.findall(_plain(each.first.lower())), *_WORD.findall(_plain(each.last.lower()))}
        return {
            "name": {table for table, words in self.words.items() if names & words},
            "mail": {table for table, mails in self.mails.items() if each.email in mails},
            "phone": {table for table, numbers in self.numbers.items() if each.digits in numbers},
        }

    def outside(self, each):
        """Return the tables outside of the register's own in which somebody is found."""
        found = set().union(*self.places(each).values())
        return {table for table in found if not table.startswith("x_mist_")}


def _tables(said):
    """Return the text of each table in small letters, files that are written in hexadecimal included."""
    table, lines = None, defaultdict(list)
    for line in said.splitlines():
        begun = _COPY.match(line)
        if begun:
            table = begun[1]
        elif line == "\\.":
            table = None
        elif table is not None:
            lines[table].extend(_readable(cell) for cell in line.split("\t"))
    return {name: "\n".join(found).lower() for name, found in lines.items()}


def _readable(cell):
    if not cell.startswith("\\\\x"):
        return cell
    return bytes.fromhex(cell[3:]).decode(errors="ignore") if len(cell) < _LARGEST_FILE else ""


def _plain(text):
    """Return a text without accents."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
