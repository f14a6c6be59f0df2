"""Debian's libfaketime, which shows a program another time than the machine's: unpacked, never installed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mist_connector.errors import SandboxError
from mist_connector.reporting import Reporter

from . import apt, archive
from .partial import partial_directory

_PACKAGE = "libfaketime"
_LIBRARY = "usr/lib/*/faketime/libfaketimeMT.so.1"
# The kernel refuses what the library makes of a sleep on the monotonic clock: Python sleeps another way.
_SLEEP = """import select
import time

time.sleep = lambda seconds: select.select((), (), (), seconds) and None
"""
# In the search path before PostgreSQL's own: a database's `public.now()`, where there is one, is its clock.
_OWN_NOW_FIRST = "-c search_path=public,pg_catalog"


def ready(places: Path, reporter: Reporter) -> Path:
    """Return the library; fetch it where it is not there yet.

    Raises SandboxError if the machine's mirror has none or does not deliver.
    """
    found = next(places.glob(f"unpacked/{_LIBRARY}"), None)
    return found or _fetch(places, reporter)


def environment(library: Path, moved: Path, usual: Mapping[str, str]) -> Mapping[str, str]:
    """Return the environment of a Python program that follows the clock that a file tells.

    What measures how long something takes (the monotonic clock) and the dates of files stay real.
    """
    return {
        **usual,
        "PYTHONPATH": f"{library.parent}:{usual['PYTHONPATH']}",
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(moved),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "PGOPTIONS": _OWN_NOW_FIRST,
    }


def _fetch(places: Path, reporter: Reporter) -> Path:
    """Fetch the machine's own release of the library: another one might want another C library."""
    reporter.step("Téléchargement de libfaketime, pour l'horloge du bac à sable")
    with partial_directory(places) as workshop:
        source = apt.machine(workshop / "apt")
        offered = apt.versions(source, _PACKAGE)
        if not offered:
            raise SandboxError(f"Le miroir de cette machine n'a pas {_PACKAGE}.", todo=apt.SOURCE_HINT)
        (workshop / "packages").mkdir()
        apt.download(source, offered[:1], workshop / "packages", reporter)
        for package in (workshop / "packages").iterdir():
            archive.unpack(package, workshop / "root")
        library = next((workshop / "root").glob(_LIBRARY))
        (library.parent / "sitecustomize.py").write_text(_SLEEP, encoding="utf-8")
        (workshop / "root").rename(places / "unpacked")
    return next(places.glob(f"unpacked/{_LIBRARY}"))
