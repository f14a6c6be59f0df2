"""A sandbox that runs: where it is, how to log in, and databases of one's own inside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from . import clock, commands, credentials, database
from .credentials import Credentials
from .installation import Installation
from .postgres import ROLE, Cluster


@dataclass(frozen=True)
class Running:
    """The facts of a running sandbox; secrets stay out of its printed form."""

    name: str
    url: str
    database: str
    admin_login: str
    admin_password: str = field(repr=False)
    admin_api_key: str = field(repr=False)
    mail_dir: Path
    mail_port: int
    log_file: Path
    odoo: Installation
    cluster: Cluster
    template: str

    def clone(self, suffix: str, *, source: str | None = None) -> str:
        """Make a fresh database and return its name; the administrator's secrets are those of the sandbox.

        With a source, it is a copy of that database as it is now, and whoever works in the source is
        disconnected. Raises SandboxError if PostgreSQL refuses.
        """
        name = database.clone_name(self.name, suffix)
        self.drop(name)
        if source is None:
            secrets = Credentials(self.admin_password, self.admin_api_key)
            database.clone(self.cluster, self.template, name, secrets, self.url)
        else:
            database.copy(self.cluster, source, name)
        shift = clock.shift_of(self.log_file.parent)
        if shift:
            clock.tell_database(self.cluster, name, shift)
        return name

    def drop(self, name: str) -> None:
        """Remove a database; no error if there is none."""
        database.drop(self.cluster, name)

    def api_key(self, login: str, *, name: str | None = None) -> str:
        """Give a user of a database (the sandbox's own by default) a new API key, and return it."""
        key = credentials.invent_key()
        self.query(credentials.api_key_sql(login, key), name=name)
        return key

    def query(self, sql: str, *, name: str | None = None) -> str:
        """Run SQL in a database behind Odoo's back: to look, and to prepare what no API can."""
        return self.cluster.query(sql, database=name or self.database)

    def shell(self, code: str, *, name: str | None = None) -> str:
        """Run Python in Odoo's own shell, with `env`, and return what it printed.

        It starts a second Odoo, so it takes seconds; commit with `env.cr.commit()`.
        """
        connection = ["-r", ROLE, f"--db_host={self.cluster.home}", "-d", name or self.database, "--no-http"]
        return commands.run(
            self.odoo.command("shell", *connection, "--log-level=error"),
            purpose="exécuter du code dans Odoo",
            stdin=code,
            environment=self.odoo.environment(),
        )
