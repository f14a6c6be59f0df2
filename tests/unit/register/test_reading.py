"""The register's files are read strictly: every mistake, each with its place."""

from __future__ import annotations

from datetime import date

import pytest

PEOPLE = "Référence;Prénom;Nom;Demande d'adhésion le;Moyen de contact sûr;Parle français\n"
FILES = "Référence;Personne;Notes d'accompagnement\n"
SIGNATURES = "Personne;Document;Version;Signé le\n"
NB = "\N{NO-BREAK SPACE}"
CODE = "la forme est P-0A1B-2C3D, en chiffres et lettres de A à F"
DAY = "écrivez jour/mois/année ou année-mois-jour, comme 2025-01-31"
MEANT = f"vouliez-vous dire «{NB}Courriel{NB}»{NB}?"


def test_a_line_becomes_a_row_of_values(reads):
    rows, problems = reads(people=PEOPLE + "P-0000-00A1;Exemple;Aubépine;2026-01-31;Courriel;oui\n")
    assert problems == []
    assert dict(rows["people"][0].values) == {
        "name": "P-0000-00A1",
        "first_name": "Exemple",
        "last_name": "Aubépine",
        "applied_on": date(2026, 1, 31),
        "channel": "mail",
        "speaks_french": True,
    }


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + SIGNATURES + "P-0000-00A1;bylaws;1;2026-01-31\n",
        "person,document,version,on\r\nP-0000-00A1,bylaws,1,2026-01-31\r\n",
        'Signé le;Version;Personne;Document\n2026-01-31;1;"P-0000-00A1";"Règlement intérieur"',
        SIGNATURES + "\n;;;\nP-0000-00A1; règlement INTÉRIEUR ;1;2026-01-31\n\n",
    ],
    ids=["with a mark", "as a program writes", "other order, quoted, no last break", "empty lines, spaces"],
)
def test_what_spreadsheets_write_is_read_alike(reads, text):
    rows, problems = reads(signatures=text)
    assert problems == []
    assert [dict(row.values) for row in rows["signatures"]] == [
        {"person": "P-0000-00A1", "document": "bylaws", "version": "1", "on": date(2026, 1, 31)}
    ]


def test_a_cell_may_hold_separators_quotes_and_line_breaks(reads):
    rows, problems = reads(files=FILES + 'Z-0000-0001;P-0000-0001;"un ; ""deux""\ntrois"\n')
    assert problems == []
    assert rows["files"][0].values["note"] == 'un ; "deux"\ntrois'


def test_every_mistake_of_every_file_is_told_in_one_run_with_its_place(reads):
    _, problems = reads(
        people=PEOPLE
        + "P-0000-00G1;Exemple;Aubépine;2026-01-31;Courriel;oui\n"
        + "P-0000-00A1;;Bergamote;31/02/2026;Couriel;peut-être\n",
        signatures=SIGNATURES + "P-0000-00A1;bylaws;2026-01-31\n",
    )
    assert problems == [
        f"people.csv:2:1: ce n’est pas un code sous «{NB}Référence{NB}» — {CODE}",
        f"people.csv:3:2: cellule vide sous «{NB}Prénom{NB}» — ce renseignement est obligatoire",
        f"people.csv:3:4: ce n’est pas une date sous «{NB}Demande d'adhésion le{NB}» — {DAY}",
        f"people.csv:3:5: valeur inconnue sous «{NB}Moyen de contact sûr{NB}» — {MEANT}",
        f"people.csv:3:6: on attend «{NB}oui{NB}» ou «{NB}non{NB}» sous «{NB}Parle français{NB}»",
        "signatures.csv:2:1: 3 cellules pour 4 colonnes — vérifiez les séparateurs de cette ligne",
    ]


def test_places_stay_right_after_a_cell_of_several_lines(reads):
    lines = 'Z-0000-0001;P-0000-0001;"un\ndeux"\nZ-0000-0002;X;note\n'
    _, problems = reads(files=FILES + lines)
    assert [problem.split(":")[1:3] for problem in problems] == [["4", "2"]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Référence;Prénom;Nom;Mascotte\n", "people.csv:1:4: le titre de la colonne 4 n’est pas connu"),
        ("Référence;Prénom;Nom;Prénom\n", f"people.csv:1:4: colonne répétée «{NB}Prénom{NB}»"),
        ("Référence;Prénom\n", f"people.csv:1:1: colonne manquante «{NB}Nom{NB}»"),
        (PEOPLE + 'P-0000-00A1;"Exemple;Aubépine\n', "people.csv:2:1: guillemet jamais refermé"),
        (PEOPLE + 'P-0000-00A1;"Exemple" x;A;;;\n', "people.csv:2:1: texte après le guillemet fermant"),
        (PEOPLE + "P-0000-00A1;Ex\x00emple;A;;;\n", "people.csv:2:2: caractère interdit U+0000"),
        (PEOPLE + "P-0000-00A1;=1+1;A;;;\n", "people.csv:2:2: une cellule ne commence pas par = + - ou @"),
        (PEOPLE + 2 * "P-0000-00A1;E;A;;;\n", "people.csv:3:1: code déjà utilisé plus haut"),
    ],
)
def test_each_mistake_is_told_at_its_place(reads, text, told):
    _, problems = reads(people=text)
    assert any(problem.startswith(told) for problem in problems), problems


def test_a_mistake_never_repeats_a_cell_that_may_be_a_name(reads):
    _, problems = reads(
        people="Exemple;Aubépine;Secret\n",
        signatures=SIGNATURES + "Secret Aubépine;Secret Aubépine;1;Secret Aubépine\n",
        votes="Personne;Résultat;Le\nP-0000-0001;;Secret\n",
    )
    assert len(problems) >= 8
    assert not any("Secret" in problem or "Aubépine" in problem for problem in problems)


def test_a_text_without_a_line_is_no_register(reads):
    assert reads(people="") == ({"people": ()}, [])
    assert reads(people="\n\n")[0] == {"people": ()}
