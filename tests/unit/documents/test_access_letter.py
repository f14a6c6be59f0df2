"""The letter to the person herself: in plain words, without a name, a code or a word of an examination."""

from datetime import date, timedelta

import pytest

from mist_connector.access.readers import Register, Working, who_reads
from mist_connector.access.sentences import told_to_her
from mist_connector.bylaws.facts import Accompaniment, Agreement, Exclusion, Facts, Function, Investigation
from mist_connector.documents.access_letter import access_letter
from mist_connector.documents.catalogue import ACCESS_LETTER, compiled, find_document
from mist_connector.planning.accounts import Account
from mist_connector.work.papers.templates import load_templates

TODAY = date(2026, 3, 1)
HER, DIRECTOR, WORKER, STAND_IN = (f"P-0000-000{number}" for number in range(1, 5))
LONG = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
FUNCTIONS = {
    DIRECTOR: Function(date(2026, 1, 1), "direction", "d@mist.invalid", None, "F-0000-0001"),
    WORKER: Function(date(2026, 1, 1), "staff", "w@mist.invalid", None, "F-0000-0002"),
    STAND_IN: Function(date(2026, 1, 1), "staff", "s@mist.invalid", None, "F-0000-0003"),
}


def register(**hers):
    accompaniments = (
        Accompaniment(date(2026, 1, 1), "F-0000-0002", date(2026, 6, 30)),
        Accompaniment(TODAY, "F-0000-0003", TODAY + timedelta(days=10), cover=True),
    )
    people = {HER: Facts(HER, accompaniments=accompaniments, **hers)}
    people |= {
        code: Facts(code, functions=(each,), agreements=(Agreement(**LONG),))
        for code, each in FUNCTIONS.items()
    }
    working = [Working(each, code, place) for place, (code, each) in enumerate(FUNCTIONS.items(), start=1)]
    accounts = [
        Account(place, each.login, active=True, groups=frozenset({each.role}))
        for place, each in enumerate(FUNCTIONS.values(), start=1)
    ]
    return Register(people, working), accounts


@pytest.fixture
def letter(mappings):
    def write(language="fr", **hers):
        known, accounts = register(**hers)
        openings = who_reads(HER, known, accounts, mappings.blueprint, on=TODAY)
        subject = find_document(mappings, ACCESS_LETTER).subject
        values = access_letter(told_to_her(openings, on=TODAY), subject=subject, language=language)
        return compiled(mappings, ACCESS_LETTER, load_templates(None)).render(values, language=language)

    return write


def test_each_reader_is_told_with_the_last_day_and_the_reason(letter):
    text = " ".join(letter().text.split()).replace("\N{NO-BREAK SPACE}", " ")
    assert "L’équipe salariée (2 comptes) : lire, modifier, ajouter, jusqu’au 31 décembre 2026" in text
    assert "La personne de l’équipe qui vous accompagne : lire, modifier, jusqu’au 30 juin 2026" in text
    assert "La personne qui la remplace : lire, modifier, jusqu’au 11 mars 2026" in text
    assert "accord de confidentialité valable" in text


def test_it_says_the_same_in_english(letter):
    text = " ".join(letter("en").text.split())
    assert "Whoever stands in for her: read, change" in text
    assert "valid confidentiality agreement" in text


def test_it_names_nobody_and_leaves_never_by_mail(letter):
    page = letter()
    for word in (HER, WORKER, "F-0000", "@mist.invalid"):
        assert word not in page.html
    assert not page.mailed


def test_an_examination_changes_nothing_of_it(letter):
    examined = Investigation(TODAY, "trafficking", outcome="founded", bars=True)
    assert letter(investigations=(examined,)) == letter()


def test_after_an_exclusion_only_direction_is_left_at_the_file(letter):
    text = letter(exclusions=(Exclusion(TODAY, "association"),)).text
    assert "qui vous accompagne" not in text
    assert "la direction" in text.lower().partition("votre dossier personnel")[2]
