"""Whether people may hold an office together, looked at before a result is proclaimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.text import Text


@dataclass(frozen=True)
class Holder:
    """Somebody elected, or whose mandate goes on beside those elected; `others`: her other offices then."""

    code: str
    status: str | None
    speaks_french: bool = False
    accepted: bool = False
    consents: bool = False
    others: frozenset[str] = frozenset()
    newly: bool = True


@dataclass(frozen=True)
class Objection:
    """Why a result is not proclaimed, and the rule that says so."""

    rule: str
    says: Text


def objections(office: Office, holders: Sequence[Holder]) -> tuple[Objection, ...]:
    """Return everything against these people holding an office together; nothing: they may be proclaimed."""
    return (*_each(office, [holder for holder in holders if holder.newly]), *_together(office, holders))


def _each(office: Office, elected: Sequence[Holder]) -> Iterator[Objection]:
    wanted = office.requires_status
    for holder in elected:
        if wanted is not None and holder.status != wanted.value:
            yield _said(
                wanted.rule, f"{holder.code} n'a pas le statut demandé", f"{holder.code} lacks the status"
            )
        if office.accepted is not None and not holder.accepted:
            yield _said(
                office.accepted.rule, f"{holder.code} n'a pas dit oui", f"{holder.code} has not said yes"
            )
        if office.consent is not None and not holder.consents:
            french = f"{holder.code} n'a pas d'accord de visibilité en cours"
            yield _said(office.consent.rule, french, f"{holder.code} has no consent in force")
        if office.apart_from is not None and holder.others & set(office.apart_from.value):
            french = f"{holder.code} exerce un mandat incompatible"
            yield _said(office.apart_from.rule, french, f"{holder.code} holds an incompatible office")


def _together(office: Office, holders: Sequence[Holder]) -> Iterator[Objection]:
    count, codes = len(holders), {holder.code for holder in holders}
    if len(codes) < count:
        rule = office.seats or office.fewest or office.months
        yield _said(rule.rule if rule else "G06", "la même personne deux fois", "the same person twice")
    if office.seats is not None and count > office.seats.value:
        french, english = (
            f"{count} personnes pour {office.seats.value} places",
            f"{count} for {office.seats.value} seats",
        )
        yield _said(office.seats.rule, french, english)
    if office.fewest is not None and count < office.fewest.value:
        french, english = (
            f"{count} personnes, il en faut {office.fewest.value}",
            f"{count} of {office.fewest.value} at least",
        )
        yield _said(office.fewest.rule, french, english)
    speakers = sum(holder.speaks_french for holder in holders)
    if office.french is not None and holders and speakers < office.french.value:
        yield _said(
            office.french.rule, "personne parmi elles ne parle français", "none of them speaks French"
        )
    if office.half is not None:
        active = sum(holder.status == office.half.value for holder in holders)
        least = office.half.of(count)
        if active < least:
            french = f"{active} membres actives sur {count}, il en faut {least}"
            yield _said(office.half.rule, french, f"{active} active members of {count}, {least} are needed")


def _said(rule: str, french: str, english: str) -> Objection:
    return Objection(rule, Text(fr=french, en=english))
