"""An Odoo on this machine: its source, the Python that runs it, and how it is called."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from mist_connector.errors import SandboxError

_VERSION = re.compile(r"^version_info = \((\d+), (\d+)", re.MULTILINE)
_OLDEST = 19


@dataclass(frozen=True)
class Installation:
    """Everything needed to run Odoo."""

    source: Path
    python: Path

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of `odoo` with arguments."""
        return [str(self.python), "-m", "odoo", *arguments]

    def environment(self) -> dict[str, str]:
        """Return the environment it runs in: no setting of the user's own Odoo or Python gets through."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR", "TZ") if key in os.environ}
        return kept | {"PYTHONPATH": str(self.source), "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}


def importable(directory: Path) -> Path:
    """Return the directory of a source tree from which `import odoo` works.

    A checkout of Odoo and an unpacked Debian package both will do. Raises SandboxError for anything else.
    """
    for candidate in (directory, directory / "usr/lib/python3/dist-packages"):
        if (candidate / "odoo/release.py").is_file():
            return candidate.absolute()
    raise SandboxError(
        f"« {directory} » n'est pas un dossier de sources d'Odoo : il n'y a pas odoo/release.py.",
        todo=f"Nommez le dossier qui contient « odoo » et « addons », version {_OLDEST} ou suivante.",
    )


def release(source: Path) -> str:
    """Return the version that a source tree gives of itself, such as 19.0.

    Raises SandboxError for an Odoo that is too old for the connector.
    """
    found = _VERSION.search((source / "odoo/release.py").read_text(encoding="utf-8"))
    if found is None or int(found[1]) < _OLDEST:
        raise SandboxError(
            f"Les sources de « {source} » ne sont pas d'un Odoo {_OLDEST} ou suivant.",
            todo=f"Donnez des sources d'Odoo {_OLDEST}, ou laissez « mist sandbox up » les chercher.",
        )
    return f"{found[1]}.{found[2]}"
