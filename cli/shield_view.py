"""How a shielding is shown: by numbers of contacts, codes and counts, never by name unless asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from mist_connector.blueprint.shielding import Shielding
from mist_connector.language import _
from mist_connector.privacy.shielding import Candidate, Found, How, Place, Searched, Shielded

from . import console

SHOWN = 100
_NAMED = (_("nom du contact"), _("prénom"), _("nom"))
_HOW = {
    How.FILE: _("la liste"),
    How.TAG: _("l'étiquette"),
    How.MAIL: _("son courriel sûr"),
    How.LINKED: _("la fiche de la personne"),
}
_LEFT = {
    "gone": _("il n'existe plus"),
    "account": _("c'est le contact d'un compte"),
    "closed_portal": (
        _(
            "c'est celui d'un ancien compte portail : supprimez ce compte (Paramètres, "
            "Utilisateurs, filtre « Archivé »), puis relancez"
        )
    ),
    "company": _("c'est une entreprise ou l'association"),
    "one_word": _("son nom est d'un seul mot : donnez Prénom et Nom dans une liste"),
    "two_people": _("deux personnes du registre peuvent être celle-là : dites laquelle dans une liste"),
    "two_contacts": _("plusieurs contacts mènent à la même personne : dites lesquels dans une liste"),
    "was_under_her": _("il était rattaché à une personne mise à l'abri : le lien est coupé"),
    "done": _("il l'est déjà"),
}
_PROBLEMS = {
    "no_contact": _("aucun contact ne répond à cette ligne"),
    "several_contacts": _("plusieurs contacts répondent à cette ligne : donnez le numéro"),
    "unknown_person": _("personne n'a ce code"),
    "no_tag": _("une étiquette demandée n'existe pas"),
}


def show_found(found: Found, shielding: Shielding, names: Mapping[int, str]) -> None:
    """Print who would be shielded, what would go, what would be cleaned, and what is left alone and why."""
    rows = [
        (
            str(each.contact),
            *((names.get(each.contact, ""), *(each.split or ("", ""))) if names else ()),
            each.person or _("personne nouvelle"),
            _HOW[each.how],
            str(sum(count for *_, count in each.hangs)),
        )
        for each in found.ready[:SHOWN]
    ]
    if rows:
        headers = ("contact", *(_NAMED if names else ()), _("devient"), _("trouvé par"), _("fiches liées"))
        console.table(headers, rows)
    if len(found.ready) > SHOWN:
        console.say(_("… et {ready} autres (--json les montre tous).").format(ready=len(found.ready) - SHOWN))
    goes, stays = _totals(found, shielding)
    if goes:
        console.say(_("Partirait : ") + _counted(goes) + ".")
    if stays:
        console.say(_("Resterait, sans son identité : ") + _counted(stays) + ".")
    for each in found.candidates:
        if each.left and each.left != "done":
            console.say(
                _("Laissé tel quel : le contact n° {each.contact}, {left}.").format(
                    each=each, left=_LEFT[each.left]
                )
            )
    for line, reason in found.problems:
        console.say(
            _("Ligne {line} : {problem}.").format(line=line, problem=_PROBLEMS[reason])
            if line
            else f"{_PROBLEMS[reason].capitalize()}."
        )
    if found.already:
        console.say(_("{already} personne(s) le sont déjà.").format(already=len(found.already)))
    console.say(_("{ready} contact(s) à mettre à l'abri.").format(ready=len(found.ready)))


def show_shielded(shielded: Shielded) -> None:
    """Print what one step did."""
    console.say(_("  parti : {counted}").format(counted=_counted(shielded.removed) or _("rien")))
    console.say(_("  nettoyé : {counted}").format(counted=_counted(shielded.cleaned) or _("rien")))
    for contact, reason in shielded.left:
        console.say(
            _("  laissé tel quel : le contact n° {contact}, {left}.").format(
                contact=contact, left=_LEFT[reason]
            )
        )


def show_searched(searched: Searched) -> None:
    """Print where people are still named outside of the register."""
    if searched.places:
        rows = [(each.model, str(each.id), each.person) for each in searched.places[:SHOWN]]
        console.table((_("modèle"), _("numéro"), _("nomme")), rows)
    if len(searched.places) > SHOWN:
        console.say(
            _("… et {places} autres (--json les montre tous).").format(places=len(searched.places) - SHOWN)
        )
    console.say(
        _("{people} cherchée(s) : {places} endroit(s) hors du registre.").format(
            people=len(searched.people), places=len(searched.places)
        )
    )
    if searched.unread:
        console.say(
            _(
                "{searched.unread} fichier(s) joint(s) ailleurs ne sont pas du texte et n'ont pas été lus."
            ).format(searched=searched)
        )


def found_data(found: Found) -> dict[str, object]:
    """Return what was found, for a program."""
    return {
        "candidates": [_candidate(each) for each in found.candidates],
        "problems": [{"line": line, "reason": reason} for line, reason in found.problems],
        "already": len(found.already),
    }


def shielded_data(shielded: Shielded) -> dict[str, object]:
    """Return what one step did, for a program."""
    return {
        "done": [{"contact": contact, "person": code} for contact, code in shielded.done.items()],
        "left": [{"contact": contact, "reason": reason} for contact, reason in shielded.left],
        "removed": dict(shielded.removed),
        "cleaned": dict(shielded.cleaned),
    }


def searched_data(searched: Searched) -> dict[str, object]:
    """Return what a search found, for a program."""
    return {
        "searched": len(searched.people),
        "places": [_place(each) for each in searched.places],
        "unread": searched.unread,
    }


def _candidate(each: Candidate) -> dict[str, object]:
    hangs = [{"model": model, "field": column, "count": count} for model, column, count in each.hangs]
    return {
        "contact": each.contact,
        "how": each.how.value,
        "person": each.person or None,
        "left": each.left or None,
        "hangs": hangs,
    }


def _place(each: Place) -> dict[str, object]:
    return {"model": each.model, "id": each.id, "person": each.person}


def _totals(found: Found, shielding: Shielding) -> tuple[Counter[str], Counter[str]]:
    goes: Counter[str] = Counter()
    stays: Counter[str] = Counter()
    for each in found.ready:
        for model, column, count in each.hangs:
            own = column in shielding.goes.get(model, ()) or "." not in model
            (goes if own else stays)[model] += count
    return goes, stays


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{model} {count}" for model, count in sorted(counts.items()))
