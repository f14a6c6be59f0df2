"""How a sync's plan is shown: by code, never by name."""

from __future__ import annotations

from collections import Counter

from mist_connector.bylaws.provisions import Provisions
from mist_connector.language import _, worded
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
    ContactAct.CREATE: _("contact à créer, avec le code seul"),
    ContactAct.ADOPT: _("contact à relier"),
    ContactAct.NAME: _("contact à montrer sous le nom qu'un accord ou une fonction permet"),
    ContactAct.SCRUB: _("contact à vider de ce qui dit qui elle est"),
}
_ACCOUNTS = {
    AccountAct.OPEN: _("compte à créer"),
    AccountAct.ALIGN: _("compte à aligner"),
    AccountAct.ADMIT: _("compte existant à admettre : clés et mot de passe effacés, à réinviter"),
    AccountAct.CLOSE: _("compte à fermer"),
    AccountAct.REVOKE: _("droits ajoutés à la main, à retirer"),
    AccountAct.RENAME: _("compte à nommer par un code"),
}
_REMINDERS = {
    ReminderAct.TELL: _("rappel à donner"),
    ReminderAct.ALIGN: _("rappel à mettre à jour"),
    ReminderAct.END: _("rappel à retirer, sa cause a disparu"),
}
SHOWN = 200


def show_brief(plan: SyncPlan, provisions: Provisions) -> None:
    """Print how many people change to which status, and how many contacts and accounts change how."""
    counts = Counter(_transition(change, provisions) for change in plan.statuses)
    counts.update(_CONTACTS[change.act] for change in plan.contacts)
    counts.update(_ACCOUNTS[change.act] for change in plan.accounts)
    counts.update(_REMINDERS[change.act] for change in plan.reminders)
    if counts:
        console.table((_("changement"), _("combien")), [(what, str(count)) for what, count in counts.items()])
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
        console.table((_("qui"), _("changement"), _("règles")), rows[:SHOWN])
    if len(rows) > SHOWN:
        console.say(
            _("… et {rows} autres changements (--json les montre tous).").format(rows=len(rows) - SHOWN)
        )
    left = [plan.exclusion] if plan.left_out else []
    for sentence in (*plan.left_alone, *left, *([plan.refusal] if plan.refused else ())):
        console.say(_("Laissé tel quel : {sentence}.").format(sentence=worded(sentence)))
    console.say(_summary(plan))


def show_invited(plan: SyncPlan) -> None:
    """Print who is still to be invited, and by which command: the account that runs sends no invitation."""
    if plan.to_invite:
        invite = " ".join(f"--invite {login}" for login in plan.to_invite)
        console.say(_("À inviter, avec le compte qui installe : mist start {invite}").format(invite=invite))


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
    return _("statut : {before} → {after}").format(
        before=worded(provisions.status_label(change.before)),
        after=worded(provisions.status_label(change.after)),
    )


def _contact(change: ContactChange) -> str:
    fields = f" ({', '.join(change.added)})" if change.added else ""
    return _CONTACTS[change.act] + fields


def _account(change: AccountChange) -> str:
    before, after = (", ".join(groups) or _("aucun") for groups in (change.before, change.after))
    added = (
        _(" ; ajoutés à la main : {by_hand}").format(by_hand=", ".join(change.by_hand))
        if change.by_hand
        else ""
    )
    named = _(" ; son nom devient un code") if change.coded else ""
    return _("{account} (droits : {before} → {after}{added}{named})").format(
        account=_ACCOUNTS[change.act], before=before, after=after, added=added, named=named
    )


def _reminder(change: ReminderChange) -> str:
    what = _REMINDERS[change.act]
    if change.act is ReminderAct.END:
        return what
    return _("{what} à {change.told} pour le {due} : {change.words.sentence}").format(
        what=what, change=change, due=change.due.isoformat()
    )


def _summary(plan: SyncPlan) -> str:
    if plan.empty and plan.refused:
        count = len(plan.refused)
        other = _("le CRM donne un autre statut à {count}").format(count=count)
        return _("{plan.people} personnes : rien à faire ; {other}.").format(plan=plan, other=other)
    if plan.empty:
        return _("{plan.people} personnes : tout est en accord avec les faits.").format(plan=plan)
    return _(
        "{plan.people} personnes ; statuts : {statuses}, contacts : {contacts}, comptes : "
        "{accounts}, rappels : {reminders}."
    ).format(
        plan=plan,
        statuses=len(plan.statuses),
        contacts=len(plan.contacts),
        accounts=len(plan.accounts),
        reminders=len(plan.reminders),
    )
