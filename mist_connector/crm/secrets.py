"""Where the secret of a profile comes from; it is never in the profile itself."""

from __future__ import annotations

import re

from pydantic import SecretStr

# What Odoo makes: 20 random bytes in hexadecimal.
_KEY = re.compile(r"[0-9a-f]{40}")


def looks_like_key(secret: SecretStr) -> bool:
    """Say whether a secret has the form of an API key, not of a password that a person chose."""
    return _KEY.fullmatch(secret.get_secret_value()) is not None
