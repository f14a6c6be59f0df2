"""How an import is shown: by file, line and code; never a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mist_connector.blueprint.register import NAME
from mist_connector.errors import Problem
from mist_connector.language import _
from mist_connector.register.difference import ImportPlan, TableImport
from mist_connector.register.importing import Outcome, Refused
from mist_connector.register.lists import Reading, Wanted

from . import console

MOST = 20


def show_reading(reading: Reading, wanted: Wanted) -> None:
    """Print what was left of the files, and what is likely of people."""
    for told in reading.told:
        console.note(told)
    _some([_("{left.place}: laissé : {left.why}").format(left=left) for left in reading.left])
    _some(wanted.shared)
    for doubt in wanted.doubts:
        console.say(_("À décider : {doubt.sentence}").format(doubt=doubt))
    if wanted.undecided:
        console.say(
            _(
                "Lignes laissées pour décision : {undecided} ; sans --yes mist demande, ou --doubles "
                "same (la même personne), --doubles apart (une autre)."
            ).format(undecided=len(wanted.undecided))
        )


def _some(sentences: Sequence[str]) -> None:
    for sentence in sentences[:MOST]:
        console.note(sentence)
    if len(sentences) > MOST:
        console.note(
            _("… et {sentences} autres (--json les dit tous).").format(sentences=len(sentences) - MOST)
        )


def show_plan(plan: ImportPlan) -> None:
    """Print how many rows of each table are made, changed, there already, or left."""
    headers = (_("fichier"), _("à créer"), _("à modifier"), _("déjà là"), _("laissées"))
    console.table(headers, [(part.table.file, *map(str, _counts(part))) for part in plan.tables])
    for part in plan.tables:
        for place in part.kept:
            console.note(
                _("{place}: diffère du CRM ; un import ne change pas cela, corrigez-le dans le CRM").format(
                    place=place
                )
            )


def _counts(part: TableImport) -> tuple[int, int, int, int]:
    return (len(part.creates), len(part.updates), part.same, len(part.kept))


def problems_of(refused: Iterable[Refused]) -> list[Problem]:
    """Return what the CRM refuses, at the places of its rows, with their codes."""
    return [
        Problem(each.row.place, f"{_code(each)}{each.sentence}")
        for each in refused
        if each.row.place is not None
    ]


def _code(refused: Refused) -> str:
    code = refused.row.values.get("person") or refused.row.values.get(NAME) or ""
    return _("{code} : ").format(code=code) if code else ""


def show_lacking(outcome: Outcome) -> None:
    """Print what waits for a fact: the row is in, one of its values is not."""
    for problem in problems_of(outcome.lacking):
        console.say(_("Manque encore : {problem}").format(problem=problem))


def data(
    plan: ImportPlan,
    reading: Reading,
    wanted: Wanted,
    outcome: Outcome,
    refused: Sequence[Problem],
    *,
    written: bool,
) -> dict[str, object]:
    """Return the import for a program."""
    tables = {
        part.table.file: {
            "create": len(part.creates),
            "update": len(part.updates),
            "same": part.same,
            "left": [str(place) for place in part.kept],
        }
        for part in plan.tables
    }
    return {
        "tables": tables,
        "written": written,
        "left": [{"place": str(left.place), "why": left.why} for left in reading.left],
        "doubts": [
            {"place": str(each.line.place), "code": each.code, "reason": each.reason, "returns": each.returns}
            for each in wanted.doubts
        ],
        "shared": list(wanted.shared),
        "undecided": [str(row.place) for row in wanted.undecided],
        "refused": [str(problem) for problem in refused],
        "lacking": [str(problem) for problem in problems_of(outcome.lacking)],
    }
