"""How a simulation is shown: rows of a table, and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.assembly.simulation import Simulation
from mist_connector.bylaws.checks import Severity
from mist_connector.bylaws.findings import Finding
from mist_connector.language import _, worded

from .agenda import announced_data, announced_who

_SEVERITIES = {Severity.ERROR: _("erreur"), Severity.WARNING: _("alerte"), Severity.REMINDER: _("rappel")}
Row = tuple[str, str, str, str]


def simulation_rows(found: Simulation, nothing: str) -> list[Row]:
    """Return a row for each thing that would be otherwise; `nothing`: what no status is called."""
    return [*_people(found, nothing), *_findings(found), *_bodies(found)]


def _people(found: Simulation, nothing: str) -> Iterator[Row]:
    for shift in found.statuses:
        change = f"{shift.before or nothing} → {shift.after or nothing}"
        yield shift.code, _("statut"), shift.rule, change
    for codes, word in ((found.voters_gained, _("gagne")), (found.voters_lost, _("perd"))):
        yield from ((code, _("voix en assemblée"), "B07", word) for code in codes)


def _findings(found: Simulation) -> Iterator[Row]:
    for findings, word in ((found.appearing, _("apparaît")), (found.going, _("disparaît"))):
        for each in findings:
            yield (
                _who(each),
                _("{topic} : {what}").format(topic=_SEVERITIES[each.severity], what=word),
                each.rule,
                worded(each.text),
            )


def _bodies(found: Simulation) -> Iterator[Row]:
    for those, word in ((found.breaking, _("ne sera plus en règle")), (found.mended, _("restera en règle"))):
        for each in sorted(those, key=lambda one: one.order):
            yield (
                announced_who(each),
                _("le {each.day:%d/%m/%Y} : {word}").format(each=each, word=word),
                each.rule,
                worded(each.text),
            )


def _who(each: Finding) -> str:
    return each.code or ", ".join(each.others) or "—"


def simulation_data(found: Simulation) -> dict[str, object]:
    """Return a simulation for a program."""
    return {
        "statuses": [vars(each) for each in found.statuses],
        "voters": {"gained": list(found.voters_gained), "lost": list(found.voters_lost)},
        "findings": {
            "appearing": [_finding(each) for each in found.appearing],
            "going": [_finding(each) for each in found.going],
        },
        "bodies": {
            "breaking": [announced_data(each) for each in found.breaking],
            "mended": [announced_data(each) for each in found.mended],
        },
    }


def _finding(each: Finding) -> dict[str, object]:
    return {
        "check": each.check,
        "severity": each.severity,
        "rule": each.rule,
        "person": each.code,
        "others": list(each.others),
        "office": each.office,
        "fr": each.text.fr,
        "en": each.text.en,
    }
