"""The record of processing (GDPR, article 30) with notes for an impact assessment (article 35)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mist_connector.blueprint.declaration import FieldType, Model
from mist_connector.bylaws.matrix import Act, Reader
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.declared.documents import Delivery
from mist_connector.declared.everything import Declared

_TITLE = Text(fr="Registre des activités de traitement", en="Record of processing activities")
_HEADINGS = {
    "controller": Text(fr="Responsable du traitement", en="Controller"),
    "purposes": Text(fr="Finalités", en="Purposes"),
    "subjects": Text(fr="Personnes concernées", en="Data subjects"),
    "data": Text(fr="Données", en="Data"),
    "readers": Text(fr="Qui lit quoi", en="Who reads what"),
    "leaving": Text(fr="Ce qui sort du CRM", en="What leaves the CRM"),
    "kept": Text(fr="Durées", en="Time limits"),
    "transfers": Text(fr="Transferts et hébergement", en="Transfers and hosting"),
    "measures": Text(fr="Mesures de sécurité", en="Security measures"),
    "risks": Text(fr="Risques (analyse d'impact)", en="Risks (impact assessment)"),
}
_TO_FILL_IN = Text(fr="(à compléter par l'association)", en="(for the association to fill in)")
_ON_REQUEST = Text(
    fr="Les données sont effacées à la demande de la personne ; l'association n'a pas fixé de durée (Q25).",
    en="Data are erased on a person's request; the association has not set a time limit yet (Q25).",
)
_REVIEWED = Text(
    fr="Les données sont revues après {months} mois, et effacées à la demande de la personne.",
    en="Data are reviewed after {months} months, and erased on a person's request.",
)
_MAILED = Text(fr="par courriel", en="by mail")
_PRINTED = Text(fr="imprimé", en="printed")
# Fields that lead to records of their own, or that the CRM works out: no category of data by themselves.
_LINKS = frozenset(
    {
        FieldType.MANY,
        FieldType.LINK,
        FieldType.APART,
        FieldType.SHOWN,
        FieldType.JOINED,
        FieldType.FOLDED,
    }
)

Say = Callable[[Text], str]


def processing_record(declared: Declared, language: str) -> str:
    """Return the record as Markdown, in French (`fr`) or English (`en`).

    It follows from the mappings alone: no CRM is asked, and nobody is in it.
    """

    def say(text: Text) -> str:
        return text.en if language == "en" else text.fr

    words = declared.retention.record
    sections = {
        "controller": _controller(declared, say),
        "purposes": _bullets(map(say, words.purposes)),
        "subjects": _bullets(map(say, words.subjects)),
        "data": _data(declared, say),
        "readers": _readers(declared, say),
        "leaving": _leaving(declared, say),
        "kept": _kept(declared, say),
        "transfers": _transfers(declared, say),
        "measures": _bullets(map(say, words.measures)),
        "risks": _bullets(f"{say(each.risk)} → {say(each.answer)}" for each in words.risks),
    }
    parts = [f"# {say(_TITLE)}"]
    for key, lines in sections.items():
        parts.append(f"## {say(_HEADINGS[key])}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _bullets(sentences: Iterator[str] | map[str]) -> list[str]:
    return [f"- {sentence}" for sentence in sentences]


def _controller(declared: Declared, say: Say) -> list[str]:
    record = declared.retention.record
    name = record.controller or say(_TO_FILL_IN)
    return [
        f"- {say(declared.blueprint.frame.application)} : {name}",
        f"- {record.contact or say(_TO_FILL_IN)}",
    ]


def _data(declared: Declared, say: Say) -> list[str]:
    """Return the fields of each model that holds something of a person, tier by tier."""
    lines = [say(declared.retention.record.sensitive)]
    for tier in declared.bylaws.tiers:
        about = (model for model in declared.blueprint.models if _about_people(model))
        models = [model for model in about if model.tier is tier.id]
        if models:
            lines += ["", f"### {say(tier)}", ""]
            lines += [f"- {say(model.plural)} : {_fields(model, say)}" for model in models]
    return lines


def _about_people(model: Model) -> bool:
    return model.key == "person" or any(field.to == "person" for field in model.fields)


def _fields(model: Model, say: Say) -> str:
    return ", ".join(say(field.label) for field in model.fields if field.type not in _LINKS)


def _readers(declared: Declared, say: Say) -> list[str]:
    """Return a row for each reader of the access matrix, and a column for each tier."""
    tiers = declared.bylaws.tiers
    head = [f"| | {' | '.join(map(say, tiers))} |", "|---" * (len(tiers) + 1) + "|"]
    rows = (
        [say(reader), *(_cell(reader, tier.id, declared, say) for tier in tiers)]
        for reader in declared.bylaws.matrix.readers
    )
    return [*head, *(f"| {' | '.join(row)} |" for row in rows)]


def _cell(reader: Reader, tier: Tier, declared: Declared, say: Say) -> str:
    cell = reader.tiers[tier]
    if Act.READ not in cell.may:
        return "–"
    keys = {key.id: say(key) for key in declared.bylaws.matrix.keys}
    return " ; ".join(["✓", *(keys[key] for key in cell.keys)])


def _leaving(declared: Declared, say: Say) -> list[str]:
    audiences = {each.id: each for each in declared.documents.audiences}
    return [
        f"- {say(each.label)} : {say(audiences[each.audience].label)}, {say(_way(each.delivery))}"
        for each in declared.documents.documents
    ]


def _way(delivery: Delivery) -> Text:
    return _MAILED if delivery is Delivery.MAIL else _PRINTED


def _kept(declared: Declared, say: Say) -> list[str]:
    months = declared.retention.review_after_months
    first = say(_ON_REQUEST) if months is None else say(_REVIEWED).format(months=months)
    return [f"- {first}", *_bullets(say(each.because) for each in declared.retention.stays)]


def _transfers(declared: Declared, say: Say) -> Sequence[str]:
    record = declared.retention.record
    return [f"- {say(record.transfers)}", f"- {record.host or say(_TO_FILL_IN)}"]
