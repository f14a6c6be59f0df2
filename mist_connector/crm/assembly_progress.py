"""Where an assembly stands: what it lacks, and which step comes next; people by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mist_connector.declared.assembly import ItemKind
from mist_connector.declared.everything import Declared

from .assemblies import AssemblyRecord, ItemRecord
from .assembly_record import Version, content_digest

VOTED = frozenset({ItemKind.RESOLUTION, ItemKind.ELECTION})
SETTINGS = {
    "majority": "la majorité",
    "elections": "comment une élection est gagnée",
    "ties": "ce qui suit une égalité",
}
NEXT = {
    "planned": "Convoquez : « mist assembly convene ».",
    "convened": "Le jour venu, arrêtez la liste et ouvrez : « mist assembly open ».",
    "open": "Notez présences, procurations et votes dans le CRM, puis : « mist assembly close ».",
    "closed": "Envoyez le procès-verbal (« mist assembly minutes »), faites-le approuver, notez-le.",
    "past": "Rien : elle s'est tenue avant le CRM.",
}


@dataclass(frozen=True)
class Progress:
    """What an assembly lacks, the most pressing first, and what comes next."""

    missing: tuple[str, ...]
    next: str


def progress(assembly: AssemblyRecord, declared: Declared, made: tuple[Version, ...]) -> Progress:
    """Return how far an assembly is; `made`: the versions of its minutes."""
    found: Iterator[str] = iter(())
    if assembly.state in {"planned", "convened"}:
        found = _before(assembly, declared)
    elif assembly.state == "open":
        found = _under_way(assembly)
    elif assembly.state == "closed":
        found = _after(assembly, made)
    done = assembly.state == "closed" and assembly.approved_on is not None
    return Progress(tuple(found), "Rien : le procès-verbal est approuvé." if done else NEXT[assembly.state])


def _before(assembly: AssemblyRecord, declared: Declared) -> Iterator[str]:
    settings = declared.assembly
    decision = declared.bylaws.decision(settings.electorate.decision)
    if decision is None or decision.answer is None:
        yield f"Qui vote n'est pas décidé ({settings.electorate.decision}) : la liste ne s'arrête pas."
    for name, words in SETTINGS.items():
        if getattr(settings.statutes, name) is None and any(each.kind in VOTED for each in assembly.items):
            yield f"Les statuts n'ont pas encore dit {words} ({settings.statutes.decision})."
    if not assembly.items:
        yield "L'ordre du jour est vide."
    if not assembly.place:
        yield "Aucun lieu ni lien n'est noté."
    yield from _candidates(assembly)


def _candidates(assembly: AssemblyRecord) -> Iterator[str]:
    """Yield the elections nobody stands in, and the candidates who have not said yes."""
    for item in assembly.items:
        if item.kind == ItemKind.ELECTION and not item.candidacies:
            yield f"Point {item.position} : personne n'est candidate."
        for each in item.candidacies:
            if each.accepted_on is None:
                yield f"Point {item.position} : {each.person} n'a pas dit oui."


def _under_way(assembly: AssemblyRecord) -> Iterator[str]:
    if not any(each.presence for each in assembly.invitees):
        yield "Aucune présence n'est notée."
    yield from _candidates(assembly)
    yield from (each for item in assembly.items for each in _vote(item))


def _vote(item: ItemRecord) -> Iterator[str]:
    if item.kind not in VOTED:
        return
    if not item.voted_at:
        yield f"Point {item.position} : pas d'heure de vote."
    if not (item.ballots or item.votes_for or item.votes_against or item.blank):
        yield f"Point {item.position} : pas de décompte."


def _after(assembly: AssemblyRecord, made: tuple[Version, ...]) -> Iterator[str]:
    if not made:
        yield "Elle a été close sans sceau de son contenu."
    elif made[0].digest != content_digest(assembly):
        yield "Son contenu n'est plus celui que le procès-verbal scelle : quelque chose a été retiré."
    refused = [str(item.position) for item in assembly.items if item.state == "refused"]
    if refused:
        yield f"Non proclamés : points {', '.join(refused)}."
    if assembly.approved_on is None:
        yield "Le procès-verbal n'est pas approuvé."
