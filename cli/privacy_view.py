"""How an erasure is shown: by code, model and count, with the reason for what stays."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.retention import Retention
from mist_connector.language import _, worded
from mist_connector.privacy.erasing import Erasure
from mist_connector.privacy.receipt import Erased

from . import console


def show_erasure(planned: Erasure, blueprint: Blueprint, retention: Retention) -> None:
    """Print what would go, what would stay and why."""
    if planned.anonymous:
        when = (
            _(", le {planned.earlier.on:%d/%m/%Y} par {planned.earlier.account}").format(planned=planned)
            if planned.earlier
            else ""
        )
        console.say(_("{planned.code} est déjà effacée{when}.").format(planned=planned, when=when))
        return
    rows = [(label, str(count), _("part"), "") for label, count in _labelled(planned.goes, blueprint)]
    because = {each.model: f"{worded(each.because)} ({each.rule})" for each in retention.stays}
    rows += [
        (worded(blueprint.model(key).plural), str(count), _("reste, sans identité"), because[key])
        for key, count in planned.stays.items()
    ]
    rows += [
        (label, str(count), _("reste"), _("c'est le fait d'une autre personne ; le code y demeure"))
        for label, count in _labelled(planned.of_others, blueprint)
    ]
    rows += [
        (model, str(count), _("part ou est nettoyé"), _("lié à son contact"))
        for model, _table, count in planned.hangs
    ]
    if rows:
        console.table((_("quoi"), _("combien"), _("devient"), _("pourquoi")), rows)
    console.say(_("Ce que seule la direction peut lire part aussi, sans être compté ici."))
    stays = planned.stays or planned.of_others
    what = _("sa fiche reste, avec son code seul") if stays else _("sa fiche part")
    console.say(_("{topic} : {what}").format(topic=planned.code, what=what) + ".")
    if planned.in_force:
        console.say(
            _("{planned.in_force} fonction(s) en cours : terminez-les d'abord.").format(planned=planned)
        )


def show_erased(erased: Erased, secret: bytes) -> None:
    """Print what was done, where she is still named, and the receipt."""
    console.say(_("Effacée."))
    show_search(erased, secret)


def show_search(erased: Erased, secret: bytes) -> None:
    """Print what the search of an erasure found, as often as it is asked for, and the receipt."""
    if not erased.outcome:
        console.say(_("Ce que la recherche avait trouvé n'a pas été gardé."))
        return
    if erased.places:
        console.table((_("modèle"), _("numéro")), [(each.model, str(each.id)) for each in erased.places])
    console.say(
        _("Cherchée partout : {places} endroit(s) la nomment encore.").format(places=len(erased.places))
    )
    if erased.unread:
        console.say(
            _("{erased.unread} fichier(s) ne sont pas du texte et n'ont pas été lus.").format(erased=erased)
        )
    console.say(_("Reçu : {receipt} ; la même commande le redonne.").format(receipt=erased.receipt(secret)))
    console.say(_("Les sauvegardes de l'hébergeur gardent ce qui était là : voyez son contrat."))


def erasure_data(planned: Erasure) -> dict[str, object]:
    """Return what would go and stay, for a program."""
    return {
        "person": planned.code,
        "already": planned.anonymous,
        "functions_in_force": planned.in_force,
        "goes": dict(planned.goes),
        "stays": dict(planned.stays),
        "of_others": dict(planned.of_others),
    }


def erased_data(erased: Erased | None, secret: bytes) -> dict[str, object] | None:
    """Return what was done, for a program."""
    if erased is None:
        return None
    return {
        "on": erased.on.isoformat(),
        "account": erased.account,
        "receipt": erased.receipt(secret) if erased.outcome else None,
        "removed": dict(erased.removed),
        "cleaned": dict(erased.cleaned),
        "places": [{"model": each.model, "id": each.id} for each in erased.places],
        "unread": erased.unread,
    }


def _labelled(counts: Mapping[str, int], blueprint: Blueprint) -> list[tuple[str, int]]:
    return [(worded(blueprint.model(key).plural), count) for key, count in counts.items()]
