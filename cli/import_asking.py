"""What `mist import` asks: which column is what, who is somebody else; answers are kept, names are not."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.declared.reading import quoted
from mist_connector.language import _
from mist_connector.register.headings import Meaning
from mist_connector.register.kept import keep_answers, meaning_of, with_answers, word_of
from mist_connector.register.proposing import Proposal
from mist_connector.register.reading import read_lines
from mist_connector.register.recognising import Answer, Doubt

from . import console
from .consent import confirmed

SHOWN = 5
_WORDS = {"m": Answer.SAME, "a": Answer.APART, "l": Answer.LEAVE}


def settled(proposal: Proposal, file: Path | None, *, asks: bool) -> Proposal:
    """Return what the columns of a sheet are: as its headings say, as answered before, or as asked now."""
    answered, whole = with_answers(proposal, file)
    if whole or not proposal.unsure:
        return answered
    if not asks:
        _tell_likely(answered)
        return answered
    while True:
        _show(answered)
        if confirmed(_("Est-ce bien cela ?"), default=True):
            break
        answered = _asked(answered)
    console.note(
        _("Gardé pour la prochaine fois : {keep_answers}").format(keep_answers=keep_answers(answered, file))
    )
    return answered


def _tell_likely(proposal: Proposal) -> None:
    """Say what headings are taken for that are not quite known, where nobody is asked."""
    for at, meaning in sorted(proposal.meanings.items()):
        if meaning.taken and not meaning.sure:
            console.note(
                _("{topic} : {what}").format(
                    topic=proposal.layout.sheet.name,
                    what=f"{quoted(proposal.heading(at))} → {_told(meaning)}",
                )
            )


def _show(proposal: Proposal) -> None:
    """Show which column is what, then some lines as they would be: on the screen of whoever has the list."""
    console.say(f"{proposal.layout.sheet.name} → {proposal.table.file}")
    headings = [(proposal.heading(at), _told(meaning)) for at, meaning in sorted(proposal.meanings.items())]
    console.table((_("colonne du fichier"), _("dans le registre")), headings)
    lines = [line.row for line in read_lines(proposal, [], [])[:SHOWN]]
    columns = [each for each in proposal.headings.columns if any(each.key in row.values for row in lines)]
    rows = [[each.raw_text(row.values.get(each.key)) for each in columns] for row in lines]
    console.table([each.heading for each in columns], rows)


def _told(meaning: Meaning) -> str:
    if meaning.implied is not None:
        told = _("un fait : {meaning.implied.file}").format(meaning=meaning)
    else:
        told = ", ".join(column.heading for column in meaning.columns) or _(
            "laissée : {meaning.left}"
        ).format(meaning=meaning)
    return told if meaning.sure else f"{told} ?"


def _asked(proposal: Proposal) -> Proposal:
    console.note(
        _(
            "Pour chaque colonne : un titre du registre, ou - pour la laisser ; Entrée garde ce "
            "qui est proposé."
        )
    )
    chosen: dict[int, Meaning] = {}
    for at, meaning in sorted(proposal.meanings.items()):
        word = click.prompt(quoted(proposal.heading(at)), default=word_of(meaning))
        chosen[at] = meaning if word == word_of(meaning) else meaning_of(proposal, word)
    return proposal.meaning_all(chosen)


def decided(doubt: Doubt) -> Answer:
    """Ask about somebody who may be there already."""
    console.say(doubt.sentence)
    question = _("(m) la même personne, (a) une autre, (l) laisser cette ligne.")
    word = click.prompt(question, type=click.Choice(list(_WORDS)), default="l")
    return _WORDS[word]
