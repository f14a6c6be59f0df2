"""The step of a start that makes the account that runs, its key and its profile."""

from __future__ import annotations

import os
from contextlib import closing

from mist_connector.crm.account import check_account
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile, load_profile, profile_names, save_profile
from mist_connector.crm.secrets import ENVIRONMENT, find_secret, keep_secret, looks_like_key
from mist_connector.declared.everything import Declared
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.work.start.accounts import make_run_account

from . import console
from .consent import consented


def require_own_secrets(run_profile: str) -> None:
    """Raise MistError where the environment gives one secret for every profile: two accounts are at work."""
    own = f"{ENVIRONMENT}_{run_profile.upper().replace('-', '_')}"
    for_all = (ENVIRONMENT, f"{ENVIRONMENT}_FILE")
    if not os.environ.get(own) and any(os.environ.get(name) for name in for_all):
        raise MistError(
            _("{ENVIRONMENT} vaut pour tous les profils, et deux comptes sont à l'œuvre ici.").format(
                ENVIRONMENT=ENVIRONMENT
            ),
            todo=_(
                "nommez celui du compte qui installe, {ENVIRONMENT}_ADMIN, ou laissez mist le demander"
            ).format(ENVIRONMENT=ENVIRONMENT),
        )


def keep_run_account(
    install: Crm, wanted: Declared, profile: str, run_profile: str, login: str, *, yes: bool
) -> bool:
    """Make account, key and profile, unless the profile works already; return whether it does."""
    base = load_profile(profile)
    if _works(run_profile, base):
        return True
    question = _("Créer le compte « {login} », qui fait tourner, et sa clé ?").format(login=login)
    if not consented(question, yes=yes, as_json=False):
        return False
    made = make_run_account(install, login, timezone=wanted.blueprint.frame.timezone)
    # A password goes by another way than a key.
    way = base.transport if looks_like_key(find_secret(base)) else None
    changes = {"name": run_profile, "login": made.login, "secret_file": None, "transport": way}
    save_profile(keep_secret(base.model_copy(update=changes), made.key))
    console.say(
        _("Compte « {made.login} » prêt ; profil « {run_profile} », clé jusqu'au {made.until}.").format(
            made=made, run_profile=run_profile
        )
    )
    return True


def _works(name: str, base: Profile) -> bool:
    """Tell whether a profile opens the same CRM; its rules are those of the account that installs."""
    if name not in profile_names():
        return False
    profile = load_profile(name)
    if (profile.url, profile.database) != (base.url, base.database):
        raise MistError(
            _("Le profil « {name} » est celui d'un autre CRM.").format(name=name),
            todo=_("donnez un autre nom : --run-profile NOM"),
        )
    try:
        with closing(connect(profile, find_secret(profile))) as crm:
            check_account(crm)
    except MistError:
        return False
    if profile.mappings != base.mappings:
        save_profile(profile.model_copy(update={"mappings": base.mappings}))
    return True
