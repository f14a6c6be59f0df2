"""Fetch the newest Odoo that Debian has, and unpack it with the files it links to."""

from __future__ import annotations

import re
from pathlib import Path

from mist_connector.errors import SandboxError
from mist_connector.reporting import Reporter

from . import apt, archive
from .partial import finished, partial_directory

_ODOO = re.compile(r"^odoo-(\d+) ", re.MULTILINE)
# Odoo's static files are links into these packages; a dangling one breaks the first page.
_LINKED = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# Translations into all but the languages in f, and their templates: three quarters of the disk space.
_UNWANTED = ("*/i18n/[!f]*.po", "*.pot")
_ICONS = "fonts-font-awesome"
_ICONS_SERIES = "4.7.0"  # the file names Odoo links to changed afterwards


def newest_root(roots: Path, reporter: Reporter) -> Path:
    """Return the newest unpacked Odoo; fetch one where there is none.

    Only a missing Odoo asks the mirror: afterwards the sandbox works offline, and stays what it was.
    Raises SandboxError if there is no mirror, or it does not deliver.
    """
    unpacked = finished(roots)
    return max(unpacked, key=_natural) if unpacked else _fetch(roots, reporter)


def _fetch(roots: Path, reporter: Reporter) -> Path:
    """Fetch and unpack everything beside the final place, then rename it: complete or not there."""
    reporter.step("Recherche du plus récent Odoo sur le miroir Debian de cette machine")
    with partial_directory(roots) as workshop:
        offered = apt.isolated(workshop / "apt")
        packages = _choose(offered)
        (workshop / "packages").mkdir()
        reporter.step(f"Téléchargement de {packages[0].name} {packages[0].version}")
        apt.download(offered, packages, workshop / "packages", reporter)
        reporter.step("Dépaquetage d'Odoo")
        for found in (workshop / "packages").iterdir():
            _unpack(found, workshop / "root", reporter)
        _remove_dangling_links(workshop / "root")
        return (workshop / "root").rename(roots / f"{packages[0].name}_{packages[0].version}")


def _unpack(found: Path, root: Path, reporter: Reporter) -> None:
    """Unpack one package and show how far it came."""
    total = archive.unpacked_size(found)
    label = f"Dépaquetage de {found.name.split('_')[0]}"

    def moved(done: int) -> None:
        reporter.progress(label, min(done, total - 1), total)

    archive.unpack(found, root, exclude=_UNWANTED, moved=moved)
    reporter.progress(label, total, total)


def _choose(offered: apt.Apt) -> list[apt.Package]:
    """Return the packages to fetch, Odoo first."""
    known = _ODOO.findall(offered.call("apt-cache", "search", "--names-only", r"^odoo-[0-9]+$"))
    if not known:
        raise SandboxError("Le miroir Debian de cette machine n'a pas d'Odoo.", todo=apt.SOURCE_HINT)
    odoo = f"odoo-{max(map(int, known))}"
    wanted = [apt.versions(offered, name) for name in (odoo, *_LINKED) if name]
    icons = apt.versions(offered, _ICONS)
    fitting = [package for package in icons if _ICONS_SERIES in package.version]
    return [found[0] for found in (*wanted, fitting or icons) if found]


def _remove_dangling_links(root: Path) -> None:
    """Remove links that lead nowhere: Odoo asks every static file for its date."""
    for path in root.rglob("*"):
        if path.is_symlink() and not path.exists():
            path.unlink()


def _natural(path: Path) -> list[int]:
    """Sort names by the numbers in them, so that 20 comes after 19 and 10 after 9."""
    return [int(number) for number in re.findall(r"\d+", path.name)]
