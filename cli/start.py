"""`mist start`: from an address and an administrator's login to a team at work, one step after the other."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import DEFAULT, TransportName, load_profile, profile_names, save_profile
from mist_connector.crm.rights import Purpose
from mist_connector.declared.everything import Declared
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.start.progress import Progress, Step
from mist_connector.work.start.reading import read_progress
from mist_connector.work.start.told import examine_start

from . import console, init
from .consent import consented
from .declared_mappings import declared
from .deployment import Deployment
from .findings_view import show_finding
from .options import mappings_option, yes_option
from .own_mappings import delivered_address
from .plan_view import show_brief_plan
from .session import opened
from .start_people import Who, ask_addresses, first_direction, invite_all
from .start_run_account import keep_run_account, require_own_secrets
from .start_sender import require_address, settle_sender

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command(
    help=_(
        "Mène d'un CRM nu à une équipe au travail : adresse, compte, expéditeur, français, "
        "règlement, compte qui fait tourner, première direction, invitations. Dit chaque étape, "
        "demande avant d'écrire ; relancé, reprend où il en était. « mist doctor --profile admin "
        "» dit les mêmes étapes, sans rien écrire."
    )
)
@click.option(
    "--profile", default="admin", show_default=True, metavar=_("NOM"), help=_("Le compte qui installe.")
)
@click.option(
    "--run-profile", default=DEFAULT, show_default=True, metavar=_("NOM"), help=_("Le profil à créer.")
)
@click.option(
    "--run-login", default="connecteur", show_default=True, metavar=_("NOM"), help=_("Son identifiant.")
)
@click.option("--url", default=None, metavar=_("ADRESSE"), help=_("Par exemple https://crm.example.org."))
@click.option("--database", default=None, metavar=_("NOM"), help=_("Nom de la base."))
@click.option("--login", default=None, metavar=_("NOM"), help=_("Compte qui a les Réglages."))
@click.option("--secret-stdin", is_flag=True, help=_("Lit sa clé sur l’entrée standard."))
@click.option(
    "--transport",
    type=click.Choice([str(name) for name in TransportName]),
    default=None,
    help=_("Impose une voie ; sinon mist choisit."),
)
@click.option(
    "--sender", default=None, metavar=_("COURRIEL"), help=_("L'association : d'où partent ses courriels.")
)
@click.option("--first-name", default=None, metavar=_("PRÉNOM"), help=_("Qui dirige : prénom."))
@click.option("--last-name", default=None, metavar=_("NOM"), help=_("Qui dirige : nom."))
@click.option("--email", default=None, metavar=_("COURRIEL"), help=_("Qui dirige : son courriel de travail."))
@click.option(
    "--signed-on", type=_DAY, default=None, metavar=_("DATE"), help=_("Jour où elle a signé l'accord.")
)
@click.option(
    "--invite",
    "invited",
    multiple=True,
    metavar=_("COMPTE"),
    help=_("Invite aussi ce compte, connecté déjà, comme le dit « mist sync »."),
)
@click.option(
    "--show-links",
    is_flag=True,
    help=_("Montre les liens d'invitation ici, si aucun courriel ne part."),
)
@mappings_option
@yes_option
def command(
    *,
    profile: str,
    run_profile: str,
    run_login: str,
    url: str | None,
    database: str | None,
    login: str | None,
    secret_stdin: bool,
    transport: str | None,
    sender: str | None,
    first_name: str | None,
    last_name: str | None,
    email: str | None,
    signed_on: datetime | None,
    invited: tuple[str, ...],
    show_links: bool,
    mappings: Path | None,
    yes: bool,
) -> int:
    """Take each step that is missing, in order; return 2 where something is left for somebody to do."""
    require_address(sender)
    require_own_secrets(run_profile)
    if profile not in profile_names():
        account = {"url": url, "database": database, "login": login, "transport": transport}
        _connect(profile, {**account, "secret_stdin": secret_stdin, "mappings": mappings})
    folder = _kept(profile, mappings)
    with opened(profile, Purpose.INSTALL, any_mappings=True) as install:
        folder = settle_sender(install, profile, folder=folder, address=sender, yes=yes)
    _deploy(profile, folder, yes=yes)
    wanted = declared(folder)
    who = Who(first_name, last_name, email, _day(signed_on))
    with opened(profile, Purpose.INSTALL) as install:
        ready = keep_run_account(install, wanted, profile, run_profile, run_login, yes=yes)
        if ready and Step.DIRECTION in _progress(install, wanted).missing:
            first_direction(install, wanted, who, run_profile=run_profile, yes=yes)
        ask_addresses(install, _progress(install, wanted), yes=yes)
        invite_all(install, _progress(install, wanted), invited, yes=yes, show_links=show_links)
        return _report(_progress(install, wanted))


def _connect(profile: str, account: dict[str, object]) -> None:
    """Make the profile of the account that installs, as `mist init` does."""
    console.note(
        _("Le compte qui installe : un administrateur du CRM (Réglages), de préférence avec une clé API.")
    )
    click.get_current_context().invoke(init.command, profile=profile, **account)


def _kept(profile: str, mappings: Path | None) -> Path | None:
    """Return the folder of rules of this CRM; one that is named is kept in the profile."""
    found = load_profile(profile)
    if mappings is not None:
        save_profile(found.model_copy(update={"mappings": str(mappings.resolve())}))
        return mappings
    return None if found.mappings is None else Path(found.mappings)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _progress(install: Crm, wanted: Declared) -> Progress:
    return read_progress(install, wanted.blueprint.hardening, placeholder=delivered_address())


def _deploy(profile: str, folder: Path | None, *, yes: bool) -> None:
    """Deploy the bylaws where the CRM does not follow them yet, French first."""
    with Deployment.opened(profile, folder) as deployment:
        plan = deployment.plan_in_french(yes=yes, as_json=False)
        if plan.empty:
            return
        show_brief_plan(plan)
        deployment.check(plan, allow_data_loss=False, forced=())
        if not consented(_("Déployer ?"), yes=yes, as_json=False):
            raise MistError(_("Rien n'est déployé."), todo=_("relancez « mist start » quand vous voulez"))
        deployment.apply(plan)


def _report(progress: Progress) -> int:
    """Show every step, then what to do next."""
    console.say()
    for finding in examine_start(progress):
        show_finding(finding)
    console.say(_("Ensuite : {next}").format(next=_next(progress)))
    return 2 if progress.missing else 0


def _next(progress: Progress) -> str:
    if {Step.DEPLOYED, Step.RUN_ACCOUNT, Step.DIRECTION} & set(progress.missing):
        return _("relancez « mist start ».")
    return _(
        "vos listes (mist import --template LISTE.xlsx, mist import LISTE.xlsx), puis mist "
        "sync, mist check et mist schedule cron. L'équipe : la direction note chaque "
        "fonction, mist sync crée son compte, mist start l'invite."
    )
