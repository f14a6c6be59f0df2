"""A document of the register that leaves by mail, as of an assembly's day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mist_connector.crm.port import Crm
from mist_connector.declared.documents import Delivery
from mist_connector.declared.everything import Declared
from mist_connector.documents.catalogue import CONTENTS, PROGRAMME, MadeFrom, compiled, find_document
from mist_connector.documents.compiled import Rendered
from mist_connector.documents.composing import months_of
from mist_connector.documents.recipients import recipients
from mist_connector.documents.register_told import RegisterTold
from mist_connector.errors import MistError
from mist_connector.language import _, worded

from .enclosures import enclosures, title_of
from .mailing import Mailing
from .readiness import Obstacle, read_readiness, refuse
from .register_pages import register_pages
from .report_facts import read_report_facts


def check_mailed(rules: Declared, key: str) -> None:
    """Raise MistError for a document that is printed, never mailed."""
    if find_document(rules, key).delivery is Delivery.PRINT:
        raise MistError(
            _("« {key} » s’imprime ; il ne part jamais par courriel.").format(key=key),
            todo=_("lancez « mist report render », ou donnez --out"),
        )


def check_mailable(rules: Declared, key: str, sources: Mapping[str, str]) -> None:
    """Raise MistError for a document that is printed, or that one assembly's records make."""
    check_mailed(rules, key)
    if CONTENTS[key].made_from is not MadeFrom.REGISTER:
        raise MistError(
            _("« {key} » vient d'une assemblée enregistrée dans le CRM.").format(key=key),
            todo=_("lancez « mist assembly convene » ou « mist assembly minutes »"),
        )
    compiled(rules, key, sources)


def register_mailing(
    crm: Crm, rules: Declared, key: str, sources: Mapping[str, str], *, on: date, today: date
) -> Mailing:
    """Read the register and return the mailing of one document as of the day `on`.

    Raises MistError with everything that keeps it from leaving.
    """
    document, ready = find_document(rules, key), read_readiness(crm)
    months, refused = months_of(rules, key), ready.opted_out
    facts = read_report_facts(crm, rules, on=on, today=today, months=months, opted_out=refused)
    refuse(
        [*_obstacles(key, facts.told, today), *ready.obstacles],
        of=_("« {label} »").format(label=worded(document.label)),
    )
    found = recipients(facts.people, statuses=set(document.recipients), languages=document.languages)

    def pages(paper: str) -> dict[str, Rendered]:
        return register_pages(rules, paper, sources, facts.told)

    return Mailing(
        crm=crm,
        issue=f"{key} {on.isoformat()}",
        title=title_of(rules, key, on),
        label=f"{document.label}, {on.isoformat()}",
        pages=pages(key),
        papers=enclosures(rules, key, sources, pages),
        found=found,
        ids=facts.ids,
        today=today,
    )


def _obstacles(key: str, told: RegisterTold, today: date) -> Iterator[Obstacle]:
    """Yield what the document lacks: a programme without a date to come tells nobody anything."""
    if key == PROGRAMME and told.on < today:
        yield Obstacle(_("le programme commencerait un jour passé"), _("donnez --on à partir d'aujourd'hui"))
    elif key == PROGRAMME and not any(each.on >= told.on for each in told.sessions):
        yield Obstacle(_("aucune séance à venir n'est notée"), _("ajoutez-la (« Programme »)"))
