"""`mist privacy erase --due`: whose time is over, all shown, asked once, each erased wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mist_connector.crm.journal import entry
from mist_connector.crm.port import Crm
from mist_connector.crm.today import today_of
from mist_connector.declared.everything import Declared
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.privacy.erasing import Erasing, Erasure
from mist_connector.privacy.receipt import Erased
from mist_connector.privacy.shielding import options_of

from . import console
from .consent import consented
from .privacy_view import erased_data, erasure_data, show_erased, show_erasure, show_search


@dataclass(frozen=True)
class Asking:
    """What was typed beside --due."""

    because: str
    redact: bool
    yes: bool
    dry_run: bool
    as_json: bool
    secret: bytes  # which signs receipts


@contextmanager
def erasing_of(crm: Crm, wanted: Declared) -> Iterator[Erasing]:
    """Give the CRM the code of an erasure, and of whose time is over where the association has set one."""
    shielding = options_of(wanted.shield, wanted.sync, wanted.blueprint)
    due = wanted.provisions.expectation(wanted.retention.due)
    with Erasing.opened(crm, wanted.blueprint, wanted.retention, shielding, due=due) as erasing:
        yield erasing


def erase_due(crm: Crm, wanted: Declared, erasing: Erasing, asking: Asking) -> int:
    """Show everybody, ask once, erase one after the other; 2 if somebody is still named somewhere."""
    if wanted.retention.due is None:
        question = wanted.retention.decision
        raise MistError(
            _("Rien ne s'efface que sur demande : l'association n'a pas fixé de temps ({question}).").format(
                question=question
            ),
            todo=_(
                "faites-la trancher, puis répondez à {question} dans decisions.yaml, avec sa durée"
            ).format(question=question),
        )
    codes, earlier = erasing.due(asking.because)
    planned = erasing.preview(codes)
    if not asking.as_json:
        _show_earlier(earlier, asking.secret)
        for each in planned:
            show_erasure(each, wanted.blueprint, wanted.retention)
        console.say(_("{planned} personne(s), dont le temps est passé.").format(planned=len(planned)))
    # Whoever works here is not erased: her function is ended first.
    erasable = [each for each in planned if not each.in_force and not each.anonymous]
    question = _("Effacer {erasable} personne(s), sans retour ?").format(erasable=len(erasable))
    write = bool(erasable) and not asking.dry_run
    write = write and consented(question, yes=asking.yes, as_json=asking.as_json)
    done = []
    for each in erasable if write else ():
        erased = erase_noted(crm, wanted, erasing, each, because=asking.because, redact=asking.redact)
        if not asking.as_json:
            console.say(f"{each.code} :")
            show_erased(erased, asking.secret)
        done.append((each, erased))
    _tell(planned, {each.code: erased for each, erased in done}, earlier, asking)
    return 2 if any(erased.places for erased in (*earlier, *(erased for _, erased in done))) else 0


def erase_noted(
    crm: Crm, wanted: Declared, erasing: Erasing, planned: Erasure, *, because: str, redact: bool
) -> Erased:
    """Erase one person, with a line in the journal that says who did it and why."""
    today = today_of(wanted.blueprint, crm)
    note = entry(crm, "mist privacy erase", [planned.code], because=because, on=today)
    return erasing.erase(planned, redact=redact, entry=note)


def _show_earlier(earlier: list[Erased], secret: bytes) -> None:
    """Print what was erased for the same reason before, each with its receipt: the same each time."""
    for each in earlier:
        when = _("le {each.on:%d/%m/%Y} par {each.account}").format(each=each)
        console.say(_("{each.code} est déjà effacée, {when}.").format(each=each, when=when))
        show_search(each, secret)
    if earlier:
        console.say(
            _("{earlier} personne(s) déjà effacées pour la même raison.").format(earlier=len(earlier))
        )


def _tell(planned: list[Erasure], done: dict[str, Erased], earlier: list[Erased], asking: Asking) -> None:
    if asking.as_json:
        data = [
            {**erasure_data(each), "erased": erased_data(done.get(each.code), asking.secret)}
            for each in planned
        ]
        before = [{"person": each.code, "erased": erased_data(each, asking.secret)} for each in earlier]
        console.emit_json({"people": data, "already": before})
    elif not done:
        console.say(_("Rien de plus n'a été effacé.") if earlier else _("Rien n'a été effacé."))
