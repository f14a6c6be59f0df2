"""How `mist report` says who receives a document, and what became of it; people by their codes only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mist_connector.documents.enclosing import Enclosed
from mist_connector.documents.recipients import Recipients, Routed, Way
from mist_connector.language import _
from mist_connector.work.papers.dispatch import Sending

from . import console

FEW = 12


def show_recipients(title: str, found: Recipients, *, done: int) -> None:
    """Print who gets it by mail, who another way, who not, and why."""
    languages = Counter(each.language for each in found.to_send)
    parts = ", ".join(
        _("{count} en « {language} »").format(count=count, language=language)
        for language, count in sorted(languages.items())
    )
    console.say(title, style="bold")
    console.say(
        _("  Par courriel, chacune le sien : {to_send}").format(to_send=len(found.to_send))
        + (f" ({parts})" if parts else "")
    )
    if done:
        console.say(_("  dont déjà enregistrés lors d’un envoi précédent : {done}").format(done=done))
    for way, people in _by_way((*found.by_other_means, *found.not_sent)):
        # Most of the register may not be concerned: their codes are in --json, for whoever needs them.
        codes = "" if way is Way.NOT_CONCERNED else f" ({_codes(people)})"
        console.say(
            "  "
            + _("{topic} : {what}").format(
                topic=f"{way.reason[0].upper()}{way.reason[1:]}", what=f"{len(people)}{codes}"
            )
        )


def show_papers(papers: Mapping[str, Enclosed]) -> None:
    """Print what goes with each mail, and how heavy it is."""
    for language, paper in sorted(papers.items()):
        console.say(
            _("  Pièce jointe ({language}) : {paper.name}, {content} octets").format(
                language=language, paper=paper, content=len(paper.content)
            )
        )


def show_sending(sending: Sending) -> None:
    """Print what left now, and what became of the other mails."""
    console.say(_departed(sending), style="bold")
    if sending.queued or sending.ready:
        console.say(
            _(
                "  {queued} encore dans la file du CRM : ils partiront sans mist ; relancez la même "
                "commande pour le vérifier, rien ne part deux fois."
            ).format(queued=sending.queued + sending.ready)
        )
    if sending.later:
        console.say(
            _(
                "  {sending.later} attendent un autre jour : l’hébergeur n’en laisse plus partir "
                "aujourd’hui. « mist assembly carry-out » (mist schedule) les enverra, ou la même "
                "commande demain ; chacun part une fois."
            ).format(sending=sending)
        )
    for code, reason in sending.delayed:
        console.say(
            _("  {code} : {reason} Relancez plus tard la même commande.").format(code=code, reason=reason)
        )
    for code, reason in sending.failed:
        console.say(_("  {code} : {reason} À joindre autrement.").format(code=code, reason=reason))


def _departed(sending: Sending) -> str:
    if sending.before and not sending.left:
        return _(
            "Rien de nouveau à envoyer : {sending.before} courriels sur {sending.total} étaient déjà partis."
        ).format(sending=sending)
    already = (
        _(" ; {sending.before} l’étaient déjà lors d’un envoi précédent").format(sending=sending)
        if sending.before
        else ""
    )
    return _("{sending.left} courriels partis sur {total}{already}.").format(
        sending=sending, total=sending.total - sending.before, already=already
    )


def recipients_data(found: Recipients) -> dict[str, Any]:
    """Return the recipients for a program."""
    return {
        "to_send": [_row(each) for each in found.to_send],
        "by_other_means": [_row(each) for each in found.by_other_means],
        "not_sent": [_row(each) for each in found.not_sent],
    }


def sending_data(sending: Sending | None) -> dict[str, Any] | None:
    """Return what became of the mails for a program."""
    if sending is None:
        return None
    counts = {
        "total": sending.total,
        "sent": sending.left,
        "already": sending.before,
        "queued": sending.queued + sending.ready,
        "later": sending.later,
    }
    pairs = {"delayed": sending.delayed, "failed": sending.failed}
    listed = {
        key: [{"person": code, "reason": reason} for code, reason in found] for key, found in pairs.items()
    }
    return {**counts, **listed}


def _row(each: Routed) -> dict[str, str]:
    return {"person": each.code, "language": each.language, "way": each.way, "reason": each.way.reason}


def _by_way(people: Iterable[Routed]) -> list[tuple[Way, list[Routed]]]:
    grouped: dict[Way, list[Routed]] = {}
    for each in people:
        grouped.setdefault(each.way, []).append(each)
    return [(way, grouped[way]) for way in Way if way in grouped]


def _codes(people: Sequence[Routed]) -> str:
    shown = ", ".join(each.code for each in people[:FEW])
    return shown if len(people) <= FEW else _("{shown}… ; toutes avec --json").format(shown=shown)
