"""Words that staff wrote for outside: none may name somebody of the register, or hold a code.

The words are compared inside the CRM, which answers with codes: no name is read to find one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.identity import identity_of
from mist_connector.crm.batches import read_all
from mist_connector.crm.port import Crm
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.people.names import PERSON

from .assemblies import ItemRecord

MOST_WORDS = 3
_CODE = re.compile(r"\b[A-Z]{1,2}-[0-9A-F]{4}-[0-9A-F]{4}\b")


def check_public_wordings(
    crm: Crm, blueprint: Blueprint, items: Sequence[ItemRecord], told: Collection[str]
) -> None:
    """Raise MistError where a public wording names somebody, or holds a code.

    `told`: the codes of the people whose names this paper may write.
    """
    worded = [(item, f"{item.public.fr} {item.public.en}") for item in items if item.public is not None]
    unfit = [item for item, words in worded if _CODE.search(words)]
    columns = identity_of(blueprint).name_columns
    # All at once first: as a rule nobody is named, and there is nothing to ask for each of them.
    if _name_somebody(crm, columns, [words for _, words in worded], told):
        unfit += [
            item
            for item, words in worded
            if item not in unfit and _name_somebody(crm, columns, [words], told)
        ]
    if unfit:
        points = ", ".join(map(str, sorted(item.position for item in unfit)))
        raise MistError(
            _("Points {points} : « Intitulé public » porte un nom ou une référence du registre.").format(
                points=points
            ),
            todo=_("récrivez-le sans nommer personne (un prénom qui est aussi un mot compte)"),
        )


def _name_somebody(crm: Crm, columns: Sequence[str], texts: Sequence[str], told: Collection[str]) -> bool:
    parts = sorted({case for words in texts for run in phrases(words) for case in cases(run)})
    if not parts:
        return False
    domain: list[object] = ["|"] * (len(columns) - 1)
    domain += [[column, "in", parts] for column in columns]
    return any(row["x_name"] not in told for row in read_all(crm, PERSON, ["x_name"], domain=domain))


def phrases(words: str) -> list[str]:
    """Return every run of up to three words that begins with a capital, as names are written."""
    each = re.findall(r"[\w’'-]+", words)
    runs = {
        " ".join(each[start : start + length])
        for start, first in enumerate(each)
        for length in range(1, MOST_WORDS + 1)
        if first[:1].isupper()
    }
    return sorted(runs)


def cases(run: str) -> set[str]:
    """Return a run in the cases that a name may be recorded in."""
    return {run, run.lower(), run.upper(), run.title()}
