"""How a sync's plan is shown: by code, never by name."""

from __future__ import annotations

from collections import Counter

from mist_connector.bylaws.provisions import Provisions
from mist_connector.planning.people import (
    AccountAct,
    AccountChange,
    ContactAct,
    ContactChange,
    ReminderAct,
    ReminderChange,
    StatusChange,
    SyncPlan,
)

from . import console

_CONTACTS = {
    ContactAct.CREATE: "contact à créer, avec le code seul",
    ContactAct.ADOPT: "contact à relier",
    ContactAct.NAME: "contact à montrer sous le nom qu'un accord ou une fonction permet",
    ContactAct.SCRUB: "contact à vider de ce qui dit qui elle est",
}
_ACCOUNTS = {
    AccountAct.OPEN: "compte à créer",
    AccountAct.ALIGN: "compte à aligner",
    AccountAct.ADMIT: "compte existant à admettre : clés et mot de passe effacés, à réinviter",
    AccountAct.CLOSE: "compte à fermer",
    AccountAct.REVOKE: "droits ajoutés à la main, à retirer",
    AccountAct.RENAME: "compte à nommer par un code",
}
_REMINDERS = {
    ReminderAct.TELL: "rappel à donner",
    ReminderAct.ALIGN: "rappel à mettre à jour",
    ReminderAct.END: "rappel à retirer, sa cause a disparu",
}
SHOWN = 200


def show_brief(plan: SyncPlan, provisions: Provisions) -> None:
    """Print how many people change to which status, and how many contacts and accounts change how."""
    counts = Counter(_transition(change, provisions) for change in plan.statuses)
    counts.update(_CONTACTS[change.act] for change in plan.contacts)
    counts.update(_ACCOUNTS[change.act] for change in plan.accounts)
    counts.update(_REMINDERS[change.act] for change in plan.reminders)
    if counts:
        console.table(("changement", "combien"), [(what, str(count)) for what, count in counts.items()])
    console.say(_summary(plan))


def show_sync(plan: SyncPlan, provisions: Provisions) -> None:
    """Print the plan as a table for people."""
    rows = [
        (change.code, _transition(change, provisions), ", ".join(change.rules)) for change in plan.statuses
    ]
    rows += [(change.code, _contact(change), "C02, Q27") for change in plan.contacts]
    rows += [(change.login, _account(change), "C05, C07, C08") for change in plan.accounts]
    rows += [(change.code or "—", _reminder(change), change.rule) for change in plan.reminders]
    if rows:
        console.table(("qui", "changement", "règles"), rows[:SHOWN])
    if len(rows) > SHOWN:
        console.say(f"… et {len(rows) - SHOWN} autres changements (--json les montre tous).")
    left = [plan.exclusion] if plan.left_out else []
    for sentence in (*plan.left_alone, *left, *([plan.refusal] if plan.refused else ())):
        console.say(f"Laissé tel quel : {sentence.fr}.")
    console.say(_summary(plan))


def show_invited(plan: SyncPlan) -> None:
    """Print who is still to be invited, and by which command: the account that runs sends no invitation."""
    if plan.to_invite:
        invite = " ".join(f"--invite {login}" for login in plan.to_invite)
        console.say(f"À inviter, avec le compte qui installe : mist start {invite}")


def sync_data(plan: SyncPlan) -> dict[str, object]:
    """Return the plan for a program."""
    return {
        "people": plan.people,
        "statuses": [
            {"code": each.code, "before": each.before, "after": each.after, "rules": list(each.rules)}
            for each in plan.statuses
        ],
        "contacts": [
            {"code": each.code, "act": each.act, "fields": list(each.added)} for each in plan.contacts
        ],
        "accounts": [
            {
                "login": each.login,
                "act": each.act,
                "before": list(each.before),
                "after": list(each.after),
                "by_hand": list(each.by_hand),
                "last": list(each.last),
                "coded": each.coded,
            }
            for each in plan.accounts
        ],
        "reminders": [
            {
                "code": each.code,
                "act": each.act,
                "cause": each.cause,
                "rule": each.rule,
                "due": each.due,
                "told": each.told,
                "fr": each.words.sentence,
            }
            for each in plan.reminders
        ],
        "to_invite": list(plan.to_invite),
        "left_alone": [sentence.fr for sentence in plan.left_alone],
        "refused": sorted(plan.refused),
    }


def _transition(change: StatusChange, provisions: Provisions) -> str:
    return f"statut : {provisions.status_label(change.before)} → {provisions.status_label(change.after)}"


def _contact(change: ContactChange) -> str:
    fields = f" ({', '.join(change.added)})" if change.added else ""
    return _CONTACTS[change.act] + fields


def _account(change: AccountChange) -> str:
    before, after = (", ".join(groups) or "aucun" for groups in (change.before, change.after))
    added = f" ; ajoutés à la main : {', '.join(change.by_hand)}" if change.by_hand else ""
    named = " ; son nom devient un code" if change.coded else ""
    return f"{_ACCOUNTS[change.act]} (droits : {before} → {after}{added}{named})"


def _reminder(change: ReminderChange) -> str:
    what = _REMINDERS[change.act]
    if change.act is ReminderAct.END:
        return what
    return f"{what} à {change.told} pour le {change.due.isoformat()} : {change.words.sentence}"


def _summary(plan: SyncPlan) -> str:
    if plan.empty and plan.refused:
        count = len(plan.refused)
        other = f"le CRM donne un autre statut à {count}"
        return f"{plan.people} personnes : rien à faire ; {other}. (Nothing to do.)"
    if plan.empty:
        return f"{plan.people} personnes : tout est en accord avec les faits. (Nothing to do.)"
    return (
        f"{plan.people} personnes ; statuts : {len(plan.statuses)}, contacts : {len(plan.contacts)}, "
        f"comptes : {len(plan.accounts)}, rappels : {len(plan.reminders)}."
    )
