"""Pieces of server code that many fields and buttons share: files of `server/`, each one server action.

What calls a piece brings along only what it differs in. So the CRM holds each mechanism once, where it can
be read, and a linter and a type checker see it as a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.bylaws.text import Text

from .declaration import Blueprint
from .records import MODULE, Record, Reference
from .server_files import code_of

PREFIX = "piece_"
PIECES = (
    "claims",
    "claims_kept",
    "code",
    "crowd",
    "dialog",
    "guard_closes",
    "guard_opens",
    "identity",
    "notice",
    "refusal",
    "roll",
    "sound",
)
_GIVEN = "given = env.cr.cache['mist_given'].pop()\n"


def piece_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return the server actions of all pieces: whoever works in the CRM calls them, with her own rights."""
    called = blueprint.frame.application
    for name in PIECES:
        yield Record(
            f"{PREFIX}{name}",
            "ir.actions.server",
            {
                "name": Text(fr=f"{called.fr}, {name}", en=f"{called.en}, {name}"),
                "model_id": Reference("base.model_res_users"),
                "binding_model_id": None,
                "binding_view_types": "list,form",
                "state": "code",
                "code": piece_code(name),
                "group_ids": frozenset({Reference("base.group_user")}),
            },
        )


def call(piece: str, given: str, *, env: str = "self.env") -> str:
    """Return an expression that runs a piece.

    `given` is the code of a dictionary; `env`, that of the environment whose rights the piece has.
    """
    assert piece in PIECES  # noqa: S101 - a name that stands in this package
    # Unlike `ref`, this asks the database nothing: the CRM remembers the numbers of external ids.
    number = f"{env}['ir.model.data']._xmlid_to_res_id('{MODULE}.{PREFIX}{piece}')"
    # What is given goes by the cursor's own dictionary, which no request can fill, and not by a context: a
    # context of its own would be one more environment, through which the CRM then looks at each step. It goes
    # on a pile: what the CRM computes on the way to the piece may call others.
    handed = f"{env}.cr.cache.setdefault('mist_given', []).append({given})"
    return f"({handed} or {env}['ir.actions.server'].browse({number}).run())"


def piece_code(name: str) -> str:
    """Return the code of a piece as the CRM takes it."""
    return _GIVEN + code_of(name)
