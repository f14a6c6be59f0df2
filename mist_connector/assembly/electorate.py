"""Who has a vote: the list frozen on one day, and sealed so that nobody is added or left out unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mist_connector.bylaws.decisions import Decision
from mist_connector.declared.assembly import AssemblySettings

from .refusal import AssemblyRefused


@dataclass(frozen=True)
class Electorate:
    """Those who have a vote in one assembly, by code, as of the day when the list was frozen."""

    assembly: str
    on: date
    answer: str
    voters: frozenset[str]

    @property
    def seal(self) -> str:
        """A digest of everything: another list, day, answer or assembly has another one."""
        content = [self.assembly, self.on.isoformat(), self.answer, sorted(self.voters)]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def freeze(
    assembly: str,
    statuses: Mapping[str, str | None],
    settings: AssemblySettings,
    decisions: Iterable[Decision],
    *,
    on: date,
) -> Electorate:
    """Return the electorate among people and their statuses of the day.

    Raises AssemblyRefused while the association has not said who votes: no ballot is opened then.
    """
    question = settings.electorate.decision
    decision = next((each for each in decisions if each.id == question), None)
    if decision is None or decision.answer is None:
        raise AssemblyRefused(
            f"La décision {question} n'a pas de réponse : qui vote ? Aucun scrutin ne s'ouvre.",
            todo="faites trancher l'association, puis écrivez sa réponse dans decisions.yaml",
        )
    voting = settings.electorate.answers[decision.answer]
    voters = frozenset(code for code, status in statuses.items() if status in voting)
    return Electorate(assembly, on, decision.answer, voters)


def check_nobody_twice(electorate: Electorate, alike: Iterable[tuple[str, ...]]) -> None:
    """Raise AssemblyRefused where some who have a vote may be one person: she has one vote."""
    voters = (sorted(electorate.voters.intersection(codes)) for codes in alike)
    twice = [" et ".join(codes) for codes in voters if len(codes) > 1]
    if twice:
        raise AssemblyRefused(
            f"Peut-être une seule personne, qui aurait plusieurs voix : {' ; '.join(twice)}.",
            todo="la direction dit ce qu'il en est (Confidentialité, « Fiches qui se ressemblent »), puis "
            "relancez",
        )


def check_seal(electorate: Electorate, seal: str) -> None:
    """Raise AssemblyRefused if this is not the electorate that was sealed."""
    if electorate.seal != seal:
        raise AssemblyRefused(
            "La liste de celles qui votent n'est plus celle qui a été scellée à l'ouverture.",
            todo="rétablissez-la dans le CRM (Convoquées, « A une voix »), ou rouvrez l'assemblée",
        )
