"""Databases of a sandbox: cloned from a template in a second, dropped without a trace."""

from __future__ import annotations

import secrets

from mist_connector.errors import SandboxError

from .credentials import ADMIN, Credentials, api_key_sql, password_sql
from .postgres import Cluster, identifier, literal

_PROVISIONAL = "cloning_"


def clone(cluster: Cluster, template: str, database: str, credentials: Credentials, url: str) -> None:
    """Make a database from a template, with the administrator's secrets in it.

    It is made under a provisional name and renamed at the end, so a database that exists is complete. That
    name is never the same twice: PostgreSQL may still be busy with the one of a killed command.
    """
    sweep(cluster, database)
    provisional = f"{_PROVISIONAL}{database}-{secrets.token_hex(3)}"
    cluster.query(f"CREATE DATABASE {identifier(provisional)} TEMPLATE {identifier(template)}")
    cluster.query(_personal(credentials, url), database=provisional)
    cluster.query(f"ALTER DATABASE {identifier(provisional)} RENAME TO {identifier(database)}")


def copy(cluster: Cluster, source: str, database: str) -> None:
    """Make a database from one in use: whoever works in it is disconnected first.

    Raises SandboxError if somebody connects again meanwhile.
    """
    drop(cluster, database)
    cluster.query(f"ALTER DATABASE {identifier(source)} WITH ALLOW_CONNECTIONS false")
    try:
        cluster.query(
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = {literal(source)}"  # noqa: S608 - quoted
        )
        cluster.query(f"CREATE DATABASE {identifier(database)} TEMPLATE {identifier(source)}")
    finally:
        cluster.query(f"ALTER DATABASE {identifier(source)} WITH ALLOW_CONNECTIONS true")


def drop(cluster: Cluster, database: str) -> None:
    """Remove a database, whoever is connected; no error if there is none."""
    cluster.query(f"DROP DATABASE IF EXISTS {identifier(database)} WITH (FORCE)")


def sweep(cluster: Cluster, database: str) -> None:
    """Remove what killed commands left of a database that they had begun to clone."""
    for found in cluster.databases():
        if found.startswith(f"{_PROVISIONAL}{database}-"):
            drop(cluster, found)


def belonging(cluster: Cluster, name: str) -> list[str]:
    """Return the databases of one sandbox: its own, the clones, and what killed commands left of either."""
    known = cluster.databases()
    complete = [found for found in known if found == name or found.startswith(f"{name}_")]
    begun = (f"{_PROVISIONAL}{name}-", f"{_PROVISIONAL}{name}_")
    return complete + [found for found in known if found.startswith(begun)]


def clone_name(name: str, suffix: str) -> str:
    """Return the name of a clone, which the sandbox's server will show.

    Raises SandboxError if PostgreSQL would cut the name.
    """
    database = f"{name}_{suffix}"
    if len(f"{_PROVISIONAL}{database}-123456") > 63:  # noqa: PLR2004 - PostgreSQL's limit
        raise SandboxError(f"Le nom de base « {database} » est trop long.", todo="Prenez-en un plus court.")
    return database


def _personal(credentials: Credentials, url: str) -> str:
    """Return the SQL that makes a clone unlike every other: secrets, address, identity."""
    parameters = {
        "database.secret": secrets.token_hex(32),
        "database.uuid": secrets.token_hex(16),
        "web.base.url": url,
        "web.base.url.freeze": "True",
    }
    set_them = [
        "INSERT INTO ir_config_parameter (key, value) "  # noqa: S608 - quoted
        f"VALUES ({literal(key)}, {literal(value)}) ON CONFLICT (key) DO UPDATE SET value = excluded.value;\n"
        for key, value in parameters.items()
    ]
    admin = password_sql(ADMIN, credentials.password) + api_key_sql(ADMIN, credentials.api_key)
    return "".join(("BEGIN;\n", *set_them, admin, "COMMIT;\n"))
