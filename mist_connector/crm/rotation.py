"""Replace the key of the account that runs: a new one made, kept, tried, and only then the old one deleted.

Cut at any place, it is taken up where it was: until the new key works, the old one does; and which one goes
is noted down before it is replaced.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from pydantic import SecretStr

from mist_connector.errors import MistError

from .account import check_account
from .connect import connect
from .port import Crm
from .private_files import read_private, write_private
from .profiles import Profile, config_directory, save_profile
from .secrets import ENVIRONMENT, find_secret, keep_secret, looks_like_key
from .server_actions import find_server_action

_SHOWN = 8  # how much of a key the CRM keeps in clear, to find it by


def rotate(profile: Profile) -> str:
    """Replace the profile's key; return until when the new one holds.

    Raises MistError where the secret is a password, or is kept elsewhere than mist keeps it.
    """
    old = find_secret(profile)
    _require_ours(profile, old)
    note = config_directory() / "rotating" / profile.name
    with closing(connect(profile, old)) as crm:
        _drop_noted(crm, note, keep=old)
        made = _run(crm)
    new = SecretStr(str(made["key"]))
    write_private(note, _start(old) + "\n")
    kept = keep_secret(profile, new)
    save_profile(kept)
    with closing(connect(kept, new)) as crm:
        check_account(crm)
        _drop_noted(crm, note, keep=new)
    return str(made["until"])


def _drop_noted(crm: Crm, note: Path, *, keep: SecretStr) -> None:
    """Delete the key that an earlier replacement left, if it did."""
    if note.exists():
        old = read_private(note).strip()
        if old != _start(keep):
            _run(crm, mist_keep=_start(keep), mist_drop=old)
        note.unlink()


def _run(crm: Crm, **context: str) -> dict[str, object]:
    action = find_server_action(crm, "x_mist_function", "rotate_key")
    return dict(crm.call("ir.actions.server", "run", ids=[action], context=context))


def _start(secret: SecretStr) -> str:
    return secret.get_secret_value()[:_SHOWN]


def _require_ours(profile: Profile, secret: SecretStr) -> None:
    if not looks_like_key(secret):
        raise MistError(
            "Le secret de ce profil est un mot de passe, pas une clé.",
            todo="créez une clé dans le CRM (préférences, sécurité), puis « mist init »",
        )
    own = f"{ENVIRONMENT}_{profile.name.upper().replace('-', '_')}"
    if any(os.environ.get(name) for name in (own, ENVIRONMENT, f"{ENVIRONMENT}_FILE")):
        raise MistError(
            "Le secret vient de l’environnement : mist ne peut pas l’y remplacer.",
            todo=f"gardez le secret par « mist init », sans {ENVIRONMENT} ni {ENVIRONMENT}_FILE",
        )
