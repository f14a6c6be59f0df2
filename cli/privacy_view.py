"""How an erasure is shown: by code, model and count, with the reason for what stays."""

from __future__ import annotations

from collections.abc import Mapping

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.retention import Retention
from mist_connector.privacy.erasing import Erased, Erasure

from . import console


def show_erasure(planned: Erasure, blueprint: Blueprint, retention: Retention) -> None:
    """Print what would go, what would stay and why."""
    if planned.anonymous:
        console.say(f"{planned.code} est déjà effacée. (Already erased.)")
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


def show_erased(erased: Erased) -> None:
    """Print what was done, and where she is still named."""
    console.say("Effacée. (Erased.)")
    if erased.places:
        console.table(("modèle", "numéro"), [(each.model, str(each.id)) for each in erased.places])
    console.say(f"Cherchée partout : {len(erased.places)} endroit(s) la nomment encore. (Still named there.)")
    if erased.unread:
        console.say(f"{erased.unread} fichier(s) ne sont pas du texte et n'ont pas été lus.")
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


def erased_data(erased: Erased) -> dict[str, object]:
    """Return what was done, for a program."""
    return {
        "removed": dict(erased.removed),
        "cleaned": dict(erased.cleaned),
        "places": [{"model": each.model, "id": each.id} for each in erased.places],
        "unread": erased.unread,
    }


def _labelled(counts: Mapping[str, int], blueprint: Blueprint) -> list[tuple[str, int]]:
    return [(blueprint.model(key).plural.fr, count) for key, count in counts.items()]
