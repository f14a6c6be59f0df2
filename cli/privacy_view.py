"""How an erasure is shown: by code, model and count, with the reason for what stays."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.retention import Retention
from mist_connector.privacy.erasing import Erasure
from mist_connector.privacy.receipt import Erased

from . import console


def show_erasure(planned: Erasure, blueprint: Blueprint, retention: Retention) -> None:
    """Print what would go, what would stay and why."""
    if planned.anonymous:
        when = f", le {planned.earlier.on:%d/%m/%Y} par {planned.earlier.account}" if planned.earlier else ""
        console.say(f"{planned.code} est déjà effacée{when}. (Already erased.)")
        return
    rows = [(label, str(count), "part", "") for label, count in _labelled(planned.goes, blueprint)]
    because = {each.model: f"{each.because.fr} ({each.rule})" for each in retention.stays}
    rows += [
        (blueprint.model(key).plural.fr, str(count), "reste, sans identité", because[key])
        for key, count in planned.stays.items()
    ]
    rows += [
        (label, str(count), "reste", "c'est le fait d'une autre personne ; le code y demeure")
        for label, count in _labelled(planned.of_others, blueprint)
    ]
    rows += [
        (model, str(count), "part ou est nettoyé", "lié à son contact") for model, _, count in planned.hangs
    ]
    if rows:
        console.table(("quoi", "combien", "devient", "pourquoi"), rows)
    console.say("Ce que seule la direction peut lire part aussi, sans être compté ici.")
    stays = planned.stays or planned.of_others
    what = "sa fiche reste, avec son code seul" if stays else "sa fiche part"
    console.say(f"{planned.code} : {what}.")
    if planned.in_force:
        console.say(
            f"{planned.in_force} fonction(s) en cours : terminez-les d'abord. (End her functions first.)"
        )


def show_erased(erased: Erased, secret: bytes) -> None:
    """Print what was done, where she is still named, and the receipt."""
    console.say("Effacée. (Erased.)")
    show_search(erased, secret)


def show_search(erased: Erased, secret: bytes) -> None:
    """Print what the search of an erasure found, as often as it is asked for, and the receipt."""
    if not erased.outcome:
        console.say("Ce que la recherche avait trouvé n'a pas été gardé. (The search was not kept.)")
        return
    if erased.places:
        console.table(("modèle", "numéro"), [(each.model, str(each.id)) for each in erased.places])
    console.say(f"Cherchée partout : {len(erased.places)} endroit(s) la nomment encore. (Still named there.)")
    if erased.unread:
        console.say(f"{erased.unread} fichier(s) ne sont pas du texte et n'ont pas été lus.")
    console.say(f"Reçu : {erased.receipt(secret)} ; la même commande le redonne. (Receipt.)")
    console.say("Les sauvegardes de l'hébergeur gardent ce qui était là : voyez son contrat.")


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
    return [(blueprint.model(key).plural.fr, count) for key, count in counts.items()]
