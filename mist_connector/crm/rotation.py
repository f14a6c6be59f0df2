"""Replace the key of the account that runs: a new one made, kept, tried, and only then the old one deleted.

Cut at any place, it is taken up where it was: until the new key works, the old one does; and which one goes
is noted down before it is replaced. Two at once, or a request that arrives late, leave a key that works.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

from pydantic import SecretStr

from mist_connector.errors import MistError
from mist_connector.language import _

from .account import check_account
from .config_directory import config_directory
from .connect import connect
from .port import Crm
from .private_files import read_private, write_private
from .profiles import Profile, save_profile
from .secrets import ENVIRONMENT, find_secret, keep_secret, looks_like_key
from .server_actions import find_server_action

_SHOWN = 8  # how much of a key the CRM keeps in clear, to find it by


def rotate(profile: Profile) -> str:
    """Replace the profile's key; return until when the new one holds.

    Raises MistError where the secret is a password, or is kept elsewhere than mist keeps it.
    """
    folder = config_directory() / "rotating"
    with _alone(folder, profile):
        return _rotate(profile, folder / profile.name, _tag(folder / f"{profile.name}.tag"))


def _rotate(profile: Profile, note: Path, tag: str) -> str:
    old = find_secret(profile)
    _require_ours(profile, old)
    with closing(connect(profile, old)) as crm:
        _drop_noted(crm, note, tag, keep=old)
        made = _run(crm, mist_tag=tag)
    new = SecretStr(str(made["key"]))
    write_private(note, _start(old) + "\n")
    kept = keep_secret(profile, new)
    save_profile(kept)
    with closing(connect(kept, new, answered=True)) as crm:
        check_account(crm)
        _drop_noted(crm, note, tag, keep=new)
    return str(made["until"])


@contextmanager
def _alone(folder: Path, profile: Profile) -> Iterator[None]:
    """Keep another replacement of the same profile's key waiting: the later one would keep its key alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / f"{profile.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _tag(path: Path) -> str:
    """Return the mark of the keys that are made for this profile here, made up the first time.

    Another machine of the same account marks its keys otherwise, and neither deletes the other's.
    """
    if not path.exists():
        write_private(path, token_hex(4) + "\n")
    return read_private(path).strip()


def _drop_noted(crm: Crm, note: Path, tag: str, *, keep: SecretStr) -> None:
    """Delete the key that an earlier replacement left, if it did."""
    if note.exists():
        old = read_private(note).strip()
        if old != _start(keep):
            _run(crm, mist_keep=_start(keep), mist_drop=old, mist_tag=tag)
        note.unlink()


def _run(crm: Crm, **context: str) -> dict[str, object]:
    action = find_server_action(crm, "x_mist_function", "rotate_key")
    return dict(crm.call("ir.actions.server", "run", ids=[action], context=context))


def _start(secret: SecretStr) -> str:
    return secret.get_secret_value()[:_SHOWN]


def _require_ours(profile: Profile, secret: SecretStr) -> None:
    if not looks_like_key(secret):
        raise MistError(
            _("Le secret de ce profil est un mot de passe, pas une clé."),
            todo=_("créez une clé dans le CRM (préférences, sécurité), puis « mist init »"),
        )
    own = f"{ENVIRONMENT}_{profile.name.upper().replace('-', '_')}"
    if any(os.environ.get(name) for name in (own, ENVIRONMENT, f"{ENVIRONMENT}_FILE")):
        raise MistError(
            _("Le secret vient de l’environnement : mist ne peut pas l’y remplacer."),
            todo=_("gardez le secret par « mist init », sans {environment} ni {environment}_FILE").format(
                environment=ENVIRONMENT
            ),
        )
