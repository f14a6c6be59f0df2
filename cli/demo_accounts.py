"""The accounts of the demonstration: who installs, who runs, and who works in the CRM."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime

from pydantic import SecretStr

from mist_connector.blueprint.today import day_there
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile, TransportName, load_profile, save_profile
from mist_connector.crm.rights import Purpose
from mist_connector.crm.secrets import find_secret, keep_secret
from mist_connector.errors import CrmError, MistError
from mist_connector.language import _
from mist_connector.sandbox import Running

from .declared_mappings import declared
from .session import opened

# One password for all, printed at the end: these accounts exist on this machine's loopback only.
PASSWORD = "mist-demo-2026"  # noqa: S105 - printed on purpose
CONNECTOR = "connecteur@mist.example"
RUN_GROUPS = ("mist_connector.group_connector", "base.group_user", "base.group_partner_manager")
ROLES = {"mist_connector.group_direction": "direction", "mist_connector.group_staff": _("équipe")}


class Accounts:
    """Accounts of one sandbox, each behind a profile of mist."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.administrator = f"{running.name}-admin"
        self.connector = running.name
        self.direction = f"{running.name}-direction"

    def add_administrator(self) -> None:
        """Keep the profile of the account that installs."""
        secret = SecretStr(self.running.admin_api_key)
        self._keep(self.administrator, self.running.admin_login, secret)

    def add_connector(self) -> None:
        """Make the account that runs: no Settings, no personal files; keep its profile."""
        with opened(self.administrator, Purpose.ANY) as crm:
            if not crm.call("res.users", "search", domain=[["login", "=", CONNECTOR]]):
                groups = self._groups(crm, RUN_GROUPS)
                values = {"login": CONNECTOR, "name": "Connecteur", "group_ids": [[6, 0, groups]]}
                crm.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
        self._keep_with_key(self.connector, CONNECTOR)

    def loaded_on(self) -> date:
        """Return the day on which the demonstration was first run in this sandbox."""
        with opened(self.administrator, Purpose.ANY) as crm:
            domain = [["login", "=", CONNECTOR]]
            [row] = crm.call("res.users", "search_read", domain=domain, fields=["create_date"])
        created = datetime.fromisoformat(str(row["create_date"])).replace(tzinfo=UTC)
        return day_there(created, declared().blueprint)

    def add_direction(self) -> None:
        """Keep the profile of somebody of the direction, as the register names her."""
        self._keep_with_key(self.direction, self.logins("mist_connector.group_direction")[0])

    def set_passwords(self) -> None:
        """Give every account of a function the password of the demonstration, in one request."""
        with opened(self.administrator, Purpose.ANY) as crm:
            groups = self._groups(crm, tuple(ROLES))
            ids = crm.call("res.users", "search", domain=[["group_ids", "in", groups]])
            crm.call("res.users", "write", ids=ids, vals={"password": PASSWORD})

    def logins(self, group: str) -> list[str]:
        """Return the logins of a group's members, sorted."""
        with opened(self.administrator, Purpose.ANY) as crm:
            domain = [["group_ids", "in", self._groups(crm, (group,))]]
            rows = crm.call("res.users", "search_read", domain=domain, fields=["login"])
        return sorted(row["login"] for row in rows)

    def log_in(self, login: str) -> Crm:
        """Log in as somebody who works in the CRM, as she would: with her password."""
        profile = Profile(url=self.running.url, database=self.running.database, login=login)
        return connect(profile, SecretStr(PASSWORD))

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the logins, passwords and roles to show at the end."""
        people = [
            (f"   {login}", PASSWORD, role) for group, role in ROLES.items() for login in self.logins(group)
        ]
        administrator = (f"   {self.running.admin_login}", self.running.admin_password, _("administration"))
        return [*people, administrator]

    def _keep_with_key(self, name: str, login: str) -> None:
        """Keep a profile with its key; make a key only where the one kept does not open."""
        try:
            secret = find_secret(load_profile(name))
            self._keep(name, login, secret)
            with closing(connect(load_profile(name), secret)) as crm:
                crm.uid()
        except (CrmError, MistError):
            key = self.running.api_key(login)
            self._keep(name, login, SecretStr(key))

    def _keep(self, name: str, login: str, secret: SecretStr) -> None:
        profile = Profile(
            url=self.running.url,
            database=self.running.database,
            login=login,
            name=name,
            transport=TransportName.JSON2,
        )
        save_profile(keep_secret(profile, secret))

    @staticmethod
    def _groups(crm: Crm, names: Sequence[str]) -> list[int]:
        """Return the ids of groups from their external ids, in one request."""
        pairs = [name.split(".") for name in names]
        domain = [
            ["model", "=", "res.groups"],
            ["module", "in", [module for module, _ in pairs]],
            ["name", "in", [name for _, name in pairs]],
        ]
        rows = crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])
        return [row["res_id"] for row in rows]
