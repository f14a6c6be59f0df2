"""Where the sandbox keeps what it downloads, builds and runs."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from mist_connector.errors import SandboxError

# No underscore: `name_anything` are the clones of `name`, and the server of `name` shows only those.
_NAME = re.compile(r"[a-z][a-z0-9]{0,19}")


@dataclass(frozen=True)
class Places:
    """The cache directory and what is where inside it."""

    cache: Path

    @property
    def lock(self) -> Path:
        """The file whose lock serialises every command that changes the cache."""
        return self.cache / "lock"

    @property
    def roots(self) -> Path:
        """Unpacked Odoo packages, one directory for each version."""
        return self.cache / "odoo"

    @property
    def interpreters(self) -> Path:
        """Virtual environments that Odoo runs in, one for each list of requirements."""
        return self.cache / "python"

    @property
    def faketime(self) -> Path:
        """The unpacked library that moves a sandbox's clock."""
        return self.cache / "faketime"

    @property
    def cluster(self) -> Path:
        """The PostgreSQL cluster that all sandboxes of this cache share, and its socket."""
        return self.cache / "postgres"

    @property
    def sandboxes(self) -> Path:
        """One directory for each sandbox."""
        return self.cache / "sandboxes"

    def sandbox(self, name: str) -> Path:
        """Return the directory of one sandbox.

        Raises SandboxError for a name that cannot be a database's, too.
        """
        if not _NAME.fullmatch(name):
            raise SandboxError(
                f"« {name} » ne peut pas nommer un bac à sable.",
                todo="Prenez une lettre minuscule, puis au plus 19 lettres minuscules ou chiffres.",
            )
        return self.sandboxes / name


def default_places() -> Places:
    """Return the user's own cache, or the directory that MIST_CACHE names."""
    chosen = os.environ.get("MIST_CACHE")
    cache = Path(chosen) if chosen else platformdirs.user_cache_path("mist")
    return Places(cache.absolute())
