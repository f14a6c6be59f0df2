"""The accounts that a start makes or reads: the one that runs, with its key, and those of the team."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import SecretStr

from mist_connector.blueprint.records import MODULE
from mist_connector.blueprint.server_files import joined
from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm
from mist_connector.errors import MistError
from mist_connector.language import _

RUN_GROUP = f"{MODULE}.group_connector"
RUN_GROUPS = ("base.group_user", "base.group_partner_manager", RUN_GROUP)
_NAME = "démarrage"
_KEY = joined("start", "key")


@dataclass(frozen=True)
class Account:
    """A CRM account; `seen`: it has logged in once."""

    id: int
    login: str
    email: str = field(default="", repr=False)
    seen: bool = False

    @property
    def reachable(self) -> bool:
        """Tell whether the CRM can send it an invitation."""
        return "@" in self.email


@dataclass(frozen=True)
class RunAccount:
    """The account that runs: its login, its new API key, and the day on which the key ends."""

    login: str
    key: SecretStr
    until: str


def make_run_account(crm: Crm, login: str, *, timezone: str) -> RunAccount:
    """Make the account that runs, if it is not there yet, and a new key for it.

    It gets no Settings, and a password that nobody knows. Raises MistError where the login belongs to another
    kind of account, whose rights would become the connector's.
    """
    found = crm.call(
        "res.users",
        "search_read",
        domain=[["login", "=", login]],
        fields=["group_ids", "active"],
        context={"active_test": False},
    )
    groups = _ids(crm, RUN_GROUPS)
    if found and not (found[0]["active"] and groups[RUN_GROUP] in found[0]["group_ids"]):
        raise MistError(
            _("Le compte {login} existe déjà, et n'est pas celui du connecteur.").format(login=login),
            todo=_("donnez un autre identifiant : --run-login NOM"),
        )
    account = found[0]["id"] if found else _create(crm, login, timezone, sorted(groups.values()))
    with Elevated.opened(crm, _NAME, _KEY) as elevated:
        made = elevated.run(_KEY, {"account": account})
    return RunAccount(login, SecretStr(str(made["key"])), str(made["until"]))


def _create(crm: Crm, login: str, timezone: str, groups: Sequence[int]) -> int:
    values = {
        "login": login,
        "name": "Connecteur",
        "tz": timezone,
        "group_ids": [[6, 0, list(groups)]],
        "password": secrets.token_urlsafe(32),
    }
    [account] = crm.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
    return int(account)


def _ids(crm: Crm, names: Sequence[str]) -> dict[str, int]:
    """Return the ids of groups from their external ids, in one request."""
    pairs = [name.split(".") for name in names]
    domain = [
        ["model", "=", "res.groups"],
        ["module", "in", sorted({module for module, _ in pairs})],
        ["name", "in", sorted(name for _, name in pairs)],
    ]
    rows = crm.call("ir.model.data", "search_read", domain=domain, fields=["module", "name", "res_id"])
    return {f"{row['module']}.{row['name']}": row["res_id"] for row in rows}
