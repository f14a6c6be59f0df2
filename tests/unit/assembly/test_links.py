"""What is voted on is read at a place, or by a link that asks who one is; never by one that opens alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mist_connector.cli.declared_mappings import declared
from mist_connector.errors import MistError
from mist_connector.work.assembly.papers import notice_input

from .test_record import CLOSED


def with_paper(paper):
    [item, *_] = CLOSED.items
    return replace(CLOSED, items=(replace(item, paper=paper),))


@pytest.mark.parametrize(
    "paper",
    [
        "https://crm.example/web/content/12?access_token=0a1b",
        "https://crm.example/web/image/12",
        "https://nuage.example/f/1?token=abc",
        "https://nuage.example/share/abc",
        "Voir https://nuage.example/f/1?a=1&sig=abc",
    ],
)
def test_a_link_that_opens_without_an_account_refuses_the_convocation(paper):
    with pytest.raises(MistError, match="s'ouvre sans compte"):
        notice_input(with_paper(paper), declared())


@pytest.mark.parametrize(
    "paper", ["", "Annexe 1", "Classeur bleu, au local", "https://nuage.example/dossier/ag"]
)
def test_a_title_a_place_or_a_link_that_asks_who_one_is_stands_on_the_agenda(paper):
    told = notice_input(with_paper(paper), declared())
    assert [each[2] for each in told.items] == [paper]
