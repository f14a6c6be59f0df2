"""What staff asked for by the buttons of an assembly in the CRM: each step taken, and the answer to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mist_connector.documents.catalogue import CANCELLATION, MINUTES, NOTICE, REMINDER, RESULTS
from mist_connector.errors import MistError
from mist_connector.language import in_french
from mist_connector.reporting import Reporter
from mist_connector.work.papers.dispatch import Sending
from mist_connector.work.papers.mailing import counts

from .context import AssemblyContext
from .mailings import assembly_mailing
from .steps import convene, electorate_of, open_with, proclaim, results_of
from .writing import note_checked


@dataclass(frozen=True)
class Answer:
    """Whether a step is done, and a sentence for whoever asked for it."""

    done: bool
    said: str


def carry_out(context: AssemblyContext, step: str, reporter: Reporter) -> Answer:
    """Take a step that was asked for; a refusal is an answer too. Answers are read in the CRM, in French."""
    with in_french():
        try:
            return _STEPS[step](context, reporter)
        except MistError as error:
            todo = f" {error.todo[:1].upper()}{error.todo[1:]}." if error.todo else ""
            return Answer(done=False, said=f"Refusé : {error.what}{todo}")


def _convene(context: AssemblyContext, reporter: Reporter) -> Answer:
    """Tell the numbers at the first request, send at the next one, unless what it says changed in between."""
    context.expect("planned", "convened")
    mailing = assembly_mailing(context, NOTICE)
    convocation = context.assembly.convocation
    if mailing.new and convocation.checked != convocation.says:
        note_checked(context.crm, context.assembly)
        said = f"Vérifié, rien n'est encore parti : {counts(mailing)}."
        return Answer(done=True, said=f"{said} Poussez encore « Convoquer » pour envoyer.")
    return answer_of("Convocation", convene(context, mailing, reporter))


def _cancellation(context: AssemblyContext, reporter: Reporter) -> Answer:
    context.expect("cancelled")
    return answer_of("Annulation", assembly_mailing(context, CANCELLATION).send(reporter))


def _remind(context: AssemblyContext, reporter: Reporter) -> Answer:
    context.expect("convened", "open")
    return answer_of("Rappel", assembly_mailing(context, REMINDER).send(reporter))


def _open(context: AssemblyContext, _reporter: Reporter) -> Answer:
    if context.assembly.state == "open":
        return Answer(done=True, said="La liste est arrêtée, l'assemblée est ouverte.")
    context.expect("convened")
    electorate = electorate_of(context)
    open_with(context, electorate)
    return Answer(done=True, said=f"Liste arrêtée : {len(electorate.voters)} voix. L'assemblée est ouverte.")


def _close(context: AssemblyContext, _reporter: Reporter) -> Answer:
    if context.assembly.state == "closed":
        return Answer(done=True, said=f"Close, procès-verbal {context.assembly.minutes}.")
    context.expect("open")
    made = proclaim(context, results_of(context))
    if made.second_rounds:
        return Answer(
            done=True, said="Proclamé, sauf ce qui attend un second tour, ajouté à l'ordre du jour."
        )
    said = f"Proclamée et close : {made.mandates} mandat(s), procès-verbal {made.minutes}."
    return Answer(done=True, said=said)


def _paper(key: str, name: str) -> Callable[[AssemblyContext, Reporter], Answer]:
    def send(context: AssemblyContext, reporter: Reporter) -> Answer:
        context.expect("closed")
        return answer_of(name, assembly_mailing(context, key).send(reporter))

    return send


def answer_of(name: str, sending: Sending) -> Answer:
    """Return how a sending went; whom no mail reaches stands among the dispatches, by name for staff only."""
    earlier = f" (déjà partis : {sending.before})" if sending.before else ""
    parts = [f"{sending.left} partis{earlier}"]
    waiting = sending.queued + sending.ready + len(sending.delayed)
    if waiting:
        parts.append(f"{waiting} en attente (relancez)")
    if sending.later:
        parts.append(f"{sending.later} un autre jour, d'eux-mêmes (limite de l'hébergeur)")
    if sending.failed:
        parts.append(f"{len(sending.failed)} à remettre autrement (voyez Envois)")
    return Answer(done=not waiting, said=f"{name} : {', '.join(parts)}.")


_STEPS: Mapping[str, Callable[[AssemblyContext, Reporter], Answer]] = {
    "convene": _convene,
    "remind": _remind,
    "open": _open,
    "close": _close,
    "results": _paper(RESULTS, "Résultats"),
    "minutes": _paper(MINUTES, "Procès-verbal"),
    "cancellation": _cancellation,
}
