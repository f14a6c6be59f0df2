"""What the YAML parser complains about, said in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mist_connector.errors import Place, Problem

if TYPE_CHECKING:
    import yaml

    from .source import Source

GENERAL = ("écriture YAML incorrecte", "vérifiez l’indentation, les guillemets et les deux-points")

ALIGN = ("indentation incohérente", "alignez la ligne sur ses voisines")
TAB = ("tabulation dans l’indentation", "n’employez que des espaces")

# The words of PyYAML's own parser and of libyaml; the first that the complaint contains counts.
COMPLAINTS = (
    (
        "mapping values are not allowed",
        ("deux-points inattendus", "mettez le texte entre guillemets, ou vérifiez l’indentation"),
    ),
    (
        "could not find expected ':'",
        ("deux-points manquants après une clé", "écrivez «\xa0clé: valeur\xa0»"),
    ),
    ("found character '\\t' that cannot start any token", TAB),
    ("found a tab character", TAB),
    ("found unexpected end of stream", ("texte inachevé", "fermez les guillemets ou les crochets")),
    ("expected <block end>, but found", ALIGN),
    ("did not find expected key", ALIGN),
    ("did not find expected '-' indicator", ALIGN),
    (
        "expected ',' or ']'",
        ("liste entre crochets mal fermée", "séparez par des virgules, fermez par «\xa0]\xa0»"),
    ),
    (
        "expected ',' or '}'",
        ("accolades mal fermées", "séparez par des virgules, fermez par «\xa0}\xa0»"),
    ),
    ("that cannot start any token", ("caractère réservé", "mettez le texte entre guillemets")),
    (
        "found unknown escape character",
        ("barre oblique inverse inattendue", "doublez-la, ou employez des apostrophes"),
    ),
    ("node content", ("valeur manquante", "fermez les crochets, ou écrivez la valeur")),
)


def explain_syntax(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """Return the parser's complaint as a problem with a hint."""
    said = error.problem or ""
    what, hint = next((told for words, told in COMPLAINTS if words in said), GENERAL)
    mark = error.problem_mark or error.context_mark
    place = source.place((mark.line + 1, mark.column + 1)) if mark else Place(source.name, 1, 1)
    return Problem(place, what, hint)
