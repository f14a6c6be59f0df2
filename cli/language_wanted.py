"""Which language `mist` speaks: read before click reads anything, since help texts are made on import."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from mist_connector.crm.config_directory import config_directory
from mist_connector.language import FRENCH, LANGUAGES, of_locale

OPTION = "--lang"
VARIABLE = "MIST_LANG"


def language_wanted(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of `--lang`, of MIST_LANG, of the profile or of the locale; by default French.

    A language that mist does not speak is passed over here; click refuses it where it stands in `--lang`.
    """
    named = (_of_option(arguments), environment.get(VARIABLE), _of_profile(arguments, environment))
    return next((language for language in named if language in LANGUAGES), None) or (
        of_locale(environment) or FRENCH
    )


def _of_option(arguments: Sequence[str]) -> str | None:
    """Return the value of `--lang` before the command's name: a command may have such an option too."""
    found = None
    left = iter(arguments)
    for argument in left:
        if argument == OPTION:
            found = next(left, None)
        elif argument.startswith(f"{OPTION}="):
            found = argument.partition("=")[2]
        elif not argument.startswith("-"):
            break
    return found


def _of_profile(arguments: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """Return the language that the profile of this command keeps; its fitness is checked later."""
    name = _value_of("--profile", arguments) or environment.get("MIST_PROFILE") or "default"
    if Path(name).name != name:
        return None
    try:
        kept = json.loads((config_directory() / "profiles" / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept.get("language") if isinstance(kept, dict) else None


def _value_of(option: str, arguments: Sequence[str]) -> str | None:
    """Return the value of an option, wherever it stands."""
    for argument, following in pairwise([*arguments, None]):
        if argument == option:
            return following
        if argument and argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return None
