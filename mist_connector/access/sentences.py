"""What the person herself is told of who may read about her: readers by what they are here, never by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mist_connector.blueprint.declaration import Operation
from mist_connector.bylaws.facts import Accompaniment, Agreement, DatedException, Function, Mandate
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.documents.access_letter import AccessTold, Reading

from .readers import Fact, Opening

_MAY = {
    Operation.READ: Text(fr="lire", en="read"),
    Operation.WRITE: Text(fr="modifier", en="change"),
    Operation.CREATE: Text(fr="ajouter", en="add"),
    Operation.DELETE: Text(fr="supprimer", en="delete"),
}
_DIRECTION = Text(fr="La direction", en="Direction")
_STAFF = Text(fr="L’équipe salariée", en="Staff")
_OFFICE = Text(fr="Les élu·es à qui leur charge le demande", en="Those whose office requires it")
_PROGRAM = Text(fr="Le programme qui tient le registre à jour", en="The program that keeps the register")
_HERS = Text(fr="La personne de l’équipe qui vous accompagne", en="Whoever of staff accompanies you")
_COVER = Text(fr="La personne qui la remplace", en="Whoever stands in for her")
_BY_ROLE = {"direction": _DIRECTION, "staff": _STAFF, "office": _OFFICE}


def told_to_her(openings: Iterable[Opening], *, on: date) -> AccessTold:
    """Return what the letter says; investigations are nobody's to learn of from a letter."""
    found = list(openings)
    record = [each for each in found if each.tier is Tier.REGISTER]
    file = [each for each in found if each.tier is Tier.PERSONAL]
    return AccessTold(on, _grouped(record), _grouped(file))


def _grouped(openings: Sequence[Opening]) -> list[Reading]:
    """Put together those who are the same here, may do the same, for the same kind of reason."""
    groups: dict[tuple[Text, Text, Text], list[Opening]] = {}
    for each in openings:
        groups.setdefault((_who(each), _may(each), _because(each)), []).append(each)
    return [
        Reading(who, may, because, len(same), _last([each.until for each in same]))
        for (who, may, because), same in groups.items()
    ]


def _last(days: Sequence[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _who(opening: Opening) -> Text:
    facts = [reason.fact for reason in opening.reasons]
    for fact in facts:
        if isinstance(fact, Accompaniment):
            return _COVER if fact.cover else _HERS
    roles = [fact.role for fact in facts if isinstance(fact, Function)]
    return _BY_ROLE.get(roles[0], _STAFF) if roles else _PROGRAM


def _may(opening: Opening) -> Text:
    words = [_MAY[operation] for operation in opening.operations]
    return Text(fr=", ".join(word.fr for word in words), en=", ".join(word.en for word in words))


def _because(opening: Opening) -> Text:
    said = list(dict.fromkeys(_noun(reason.fact) for reason in opening.reasons))
    if not said:
        return Text(
            fr=f"il porte les faits notés par l’équipe ({opening.rule})",
            en=f"it carries the facts that staff note ({opening.rule})",
        )
    french, english = (", ".join(getattr(word, language) for word in said) for language in ("fr", "en"))
    return Text(fr=f"{french} (règle {opening.rule})", en=f"{english} (rule {opening.rule})")


def _noun(fact: Fact) -> Text:
    match fact:
        case Function():
            return Text(fr="fonction en cours", en="function in force")
        case Agreement():
            return Text(fr="accord de confidentialité valable", en="valid confidentiality agreement")
        case Accompaniment():
            return Text(fr="accompagnement en cours", en="accompaniment in force")
        case Mandate():
            return Text(fr="mandat en cours", en="mandate in force")
        case DatedException():
            return Text(fr="exception signée par la direction", en="exception signed by direction")
