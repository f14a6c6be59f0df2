"""The machine's own Debian mirror, read through an apt of our own that leaves the system's alone."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mist_connector.errors import SandboxError
from mist_connector.reporting import Reporter

from . import commands

SOURCE_HINT = "Donnez un dossier de sources d'Odoo 19 avec « mist sandbox up --odoo-source DOSSIER »."
_KEYRINGS = ("debian-archive-keyring.pgp", "debian-archive-keyring.gpg")
_ROLLING = frozenset({"sid", "unstable", "testing"})
_ANNOUNCED = re.compile(r"^'[^']*' \S+ (\d+)", re.MULTILINE)
_PLANNED = re.compile(r"^Inst (?P<name>\S+)(?: \[[^]]*\])? \((?P<version>\S+) ", re.MULTILINE)
_MIRROR = re.compile(r"^(?P<address>\S+) (?P<codename>[a-z]+) main$", re.MULTILINE)


@dataclass(frozen=True)
class Package:
    """A package that the mirror offers."""

    name: str
    version: str
    suite: str

    @property
    def wanted(self) -> str:
        """The package as apt-get takes it."""
        return f"{self.name}={self.version}"


@dataclass(frozen=True)
class Apt:
    """An apt whose lists, cache and sources are in one directory; signatures are checked as ever."""

    directory: Path
    sources: Path | None = None
    status: Path = Path("/dev/null")  # which packages count as installed

    def call(self, program: str, *arguments: str) -> str:
        """Run apt-get or apt-cache and return what it printed."""
        return commands.run(
            self.command(program, *arguments),
            purpose=f"{program} {arguments[0]} sur le miroir Debian de cette machine",
            directory=self.directory,
        )

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return the command line of apt-get or apt-cache in this directory."""
        options = {
            "Dir::State::lists": self.directory / "lists",
            "Dir::Cache": self.directory / "cache",
            "Dir::State::status": self.status,
            "Acquire::Languages": "none",
            "APT::Sandbox::User": "",
        }
        if self.sources is not None:
            options |= {"Dir::Etc::sourcelist": self.sources, "Dir::Etc::sourceparts": "/dev/null"}
        found = commands.require(program, todo=SOURCE_HINT)
        return [found, *(f"-o{key}={value}" for key, value in options.items()), *arguments]


def isolated(directory: Path) -> Apt:
    """Return an apt that knows the suite sid and the machine's own suite, their lists fetched.

    Raises SandboxError if the machine has no Debian mirror, or it does not answer.
    """
    _prepare(directory)
    address, codename = _mirror(Apt(directory))
    stable = "stable" if codename in _ROLLING else codename
    sources = directory / "debian.list"
    lines = [f"deb {_signed_by()}{address} {suite} main\n" for suite in ("sid", stable)]
    sources.write_text("".join(lines), encoding="utf-8")
    apt = Apt(directory, sources)
    apt.call("apt-get", "update")
    return apt


def machine(directory: Path) -> Apt:
    """Return an apt that knows the machine's own sources and what is installed, its lists fetched.

    Raises SandboxError if the mirror does not answer.
    """
    _prepare(directory)
    apt = Apt(directory, status=Path("/var/lib/dpkg/status"))
    apt.call("apt-get", "update")
    return apt


def missing(apt: Apt, name: str) -> list[Package]:
    """Return a package and those it needs, as far as they are not installed."""
    plan = apt.call("apt-get", "install", "--simulate", "--no-install-recommends", name)
    return [Package(found["name"], found["version"], "") for found in _PLANNED.finditer(plan)]


def _prepare(directory: Path) -> None:
    """Make the directories that apt wants."""
    for part in ("lists/partial", "cache/archives/partial"):
        (directory / part).mkdir(parents=True)


def _mirror(machine: Apt) -> tuple[str, str]:
    """Return the address and the code name of the machine's first Debian source."""
    targets = ("indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Origin: Debian")
    system = commands.require("apt-get", todo=SOURCE_HINT)
    known = commands.run([system, *targets], purpose="lire les sources d'apt de cette machine")
    if not _MIRROR.search(known):
        # Never updated: fetch the lists into our own directory, which needs no right. Another
        # repository of the machine that does not answer is no reason to stop.
        subprocess.run(machine.command("apt-get", "update"), capture_output=True, check=False)  # noqa: S603 - ours
        known = machine.call("apt-get", *targets)
    found = _MIRROR.search(known)
    if found is None:
        raise SandboxError("Cette machine n'a pas de miroir Debian dans ses sources d'apt.", todo=SOURCE_HINT)
    return found["address"], found["codename"]


def _signed_by() -> str:
    """Return the option that names Debian's keys, where the machine has them as a file of their own."""
    for name in _KEYRINGS:
        keyring = Path("/usr/share/keyrings") / name
        if keyring.exists():
            return f"[signed-by={keyring}] "
    return ""


def versions(apt: Apt, name: str) -> list[Package]:
    """Return what the mirror offers of a package, newest first."""
    offered = []
    for line in apt.call("apt-cache", "madison", name).splitlines():
        package, version, origin = (part.strip() for part in line.split("|"))
        offered.append(Package(package, version, origin.split()[1].split("/")[0]))
    return offered


def download(apt: Apt, packages: Sequence[Package], into: Path, reporter: Reporter) -> None:
    """Download packages into a directory, their signatures checked.

    Raises SandboxError if the mirror does not deliver.
    """
    label = f"Téléchargement de {packages[0].name}"
    wanted = [package.wanted for package in packages]
    announced = apt.call("apt-get", "download", "--print-uris", *wanted)
    total = sum(map(int, _ANNOUNCED.findall(announced)))
    log = apt.directory / "download.log"
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 - no shell; the arguments are ours
            apt.command("apt-get", "-q", "download", *wanted), cwd=into, stdout=output, stderr=output
        )
        while process.poll() is None:
            reporter.progress(label, _size(into), total)
            time.sleep(0.2)
    if process.returncode:
        said = commands.tail(log.read_text(encoding="utf-8", errors="replace"))
        raise SandboxError(
            f"Le miroir Debian n'a pas livré {packages[0].name}.\n{said}", todo="Réessayez un peu plus tard."
        )
    reporter.progress(label, total, total)


def _size(directory: Path) -> int:
    """Return how many bytes are in a directory now."""
    return sum(file.stat().st_size for file in list(directory.iterdir()) if file.exists())
