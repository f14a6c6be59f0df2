"""What each role of the demonstration can read, and what it is refused: tried, not assumed."""

from __future__ import annotations

from contextlib import closing

from mist_connector.crm.port import Crm
from mist_connector.crm.rights import Purpose
from mist_connector.errors import AccessRefused, MistError, WriteRefused
from mist_connector.language import _

from . import console
from .demo_accounts import ROLES, Accounts
from .session import opened

PERSON, SIGNATURE, FILE = "x_mist_person", "x_mist_signature", "x_mist_file"
LATER = "2100-01-01"


def show_refusal(accounts: Accounts) -> None:
    """Try, as staff, to have somebody who was excluded sign the bylaws; print what the CRM answers."""
    for login in accounts.logins("mist_connector.group_staff"):
        with closing(accounts.log_in(login)) as crm:
            excluded = _search(crm, [["x_status", "=", "excluded"]])
            if excluded:
                console.say(
                    _("   {login} note une signature du règlement par une personne exclue :").format(
                        login=login
                    )
                )
                _expect_refusal(crm, excluded[0])
                return
    raise MistError(_("Personne de l'équipe ne peut ouvrir le registre."), todo=_("voyez « mist check »"))


def _search(crm: Crm, domain: list[object]) -> list[int]:
    ids: list[int] = crm.call(PERSON, "search", domain=domain, limit=1)
    return ids


def _expect_refusal(crm: Crm, person: int) -> None:
    # A day that comes after the decision, in whatever zone the CRM counts.
    signature = {"x_person_id": person, "x_document": "bylaws", "x_on": LATER}
    try:
        crm.call(SIGNATURE, "create", vals_list=[signature])
    except WriteRefused as refusal:
        console.say(f"   ✗ {refusal.what}", style="yellow")
        return
    raise MistError(_("Le CRM a accepté ce que le règlement interdit."), todo=_("lancez « mist plan »"))


def show_reading(accounts: Accounts) -> None:
    """Count, as each account, the people and the personal files that it can read."""
    rows = [_row(login, role, accounts) for group, role in ROLES.items() for login in accounts.logins(group)]
    for profile, role in (
        (accounts.connector, _("connecteur")),
        (accounts.administrator, _("administration")),
    ):
        with opened(profile, Purpose.ANY) as crm:
            rows.append((f"   {crm.login}", role, _count(crm, PERSON), _count(crm, FILE)))
    headers = (_("   Compte"), _("Rôle"), _("Personnes"), _("Dossiers"))
    console.table(headers, rows)


def _row(login: str, role: str, accounts: Accounts) -> tuple[str, str, str, str]:
    with closing(accounts.log_in(login)) as crm:
        return f"   {login}", role, _count(crm, PERSON), _count(crm, FILE)


def _count(crm: Crm, model: str) -> str:
    try:
        return str(crm.call(model, "search_count", domain=[]))
    except AccessRefused:
        return _("refusé")
