"""A PostgreSQL of our own, on a Unix socket only, whoever runs it."""

from __future__ import annotations

import os
import shlex
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from mist_connector.errors import SandboxError

from . import commands, processes
from .partial import partial_directory

ROLE = "odoo"  # the cluster's superuser: Odoo refuses to work as `postgres`
_NOBODY = 65534
_PATIENCE = 5.0
_LONGEST_SOCKET = 88  # the kernel's limit of 107, less PostgreSQL's own file name
# Databases here are rebuilt at will: speed counts more than surviving a power cut. A kill they do survive.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "unix_socket_permissions": "0700",
}


@dataclass(frozen=True)
class Cluster:
    """The databases of all sandboxes, in one directory that also holds socket and log."""

    home: Path
    programs: Path

    @property
    def data(self) -> Path:
        """The directory of PostgreSQL's files."""
        return self.home / "data"

    def ensure_running(self) -> None:
        """Create the cluster if need be, and start it if it does not run.

        Raises SandboxError if it cannot start, with PostgreSQL's own words.
        """
        if len(os.fsencode(self.home)) > _LONGEST_SOCKET:
            raise SandboxError(
                f"Le chemin « {self.home} » est trop long.", todo="Donnez-en un plus court : MIST_CACHE."
            )
        if not self.data.is_dir():
            self._create()
        self._start_or_wait()

    def running(self) -> bool:
        """Tell whether the server answers."""
        if not (self.data / "postmaster.pid").exists():
            return False
        try:
            return self.query("SELECT 1") == "1"
        except SandboxError:
            return False

    def stop(self) -> None:
        """Stop the server, if it runs, and with it every connection."""
        if (self.data / "postmaster.pid").exists():
            self._control("-m", "fast", "stop", purpose="arrêter PostgreSQL")

    def query(self, sql: str, *, database: str = "postgres") -> str:
        """Run SQL statements, each on its own, and return what they answer as plain text.

        Raises SandboxError with PostgreSQL's own words.
        """
        command: list[str | Path] = [
            self.programs / "psql",
            "-XqAt",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            self.home,
            "-U",
            ROLE,
        ]
        said = commands.run([*command, "-d", database, "-f", "-"], purpose="interroger PostgreSQL", stdin=sql)
        return said.strip()

    def databases(self) -> list[str]:
        """Return the names of all databases, templates included."""
        return self.query("SELECT datname FROM pg_database ORDER BY 1").splitlines()

    def _create(self) -> None:
        """Create the cluster beside its final place, then rename it: complete or not there."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with partial_directory(self.home) as workshop:
            for directory in (self.home, workshop):
                self._give_away(directory)
            options = ("-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
            self._unprivileged(
                [self.programs / "initdb", "-D", workshop / "data", *options], purpose="créer PostgreSQL"
            )
            (workshop / "data").rename(self.data)

    def _start_or_wait(self) -> None:
        """Start the server, unless one that a killed command began to start is there first.

        What is left of a killed server may take a moment to go: then it is tried again.
        """
        deadline = time.monotonic() + _PATIENCE
        while not self.running():
            self._forget_the_dead()
            try:
                self._start()
            except SandboxError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _forget_the_dead(self) -> None:
        """Remove the note of a server that was killed.

        PostgreSQL does so itself, unless the dead process is still listed, as in a container whose first
        process takes no note of the dead.
        """
        note = self.data / "postmaster.pid"
        if note.exists() and not processes.alive(int(note.read_text(encoding="utf-8").split()[0])):
            note.unlink()

    def _start(self) -> None:
        """Start the server and wait until it answers."""
        settings = _SETTINGS | {"unix_socket_directories": str(self.home)}
        options = " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in settings.items())
        log = self.home / "postgres.log"
        self._control(
            "-w", "-l", log, "-o", options, "start", purpose=f"démarrer PostgreSQL (journal : {log})"
        )

    def _control(self, *arguments: str | Path, purpose: str) -> None:
        self._unprivileged([self.programs / "pg_ctl", "-s", "-D", self.data, *arguments], purpose=purpose)

    def _unprivileged(self, command: list[str | Path], *, purpose: str) -> None:
        """Run one of PostgreSQL's programs, which refuse to run as root.

        Root lends them the user `nobody` and one capability: to get through directories closed to others,
        such as root's home. So neither a user is created nor a directory of the system opened.
        """
        prefix: list[str | Path] = []
        if os.geteuid() == 0:
            setpriv = commands.require("setpriv", todo="Relancez sans être root.")
            lent = "-all,+dac_override"
            prefix = [setpriv, f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
            # Without this bit the kernel forgets the capability in access(2), which PostgreSQL asks first.
            prefix += ["--securebits=+no_setuid_fixup"]
            prefix += [f"--inh-caps={lent}", f"--ambient-caps={lent}", "--"]
        commands.run([*prefix, *command], purpose=purpose, directory=self.home)

    def _give_away(self, directory: Path) -> None:
        """Give a directory to the user that PostgreSQL runs as."""
        if os.geteuid() == 0:
            shutil.chown(directory, _NOBODY, _NOBODY)


def identifier(name: str) -> str:
    """Quote a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"
