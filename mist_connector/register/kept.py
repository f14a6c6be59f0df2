"""What somebody answered about the columns of a list, kept for the next list with the same headings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from mist_connector.crm.config_directory import config_directory
from mist_connector.crm.private_files import read_private, write_private
from mist_connector.declared.reading import quoted, suggest
from mist_connector.errors import MistError
from mist_connector.language import _

from .headings import Meaning
from .proposing import Proposal

LEFT = "-"  # a column that does not come in


def answers_file(proposal: Proposal) -> Path:
    """Return where the answer about these headings is kept: they name it, and say nothing of anybody."""
    headings = "\n".join(proposal.heading(at) for at in sorted(proposal.meanings))
    digest = hashlib.sha256(headings.encode()).hexdigest()[:16]
    return config_directory() / "lists" / f"{digest}.json"


def keep_answers(proposal: Proposal, file: Path | None = None) -> Path:
    """Keep what each heading means; return the file."""
    kept = {proposal.heading(at): word_of(meaning) for at, meaning in proposal.meanings.items()}
    path = file or answers_file(proposal)
    write_private(path, json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    return path


def with_answers(proposal: Proposal, file: Path | None = None) -> tuple[Proposal, bool]:
    """Return the proposal as it was answered before, and whether it was; raise MistError for a file unfit."""
    path = file or answers_file(proposal)
    if not path.exists():
        return proposal, False
    try:
        kept = json.loads(path.read_text(encoding="utf-8") if file else read_private(path))
        words = {str(heading): str(word) for heading, word in kept.items()}
    except (ValueError, AttributeError, OSError):
        raise MistError(
            _("{path} ne dit pas ce que sont des colonnes.").format(path=path),
            todo=_("retirez ce fichier, puis relancez"),
        ) from None
    chosen = {
        at: meaning_of(proposal, words[proposal.heading(at)])
        for at in proposal.meanings
        if proposal.heading(at) in words
    }
    return proposal.meaning_all(chosen), len(chosen) == len(proposal.meanings)


def word_of(meaning: Meaning) -> str:
    """Return a meaning in a word: keys of columns, or of a fact's table, or that nothing comes in."""
    if meaning.implied is not None:
        return f"{meaning.implied.file}.{meaning.implied.day}"
    return "+".join(column.key for column in meaning.columns) or LEFT


def meaning_of(proposal: Proposal, word: str) -> Meaning:
    """Return what a word or a heading of the register stands for; raise MistError where it is none."""
    if word.strip() in {LEFT, ""}:
        return Meaning(left=_("laissée, comme demandé"))
    by_word = {column.key: column for column in proposal.headings.columns}
    by_word |= {column.heading: column for column in proposal.headings.columns}
    facts: Mapping[str, Meaning] = {
        f"{each.file}.{each.day}": Meaning(implied=each) for each in proposal.table.implied
    }
    if word in facts:
        return facts[word]
    parts = [by_word.get(part.strip()) for part in word.split("+")]
    if all(parts):
        return Meaning(tuple(part for part in parts if part is not None))
    known = [*by_word, *facts]
    hint = suggest(word, known) or _("possibles\xa0: {columns}").format(
        columns=", ".join(column.heading for column in proposal.headings.columns)
    )
    raise MistError(
        _("Il n'y a pas de colonne {word} dans le registre.").format(word=quoted(word)), todo=hint
    )
