"""A Chromium for the tests in a real browser: the machine's own, or Debian's unpacked in the cache."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from mist_connector.errors import SandboxError
from mist_connector.reporting import Reporter, Silent

from . import apt, archive, commands
from .lock import held
from .partial import finished, partial_directory
from .places import Places, default_places

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Run from where it was unpacked: with its libraries and fonts, wherever the cache is.
_LAUNCHER = """#!/bin/sh
root=$(dirname "$(readlink -f "$0")")
libraries=$(find "$root/usr/lib" -name '*.so*' -exec dirname {} + | sort -u | tr '\\n' ':')
export LD_LIBRARY_PATH="$libraries$LD_LIBRARY_PATH" FONTCONFIG_FILE="$root/fonts.conf"
exec "$root/usr/lib/chromium/chromium" "$@"
"""
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir prefix="relative">usr/share/fonts</dir></fontconfig>
"""


def ready(reporter: Reporter, *, places: Places | None = None) -> Path:
    """Return the executable of a Chromium; as root install Debian's first, otherwise unpack it in the cache.

    Raises SandboxError if there is none to be had.
    """
    installed = _installed()
    if installed:
        return installed
    places = places or default_places()
    with held(places.lock, reporter):
        if os.geteuid() == 0:
            return _install(reporter)
        unpacked = finished(places.cache / "chromium")
        root = unpacked[-1] if unpacked else _unpack(places.cache / "chromium", reporter)
        return root / "chromium"


def _installed() -> Path | None:
    """Return the machine's own Chromium."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


def _install(reporter: Reporter) -> Path:
    """Let apt install Debian's package, and nothing that it only recommends."""
    reporter.step("Installation de Chromium, pour les essais dans un vrai navigateur")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
        commands.run(["apt-get", "-q", *step], purpose="installer Chromium", environment=quiet)
    installed = _installed()
    if installed is None:
        raise SandboxError("Chromium est installé, mais introuvable.", todo="Vérifiez la variable PATH.")
    return installed


def _unpack(parent: Path, reporter: Reporter) -> Path:
    """Unpack Debian's package and what it needs beside the final place, then rename it."""
    reporter.step("Téléchargement de Chromium, pour les essais dans un vrai navigateur")
    with partial_directory(parent) as workshop:
        source = apt.machine(workshop / "apt")
        packages = apt.missing(source, "chromium")
        (workshop / "packages").mkdir()
        apt.download(source, packages, workshop / "packages", reporter)
        for found in (workshop / "packages").iterdir():
            archive.unpack(found, workshop / "root")
        (workshop / "root/chromium").write_text(_LAUNCHER, encoding="utf-8")
        (workshop / "root/chromium").chmod(0o755)
        (workshop / "root/fonts.conf").write_text(_FONTS, encoding="utf-8")
        return (workshop / "root").rename(parent / "unpacked")


def main() -> None:
    """Print the path, for `scripts/chromium`."""
    try:
        sys.stdout.write(f"{ready(Silent())}\n")
    except SandboxError as error:
        sys.exit(f"Erreur : {error.what}\nÀ faire : {error.todo}")


if __name__ == "__main__":
    main()
