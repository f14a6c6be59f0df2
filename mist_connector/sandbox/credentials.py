"""Random secrets of a throw-away CRM, and how Odoo stores them."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field

from .postgres import literal

ADMIN = "admin"
_PASSWORD_ROUNDS = 600_000  # Odoo's minimum: fewer, and it would hash again at the first login
_KEY_ROUNDS = 6_000
_KEY_BYTES = 20
_INDEX_DIGITS = 8


@dataclass(frozen=True)
class Credentials:
    """What the administrator of a sandbox logs in with; never shown by accident."""

    password: str = field(repr=False)
    api_key: str = field(repr=False)


def invent() -> Credentials:
    """Return new random secrets."""
    return Credentials(secrets.token_urlsafe(12), invent_key())


def invent_key() -> str:
    """Return a new random API key in Odoo's form."""
    return secrets.token_hex(_KEY_BYTES)


def password_sql(login: str, password: str) -> str:
    """Return the SQL that sets a user's password."""
    hashed = literal(_hashed(password, rounds=_PASSWORD_ROUNDS))
    return f"UPDATE res_users SET password = {hashed} WHERE login = {literal(login)};\n"  # noqa: S608 - quoted


def api_key_sql(login: str, key: str) -> str:
    """Return the SQL that gives a user an API key that does not expire."""
    stored = (literal("mist sandbox"), literal("rpc"), literal(_hashed(key, rounds=_KEY_ROUNDS)))
    values = ", ".join((*stored, literal(key[:_INDEX_DIGITS])))
    return (
        'INSERT INTO res_users_apikeys (name, scope, key, "index", user_id) '  # noqa: S608 - quoted
        f"SELECT {values}, id FROM res_users WHERE login = {literal(login)};\n"
    )


def _hashed(secret: str, *, rounds: int) -> str:
    """Hash a secret as passlib's pbkdf2_sha512 writes it."""
    salt = secrets.token_bytes(16)
    digest = hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, rounds)
    return f"$pbkdf2-sha512${rounds}${_encoded(salt)}${_encoded(digest)}"


def _encoded(data: bytes) -> str:
    """Write bytes in passlib's variant of base64."""
    return base64.b64encode(data).decode().rstrip("=").replace("+", ".")
