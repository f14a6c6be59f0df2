"""What is said of each step of a start: that it is done, or what is missing and who does what."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.crm.diagnose import Finding, Verdict
from mist_connector.language import _

from .progress import Progress, Step

_START = "mist start"
# Step → topic, what is said where it is done, what where it is not, what to do then.
_SAID = {
    Step.FRENCH: (
        _("langue"),
        _("Le français est actif."),
        _("Le français n’est pas actif."),
        _("{start} l’active.").format(start=_START),
    ),
    Step.DEPLOYED: (
        _("règlement"),
        _("Le règlement est déployé."),
        _("Le règlement n’est pas déployé."),
        _("{start}, ou mist plan puis mist apply, avec le compte qui installe.").format(start=_START),
    ),
    Step.MAIL: (
        _("courriel"),
        _("Un serveur de courriel sortant est réglé."),
        _("Aucun serveur de courriel sortant n’est réglé : rien ne part, sauf par celui de l’hébergeur."),
        _("Dans le CRM : Paramètres, Technique, Serveurs de courriel sortant ; envoyez-y un essai."),
    ),
    Step.SENDER: (
        _("expéditeur"),
        _("Les courriels partent de l’adresse de l’association."),
        _("Aucun courriel de mist ne partirait : {sender}."),
        _(
            "{start} --sender ADRESSE ; ou : hardening.yaml (sender), la fiche de la société, mist apply."
        ).format(start=_START),
    ),
    Step.RUN_ACCOUNT: (
        _("connecteur"),
        _("Compte qui fait tourner : {run}."),
        _("Aucun compte n’a le groupe « Connecteur » : rien ne tourne encore."),
        _(
            "{start} ; ou un compte avec ce groupe et « Contacts : création », sans Réglages, puis mist init."
        ).format(start=_START),
    ),
    Step.DIRECTION: (
        "direction",
        _("La direction a un compte."),
        _("Aucun compte n’a la direction : personne n’ouvre un dossier ni ne confie un accompagnement."),
        _("{start} ; ou mist import FICHIER --only functions --profile ADMIN, puis mist sync.").format(
            start=_START
        ),
    ),
    Step.ADDRESSES: (
        _("adresses"),
        _("Chaque compte de l’équipe a un courriel."),
        _("Ces comptes n’ont pas de courriel, aucune invitation ne leur parvient : {unreachable}."),
        _("{start} le demande ; ou, dans le CRM : leur fiche d’utilisateur, champ Courriel.").format(
            start=_START
        ),
    ),
    Step.LOGGED_IN: (
        _("équipe"),
        _("Chaque compte de l’équipe s’est déjà connecté."),
        _("Ces comptes ne se sont jamais connectés : {unseen}."),
        _("Chacune ouvre son invitation ; {start} l’envoie (à nouveau).").format(start=_START),
    ),
    Step.DIRECTION_KEY: (
        _("clé de la direction"),
        _("La direction a une clé : mist journal, mist privacy."),
        _("La direction n’a pas de clé : mist journal et mist privacy en demandent une."),
        _("Elle la crée dans le CRM (ses préférences, Sécurité), puis : mist init --profile direction."),
    ),
}


def examine_start(progress: Progress, *, without: frozenset[Step] = frozenset()) -> Iterator[Finding]:
    """Yield a finding for each step, in their order; each tells what is missing, and what to do about it."""
    words = _words(progress)
    for step, done in progress.done.items():
        if step not in without and not _waits(step, progress):
            topic, fine, missing, todo = _SAID[step]
            if done:
                yield Finding(topic, Verdict.FINE, fine.format(**words))
            else:
                yield Finding(topic, Verdict.WARNING, missing.format(**words), todo)


def _waits(step: Step, progress: Progress) -> bool:
    """Tell whether a step says nothing yet: there is nobody whom it could be about."""
    of_team = step in {Step.ADDRESSES, Step.LOGGED_IN}
    return (of_team and not progress.team) or (step is Step.DIRECTION_KEY and not progress.direction)


def _words(progress: Progress) -> dict[str, str]:
    unseen = (*progress.waiting, *progress.unreachable)
    return {
        "sender": " ; ".join(progress.sender_differs),
        "run": ", ".join(account.login for account in progress.run_accounts),
        "unreachable": ", ".join(account.login for account in progress.unreachable),
        "unseen": ", ".join(sorted(account.login for account in unseen)),
    }
