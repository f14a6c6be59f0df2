"""The ids of the bylaws' files, and where they are named."""

from __future__ import annotations

from .references import Definition, Use

DEFINITIONS = (
    Definition("section", "sections", ("sections", "*", "id"), "identifiant de section"),
    Definition("rule", "rules", ("rules", "*", "id"), "identifiant de règle"),
    Definition("decision", "decisions", ("decisions", "*", "id"), "identifiant de décision"),
    Definition("tier", "tiers", ("tiers", "*", "id"), "identifiant de niveau"),
    Definition("text", "texts", ("texts", "*", "id"), "identifiant de texte"),
    Definition("reader", "matrix", ("readers", "*", "id"), "identifiant de ligne"),
    Definition("key", "matrix", ("keys", "*", "id"), "identifiant de clé"),
    Definition("door", "matrix", ("doors", "*", "id"), "identifiant de porte"),
)

USES = (
    Use(("section",), "rules", ("section",)),
    Use(("decision",), "rules", ("rules", "*", "decisions", "*")),
    Use(("rule",), "decisions", ("decisions", "*", "rules", "*")),
    Use(("rule",), "texts", ("texts", "*", "rule")),
    Use(("door",), "matrix", ("readers", "*", "door")),
    Use(("key",), "matrix", ("readers", "*", "tiers", "*", "keys", "*")),
    Use(("rule", "decision"), "matrix", ("**", "because", "*")),
)
