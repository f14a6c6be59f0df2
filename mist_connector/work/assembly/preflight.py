"""What must be true before a paper of an assembly is mailed; the command and the CRM's button share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from mist_connector.declared.assembly import ItemKind
from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import CANCELLATION, NOTICE, REMINDER
from mist_connector.language import _
from mist_connector.work.papers.readiness import Obstacle

from .assemblies import AssemblyRecord

VOTED = frozenset({ItemKind.RESOLUTION, ItemKind.ELECTION})


def obstacles(key: str, assembly: AssemblyRecord, rules: Declared, *, today: date) -> Iterator[Obstacle]:
    """Yield everything that keeps this paper from leaving today, each with where it is mended."""
    yield from _CHECKS.get(key, _nothing)(assembly, rules, today)


def _of_notice(assembly: AssemblyRecord, rules: Declared, today: date) -> Iterator[Obstacle]:
    yield from _ahead(assembly, today)
    yield from _place(assembly)
    if not assembly.items:
        yield Obstacle(_("l'ordre du jour est vide"), _("ajoutez ses points (onglet « Ordre du jour »)"))
    yield from _notice_period(assembly, rules, today)
    yield from _undecided(assembly, rules)


def _of_reminder(assembly: AssemblyRecord, _rules: Declared, today: date) -> Iterator[Obstacle]:
    yield from _ahead(assembly, today)
    yield from _place(assembly)
    if assembly.convocation.is_outdated:
        yield Obstacle(
            _("{reached} personnes connaissent l'ancienne version").format(
                reached=assembly.convocation.reached
            ),
            _("envoyez d'abord la convocation rectifiée (« Convoquer »)"),
        )


def _of_cancellation(assembly: AssemblyRecord, _rules: Declared, today: date) -> Iterator[Obstacle]:
    announced = assembly.convocation.day or assembly.on
    if announced < today:
        yield Obstacle(
            _("son jour est passé ({announced:%d/%m/%Y})").format(announced=announced),
            _("rien n'est plus à faire savoir"),
        )
    if assembly.convened_on is None:
        yield Obstacle(_("aucune convocation n'est partie"), _("rien n'est à faire savoir"))


def _nothing(_assembly: AssemblyRecord, _rules: Declared, _today: date) -> Iterator[Obstacle]:
    yield from ()


def _ahead(assembly: AssemblyRecord, today: date) -> Iterator[Obstacle]:
    if assembly.on < today:
        yield Obstacle(
            _("son jour est passé ({on:%d/%m/%Y})").format(on=assembly.on),
            _("clôturez-la, ou dites-la « Annulée ou non tenue » ; pour la repousser, changez « Le »"),
        )


def _place(assembly: AssemblyRecord) -> Iterator[Obstacle]:
    chosen = assembly.choice
    if chosen.secret and chosen.told:
        yield Obstacle(
            _("le lieu est à la fois secret et à écrire"),
            _("ne gardez qu'une des coches « Lieu dans la convocation » et « Lieu gardé secret »"),
        )
    elif not chosen.secret and not (chosen.told and assembly.place):
        yield Obstacle(
            _("le lieu n'est ni à écrire, ni gardé secret exprès"),
            _(
                "notez « Lieu ou lien » et cochez « Lieu dans la convocation », ou cochez « Lieu "
                "gardé secret »"
            ),
        )


def _notice_period(assembly: AssemblyRecord, rules: Declared, today: date) -> Iterator[Obstacle]:
    """Yield where the statutes ask for more days; only a day that is not announced yet counts."""
    days = rules.assembly.statutes.notice_days
    if days is None or assembly.convocation.day == assembly.on:
        return
    first = today + timedelta(days=days)
    if first > assembly.on:
        yield Obstacle(
            _("il reste moins que le délai des statuts ({days} jours)").format(days=days),
            _("choisissez un jour à partir du {first:%d/%m/%Y} (« Le » sur la fiche)").format(first=first),
        )


def _undecided(assembly: AssemblyRecord, rules: Declared) -> Iterator[Obstacle]:
    asked = rules.assembly.electorate.decision
    decision = rules.bylaws.decision(asked)
    voted = any(item.kind in VOTED for item in assembly.items)
    if voted and (decision is None or decision.answer is None):
        yield Obstacle(
            _("on y vote, et l'association n'a pas dit qui vote ({asked})").format(asked=asked),
            _("notez sa réponse à {asked} (decisions.yaml), ou retirez ce qui se vote").format(asked=asked),
        )


_CHECKS: Mapping[str, Callable[[AssemblyRecord, Declared, date], Iterator[Obstacle]]] = {
    NOTICE: _of_notice,
    REMINDER: _of_reminder,
    CANCELLATION: _of_cancellation,
}
