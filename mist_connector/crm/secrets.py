"""Where the secret of a profile comes from and is kept; it is never in the profile itself."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import keyring
from keyring.errors import KeyringError
from pydantic import SecretStr

from mist_connector.errors import MistError
from mist_connector.language import _

from .config_directory import config_directory
from .private_files import read_private, write_private
from .profiles import Profile

# What Odoo makes: 20 random bytes in hexadecimal.
_KEY = re.compile(r"[0-9a-f]{40}")
ENVIRONMENT = "MIST_SECRET"
SIGNING = "MIST_SIGNING_SECRET"


def looks_like_key(secret: SecretStr) -> bool:
    """Say whether a secret has the form of an API key, not of a password that a person chose."""
    return _KEY.fullmatch(secret.get_secret_value()) is not None


def find_secret(profile: Profile) -> SecretStr:
    """Return the secret of a profile: from the environment, else from a file, else from the keyring.

    The environment is `MIST_SECRET_<PROFILE>` or `MIST_SECRET`; the file is `MIST_SECRET_FILE`'s or the
    profile's. Raises `MistError` if there is none anywhere, or if a file is open to others.
    """
    for found in _candidates(profile):
        if found:
            without = SecretStr("".join(found.split()))  # a key holds no blanks: these came with the copy
            return without if looks_like_key(without) else SecretStr(found)
    raise MistError(
        _("Aucun secret n’est enregistré pour le profil « {name} ».").format(name=profile.name),
        todo=_("Lancez « mist init », ou donnez-le par {environment} ou {environment}_FILE.").format(
            environment=ENVIRONMENT
        ),
    )


def keep_secret(profile: Profile, secret: SecretStr) -> Profile:
    """Keep a secret in the system's keyring, or else in a file of mode 600.

    Returns the profile, whose `secret_file` names the file if there is one. The keyring files it under the
    CRM's address, so that a profile changed to another address does not hand it over there.
    """
    path = config_directory() / "secrets" / profile.name
    if _kept_in_keyring(profile, secret):
        path.unlink(missing_ok=True)
        return profile.model_copy(update={"secret_file": None})
    write_private(path, secret.get_secret_value() + "\n")
    return profile.model_copy(update={"secret_file": str(path)})


def signing_secret(profile: Profile, *, make: bool = False) -> bytes | None:
    """Return the secret that signs what the CRM keeps for the connector; None where this machine has none.

    It is of one CRM, whatever the account: from `MIST_SIGNING_SECRET`, or from a file of mode 600. `make`:
    make one where there is none.
    """
    given = os.environ.get(SIGNING)
    if given:
        return given.encode()
    name = hashlib.sha256(f"{profile.url} {profile.database}".encode()).hexdigest()[:16]
    path = config_directory() / "signing" / name
    if not path.exists():
        if not make:
            return None
        write_private(path, secrets.token_hex(32) + "\n")
    return read_private(path).strip("\r\n").encode()


def _candidates(profile: Profile) -> Iterator[str | None]:
    own = f"{ENVIRONMENT}_{profile.name.upper().replace('-', '_')}"
    yield os.environ.get(own)
    yield os.environ.get(ENVIRONMENT)
    for path in (os.environ.get(f"{ENVIRONMENT}_FILE"), profile.secret_file):
        if path:
            yield read_private(Path(path).expanduser()).strip("\r\n")
    yield _from_keyring(profile)


def _from_keyring(profile: Profile) -> str | None:
    if not _has_keyring():
        return None
    try:
        return keyring.get_password(_service(profile), profile.login)
    except KeyringError:
        pass
    raise MistError(
        _("Le trousseau du système ne s’ouvre pas."),
        todo=_("Déverrouillez-le, ou donnez le secret par {environment}_FILE.").format(
            environment=ENVIRONMENT
        ),
    )


def _kept_in_keyring(profile: Profile, secret: SecretStr) -> bool:
    if not _has_keyring():
        return False
    try:
        keyring.set_password(_service(profile), profile.login, secret.get_secret_value())
    except KeyringError:
        return False
    return True


def _has_keyring() -> bool:
    """Say whether there is a real keyring, not keyring's stand-ins, which fail or write in the clear."""
    return bool(keyring.core.recommended(keyring.get_keyring()))


def _service(profile: Profile) -> str:
    return f"mist {profile.url} {profile.database}"
