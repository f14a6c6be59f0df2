"""Server code in files of `server/`: a mapping file gives the name of a file, or code."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator

ACTIONS, FIELDS = "actions", "fields"
_PACKAGE = "mist_connector.server"
_NAME = re.compile(r"[a-z][a-z_]*")


@cache
def code_of(file: str) -> str:
    """Return the code of a file of `server/`, named without its ending, as the CRM takes it.

    Its docstring and its imports are cut off: the CRM allows no import. Raises FileNotFoundError.
    """
    text = _text(file)
    head = 0
    for statement in ast.parse(text).body:
        if not isinstance(statement, ast.ImportFrom) and not _is_docstring(statement):
            break
        head = statement.end_lineno or 0
    return "\n".join(text.splitlines()[head:]).strip()


@cache
def joined(folder: str, part: str) -> str:
    """Return the code of a part of a folder, after that of each part that it imports from."""
    return "\n\n".join(code_of(f"{folder}/{each}") for each in _parts(folder, part))


def _parts(folder: str, part: str) -> list[str]:
    """Return a part and the parts that it needs, each once, after those that it needs itself."""
    within, ordered = f"{_PACKAGE}.{folder}.", []
    for statement in ast.parse(_text(f"{folder}/{part}")).body:
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith(within):
            ordered += _parts(folder, str(statement.module).removeprefix(within))
    return list(dict.fromkeys([*ordered, part]))


def _text(file: str) -> str:
    return files(_PACKAGE).joinpath(f"{file}.py").read_text(encoding="utf-8")


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _in(folder: str) -> AfterValidator:
    """Return a validator: it puts the code of a file in the place of its name, and lets other code be."""

    def read(code: str) -> str:
        if not _NAME.fullmatch(code):
            return code
        try:
            return joined(folder, code)
        except FileNotFoundError:
            raise ValueError(f"il n'y a pas de code « {code} » (server/{folder})") from None

    return AfterValidator(read)


ActionCode = Annotated[str, _in(ACTIONS)]
FieldCode = Annotated[str, _in(FIELDS)]
