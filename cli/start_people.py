"""The steps of a start about people: the first direction, the addresses of the team, its invitations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import click

from mist_connector.crm.port import Crm
from mist_connector.crm.today import today_of
from mist_connector.declared.everything import Declared
from mist_connector.errors import CrmError, MistError
from mist_connector.language import _
from mist_connector.work.people.sync import Sync
from mist_connector.work.start.accounts import Account
from mist_connector.work.start.direction import FirstDirection, record_direction
from mist_connector.work.start.inviting import give_address, invitation_links, invite
from mist_connector.work.start.progress import Progress

from . import console
from .consent import consented
from .session import opened


@dataclass(frozen=True)
class Who:
    """What the command line says of whoever directs; the rest is asked for."""

    first_name: str | None
    last_name: str | None
    email: str | None
    signed_on: date | None

    @property
    def whole(self) -> bool:
        """Tell whether nothing is left to ask."""
        return None not in (self.first_name, self.last_name, self.email, self.signed_on)


def first_direction(install: Crm, wanted: Declared, who: Who, *, run_profile: str, yes: bool) -> None:
    """Note the first direction, and have her account made from it."""
    if yes and not who.whole:
        console.note(
            _("Direction : donnez --first-name, --last-name, --email et --signed-on, ou relancez sans --yes.")
        )
        return
    first = _asked(wanted, who)
    question = _("Donner la direction au compte « {first.login} » ? Elle ouvre les dossiers.").format(
        first=first
    )
    if not consented(question, yes=yes, as_json=False):
        return
    today = today_of(wanted.blueprint)
    with opened(run_profile) as run:
        code = record_direction(install, run, wanted.blueprint, first, on=today)
        sync = Sync(run, wanted.blueprint, wanted.provisions, wanted.sync)
        sync.apply(sync.plan(on=today).only([code]), console.reporter())
    console.say(_("Direction notée : {code}, compte {first.login}.").format(code=code, first=first))


def _asked(wanted: Declared, who: Who) -> FirstDirection:
    return FirstDirection(
        first_name=who.first_name or click.prompt(_("Qui dirige l'association ? Prénom")),
        last_name=who.last_name or click.prompt(_("Nom")),
        login=who.email or click.prompt(_("Son courriel de travail (il sert d'identifiant)")),
        signed_on=who.signed_on or _signed_on(),
        valid_months=_valid_months(wanted),
    )


def _signed_on() -> date:
    asked = click.prompt(_("Jour où elle a signé l'accord de confidentialité (JJ/MM/AAAA)"))
    try:
        return datetime.strptime(asked, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, without an hour
    except ValueError:
        raise MistError(_("Ce n'est pas une date."), todo=_("écrivez-la comme 30/11/2026")) from None


def _valid_months(wanted: Declared) -> int:
    [decision] = [each for each in wanted.bylaws.decisions if "validity_months" in each.numbers]
    months = decision.numbers["validity_months"]
    if months is None:
        raise MistError(
            _("La durée d'un accord de confidentialité n'est pas dite."),
            todo=_("complétez decisions.yaml, {decision.id}, validity_months").format(decision=decision),
        )
    return months


def ask_addresses(install: Crm, progress: Progress, *, yes: bool) -> None:
    """Ask for the e-mail of each account that no invitation reaches; a login that is an address is proposed.

    With `yes`, what is proposed is taken; empty leaves it for later.
    """
    for account in progress.unreachable:
        email = account.login if "@" in account.login else ""
        if not yes:
            told = "" if email else _(" (vide : plus tard)")
            email = click.prompt(
                _("Courriel de {account.login}{told}").format(account=account, told=told),
                default=email,
                show_default=bool(email),
            )
        if "@" in email:
            give_address(install, account, email.strip())


def invite_all(
    install: Crm, progress: Progress, named: Collection[str], *, yes: bool, show_links: bool
) -> None:
    """Invite everybody who never logged in, and those that are named.

    Where no mail leaves, the links are shown if that was asked for. Raises MistError for a login that is
    nobody's of the team.
    """
    unknown = sorted(set(named) - {account.login for account in progress.team})
    if unknown:
        raise MistError(
            _("Pas un compte de l'équipe : {unknown}.").format(unknown=", ".join(unknown)),
            todo=_("la direction note d'abord sa fonction, puis « mist sync » fait le compte"),
        )
    waiting = [each for each in progress.team if each.reachable and (not each.seen or each.login in named)]
    logins = ", ".join(account.login for account in waiting)
    question = _("Envoyer leur invitation à : {logins} ?").format(logins=logins)
    if not waiting or not consented(question, yes=yes, as_json=False):
        return
    try:
        invite(install, waiting)
    except CrmError as error:
        console.note(_("Aucune invitation n'est partie : {error.what}").format(error=error))
        _hand_over(install, waiting, show_links=show_links)
    else:
        console.say(_("Invitations remises à la messagerie du CRM : {waiting}.").format(waiting=len(waiting)))


def _hand_over(install: Crm, accounts: Sequence[Account], *, show_links: bool) -> None:
    """Show the link of each invitation, to be handed over in person."""
    if not show_links:
        console.note(
            _("Réglez la messagerie, puis relancez ; ou « mist start --show-links », en main propre.")
        )
        return
    console.say(_("Qui a un de ces liens choisit le mot de passe du compte : remettez chacun à elle seule."))
    for login, link in invitation_links(install, accounts):
        console.say("  " + _("{topic} : {what}").format(topic=login, what=link))
