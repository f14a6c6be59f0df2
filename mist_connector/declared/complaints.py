"""What validation complains about, said in French, with what was probably meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mist_connector.conditions.spelling import FORMS

from .suggestion import quoted, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic_core import ErrorDetails

EXPECTED = {
    "string_type": "un texte",
    "int_type": "un nombre entier",
    "int_parsing": "un nombre entier",
    "bool_type": "true ou false",
    "bool_parsing": "true ou false",
    "float_type": "un nombre",
    "decimal_type": "un nombre",
    "decimal_parsing": "un nombre",
    "date_type": "une date, comme 2025-01-31",
    "date_parsing": "une date, comme 2025-01-31",
    "date_from_datetime_parsing": "une date, comme 2025-01-31",
    "list_type": "une liste",
    "tuple_type": "une liste",
    "set_type": "une liste",
    "frozen_set_type": "une liste",
    "dict_type": "des clés et des valeurs",
    "model_type": "des clés et des valeurs",
    "model_attributes_type": "des clés et des valeurs",
    "dataclass_type": "des clés et des valeurs",
    "none_required": "rien (null)",
}

LIMITS = {
    "greater_than": "plus grand que {gt}",
    "greater_than_equal": "au moins {ge}",
    "less_than": "plus petit que {lt}",
    "less_than_equal": "au plus {le}",
    "multiple_of": "un multiple de {multiple_of}",
    "too_short": "au moins {min_length} éléments",
    "too_long": "au plus {max_length} éléments",
    "string_too_short": "au moins {min_length} caractères",
    "string_too_long": "au plus {max_length} caractères",
    "string_pattern_mismatch": "la forme {pattern}",
}


def explain(error: ErrorDetails, known_keys: Callable[[], Iterable[str]]) -> tuple[str, str]:
    """Return what is wrong and a hint; `known_keys` gives the keys allowed where the error is."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f"clé manquante {quoted(str(error['loc'][-1]))}", "ajoutez-la"
    if kind == "extra_forbidden":
        return _unknown_key(str(error["loc"][-1]), sorted(known_keys()))
    if kind in EXPECTED:
        return f"on attend ici {EXPECTED[kind]}, pas {_named(error['input'])}", _retype(kind, error["input"])
    if kind in LIMITS:
        return f"valeur refusée {_shown(error['input'])}", f"attendu\xa0: {LIMITS[kind].format(**context)}"
    return _choice_or_other(error, context)


def _unknown_key(key: str, known: list[str]) -> tuple[str, str]:
    """Explain a key that the place does not know."""
    hint = suggest(key, known) or (f"clés possibles\xa0: {', '.join(known)}" if known else "retirez-la")
    return f"clé inconnue {quoted(key)}", hint


def _choice_or_other(error: ErrorDetails, context: dict[str, Any]) -> tuple[str, str]:
    """Explain a value outside a closed vocabulary, or a complaint of our own validators."""
    if error["type"] in {"enum", "literal_error", "union_tag_invalid"}:
        choices = re.findall(r"'([^']*)'", context.get("expected") or context.get("expected_tags", ""))
        word = str(context.get("tag", error["input"]))
        hint = suggest(word, choices) or f"possibles\xa0: {', '.join(choices)}"
        return f"valeur inconnue {quoted(word)}", hint
    if error["type"] == "union_tag_not_found":
        return f"il manque la clé {context.get('discriminator', '')} qui dit de quoi il s’agit", "ajoutez-la"
    if error["type"] == "condition_form":
        return "une condition a une forme, et une seule", f"une de\xa0: {', '.join(FORMS)}"
    if error["type"] in {"value_error", "assertion_error"}:
        return str(context["error"]), ""
    return f"valeur refusée {_shown(error['input'])}", f"règle\xa0: {error['type']}"


def _named(value: object) -> str:
    """Name the kind of a value, as a reader of the file would."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "rien"
    if isinstance(value, list):
        return "une liste"
    return "des clés et des valeurs" if isinstance(value, dict) else _shown(value)


def _shown(value: object) -> str:
    """Quote a single value; only name the kind of anything larger."""
    return quoted(str(value)) if isinstance(value, (str, int)) else _named(value)


def _retype(kind: str, value: object) -> str:
    """Return how to mend a value of the wrong type."""
    if kind == "string_type" and isinstance(value, (bool, int)):
        return "mettez-le entre guillemets"
    if kind == "string_type" and value is None:
        return "écrivez un texte après les deux-points"
    if kind in {"int_type", "bool_type"} and isinstance(value, str):
        return "sans guillemets, et rien d’autre"
    if kind in {"list_type", "tuple_type"}:
        return "une ligne par élément, chacune commençant par «\xa0-\xa0»"
    return ""
