"""What an account may do and how long its keys last, against what the work at hand takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from mist_connector.blueprint.compile_access import BYLAWS
from mist_connector.blueprint.records import MODULE
from mist_connector.errors import AccountUnfit, MappingsDiffer
from mist_connector.language import _

from .external_ids import external_ids
from .port import Crm

SETTINGS, ACCESS_RIGHTS = "base.group_system", "base.group_erp_manager"
CONNECTOR, DIRECTION = f"{MODULE}.group_connector", f"{MODULE}.group_direction"
_OTHER = _("des fiches que le connecteur ne doit pas lire")
_NAMES = {SETTINGS: _("les Réglages"), ACCESS_RIGHTS: _("les droits d'accès")}


class Purpose(StrEnum):
    """What a command does with an account."""

    RUN = "run"  # the register: neither the CRM's administration nor a personal file
    READ = "read"  # the register, by whoever its rules let read it; nothing is written
    FILES = "files"  # personal files too, as somebody who may open them
    INSTALL = "install"  # the CRM's administration
    GIVE = "give"  # functions: direction, or the CRM's administration
    ANY = "any"  # whatever it is, as in the demonstration


@dataclass(frozen=True)
class Rights:
    """The groups of an account by external id, and when each of its keys ends.

    `bylaws` is the digest of the mappings that are deployed, as its groups tell; empty where they tell none.
    """

    login: str
    groups: frozenset[str]
    keys: tuple[datetime | None, ...]
    bylaws: str = ""

    def surplus(self, purpose: Purpose) -> tuple[str, ...]:
        """Return, in words, what the account has and this work does not take."""
        return tuple(_said(name) for name in sorted(self.groups) if _too_much(name, purpose))

    def ends_soon(self, now: datetime, days: int) -> datetime | None:
        """Return the day on which a key of the account ends, if it is in less than so many; the earliest."""
        soon = timedelta(days=days)
        return min((end for end in self.keys if end is not None and end - now < soon), default=None)


def read_rights(crm: Crm) -> Rights:
    """Return what the account itself may read of itself, in two requests once it is known."""
    specification: Mapping[str, Any] = {
        "all_group_ids": {"fields": {"comment": {}}},
        "api_key_ids": {"fields": {"expiration_date": {}}},
    }
    [row] = crm.call("res.users", "web_read", ids=[crm.uid()], specification=specification)
    groups = row["all_group_ids"]
    names = external_ids(crm, "res.groups", [group["id"] for group in groups])
    keys = tuple(_moment(key["expiration_date"]) for key in row["api_key_ids"])
    return Rights(crm.login, frozenset(names.values()), keys, _bylaws(groups))


def deployed_bylaws(crm: Crm, rights: Rights) -> str:
    """Return the digest of the mappings that are deployed, or nothing where none are, or none told.

    An account without a group of ours (the one that installs) asks for it in one request.
    """
    if rights.bylaws or any(name.startswith(f"{MODULE}.") for name in rights.groups):
        return rights.bylaws
    domain = [["comment", "like", BYLAWS]]
    return _bylaws(crm.call("res.groups", "search_read", domain=domain, fields=["comment"], limit=1))


def require_bylaws(deployed: str, digest: str) -> None:
    """Raise MappingsDiffer where a command would act by other mappings than those that are deployed."""
    if deployed and deployed != digest:
        raise MappingsDiffer(
            _("Ce CRM suit d'autres règles ({deployed}) que cette commande ({digest}).").format(
                deployed=deployed, digest=digest
            ),
            todo=_(
                "donnez --mappings DOSSIER (« mist init --mappings DOSSIER » le garde au profil) ; "
                "ou, pour que ces règles-ci valent : mist apply ; ou, si c'est voulu : mist "
                "--allow-other-mappings …"
            ),
        )


def _bylaws(groups: Sequence[Mapping[str, Any]]) -> str:
    told = (str(group["comment"] or "") for group in groups)
    lines = (text.removeprefix(BYLAWS) for text in told if text.startswith(BYLAWS))
    return next((line.partition(" ")[0] for line in lines), "")


def read_keys(crm: Crm) -> tuple[datetime | None, ...]:
    """Return when each of the account's own keys ends, in one request."""
    domain = [["user_id", "=", crm.uid()]]
    rows = crm.call("res.users.apikeys", "search_read", domain=domain, fields=["expiration_date"])
    return tuple(_moment(row["expiration_date"]) for row in rows)


def require_fit(rights: Rights, purpose: Purpose, *, more_allowed: bool) -> None:
    """Raise AccountUnfit for an account that lacks what it takes, or has more, unless that is allowed."""
    if purpose is Purpose.INSTALL and SETTINGS not in rights.groups:
        raise AccountUnfit(
            _("Le compte {login} n'a pas les Réglages : il ne peut ni installer ni examiner le CRM.").format(
                login=rights.login
            ),
            todo=_("prenez le profil du compte qui installe (--profile)"),
        )
    if purpose is Purpose.GIVE and not {SETTINGS, DIRECTION} & rights.groups:
        raise AccountUnfit(
            _("Le compte {login} ne donne pas de fonction : une fonction ouvre des dossiers.").format(
                login=rights.login
            ),
            todo=_("prenez le profil de la direction ou, pour les premières, du compte qui installe"),
        )
    surplus = rights.surplus(purpose)
    if surplus and not more_allowed:
        raise AccountUnfit(
            _("Le compte {login} a plus qu'il ne faut pour cette commande : {surplus}.").format(
                login=rights.login, surplus=", ".join(surplus)
            ),
            todo=_("prenez le compte qui fait tourner, ou, si c'est voulu : mist --allow-more-rights …"),
        )


def _too_much(name: str, purpose: Purpose) -> bool:
    if purpose in {Purpose.INSTALL, Purpose.GIVE, Purpose.ANY}:
        return False
    ours = name.startswith(f"{MODULE}.") and name != CONNECTOR
    return name in _NAMES or (ours and purpose is Purpose.RUN)


def _said(name: str) -> str:
    return f"{_NAMES.get(name, _OTHER)} ({name})"


def _moment(written: str | bool) -> datetime | None:  # noqa: FBT001 - as the CRM answers an empty date
    return datetime.fromisoformat(str(written)).replace(tzinfo=UTC) if written else None


def warnings_of(rights: Rights, now: datetime, days: int) -> Iterator[str]:
    """Yield what is to be done about the account's keys that end in less than `days`."""
    soon = rights.ends_soon(now, days)
    if soon is not None:
        yield _("Une clé du compte {login} expire le {soon:%d/%m/%Y} : mist init --rotate").format(
            login=rights.login, soon=soon
        )
