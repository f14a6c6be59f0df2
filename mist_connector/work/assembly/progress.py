"""Where an assembly stands: what it lacks, and which step comes next; people by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mist_connector.declared.assembly import ItemKind
from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import NOTICE
from mist_connector.language import _

from .assemblies import AssemblyRecord, ItemRecord
from .preflight import VOTED, obstacles
from .record import Version, content_digest

SETTINGS = {
    "majority": _("la majorité"),
    "elections": _("comment une élection est gagnée"),
    "ties": _("ce qui suit une égalité"),
}
NEXT = {
    "planned": _("Convoquez : « mist assembly convene »."),
    "convened": _("Le jour venu, arrêtez la liste et ouvrez : « mist assembly open »."),
    "open": _("Notez présences, procurations et votes dans le CRM, puis : « mist assembly close »."),
    "closed": _("Envoyez le procès-verbal (« mist assembly minutes »), faites-le approuver, notez-le."),
    "past": _("Rien : elle s'est tenue avant le CRM."),
    "cancelled": _("Rien : elle n'a pas eu lieu."),
}


@dataclass(frozen=True)
class Progress:
    """What an assembly lacks, the most pressing first, and what comes next."""

    missing: tuple[str, ...]
    next: str


def progress(
    assembly: AssemblyRecord, declared: Declared, made: tuple[Version, ...], *, today: date
) -> Progress:
    """Return how far an assembly is on a day; `made`: the versions of its minutes."""
    found: Iterator[str] = iter(())
    if assembly.state in {"planned", "convened"}:
        found = _before(assembly, declared, today)
    elif assembly.state == "open":
        found = _under_way(assembly)
    elif assembly.state == "closed":
        found = _after(assembly, made)
    done = assembly.state == "closed" and assembly.approved_on is not None
    return Progress(
        tuple(found), _("Rien : le procès-verbal est approuvé.") if done else NEXT[assembly.state]
    )


def _before(assembly: AssemblyRecord, declared: Declared, today: date) -> Iterator[str]:
    settings = declared.assembly
    for each in obstacles(NOTICE, assembly, declared, today=today):
        yield f"{each.what[:1].upper()}{each.what[1:]} : {each.mend}."
    if assembly.convocation.is_outdated:
        yield _("{reached} personnes connaissent l'ancienne version : convoquez encore.").format(
            reached=assembly.convocation.reached
        )
    for name, words in SETTINGS.items():
        if getattr(settings.statutes, name) is None and any(each.kind in VOTED for each in assembly.items):
            yield _("Les statuts n'ont pas encore dit {words} ({decision}).").format(
                words=words, decision=settings.statutes.decision
            )
    yield from _candidates(assembly)


def _candidates(assembly: AssemblyRecord) -> Iterator[str]:
    """Yield the elections nobody stands in, and the candidates who have not said yes."""
    for item in assembly.items:
        if item.kind == ItemKind.ELECTION and not item.candidacies:
            yield _("Point {position} : personne n'est candidate.").format(position=item.position)
        for each in item.candidacies:
            if each.accepted_on is None:
                yield _("Point {position} : {person} n'a pas dit oui.").format(
                    position=item.position, person=each.person
                )


def _under_way(assembly: AssemblyRecord) -> Iterator[str]:
    if not any(each.presence for each in assembly.invitees):
        yield _("Aucune présence n'est notée.")
    if assembly.meeting.chair is None or assembly.meeting.secretary is None:
        yield _("Présidence ou secrétariat de séance : pas noté (pour l'original du procès-verbal).")
    yield from _candidates(assembly)
    yield from (each for item in assembly.items for each in _vote(item))


def _vote(item: ItemRecord) -> Iterator[str]:
    if item.kind not in VOTED:
        return
    if not item.voted_at:
        yield _("Point {position} : pas d'heure de vote.").format(position=item.position)
    if not (item.ballots or item.votes_for or item.votes_against or item.blank):
        yield _("Point {position} : pas de décompte.").format(position=item.position)


def _after(assembly: AssemblyRecord, made: tuple[Version, ...]) -> Iterator[str]:
    if not made:
        yield _("Elle a été close sans sceau de son contenu.")
    elif made[0].digest != content_digest(assembly):
        yield _("Son contenu n'est plus celui que le procès-verbal scelle : quelque chose a été retiré.")
    refused = [str(item.position) for item in assembly.items if item.state == "refused"]
    if refused:
        yield _("Non proclamés : points {refused}.").format(refused=", ".join(refused))
    if assembly.approved_on is None:
        yield _("Le procès-verbal n'est pas approuvé.")
