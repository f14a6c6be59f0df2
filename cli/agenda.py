"""`mist agenda`: everything that falls due in the next days; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import click

from mist_connector.assembly.terms import coming_assemblies
from mist_connector.bylaws.agenda import agenda
from mist_connector.bylaws.announced import Announced, Kind
from mist_connector.bylaws.checks import Severity
from mist_connector.conditions.changing import Window
from mist_connector.crm.rights import Purpose
from mist_connector.declared.everything import Declared
from mist_connector.language import _, worded
from mist_connector.work.assembly.days import read_assembly_days
from mist_connector.work.people.facts_reading import read_common_facts, read_facts

from . import console
from .day import day_of
from .declared_mappings import declared
from .options import (
    day_option,
    detailed_exitcode_option,
    json_option,
    mappings_option,
    profile_option,
)
from .session import opened

_KINDS = {
    Kind.ASSEMBLY: _("assemblée"),
    Kind.BODY: _("instance"),
    Kind.DUE: _("à faire"),
    Kind.END: _("fin"),
    Kind.FINDING: _("constat"),
    Kind.STATUS: _("statut"),
}
_SEVERITIES = {Severity.ERROR: _("erreur"), Severity.WARNING: _("alerte"), Severity.REMINDER: _("rappel")}


@click.command(
    help=_(
        "Dit ce qui arrive dans les jours qui viennent, jour par jour et par code : mandats, "
        "accords, fonctions et pauses qui finissent, délais qui s'achèvent, ce qui est à faire, "
        "ce qui sera constaté, et le jour où une instance ne sera plus en règle. N'écrit rien."
    )
)
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=None,
    metavar="N",
    help=_("Sur combien de jours ; sinon, ce que disent les réglages."),
)
@day_option
@profile_option
@mappings_option
@json_option
@detailed_exitcode_option
def command(
    *,
    days: int | None,
    day: datetime | None,
    profile: str | None,
    mappings: Path | None,
    as_json: bool,
    detailed_exitcode: bool,
) -> int:
    """Read, decide, show; return the exit code."""
    wanted = declared(mappings)
    window, coming = _coming(wanted, profile, day, timedelta(days=days or wanted.agenda.days))
    if as_json:
        console.emit_json([announced_data(each) for each in coming])
    elif coming:
        console.table((_("jour"), _("quoi"), _("règle"), _("qui"), ""), announced_rows(coming))
    else:
        console.say(_("Rien d'ici au {window.last:%d/%m/%Y}.").format(window=window))
    return 2 if detailed_exitcode and coming else 0


def _coming(
    wanted: Declared, profile: str | None, day: datetime | None, length: timedelta
) -> tuple[Window, list[Announced]]:
    with opened(profile, Purpose.READ) as crm:
        on = day_of(day, wanted.blueprint, crm)
        window = Window(on, on + length)
        people = [record.facts for record in read_facts(crm, wanted.blueprint, apart=True).people]
        common = read_common_facts(crm, wanted.blueprint)
        assemblies = read_assembly_days(crm, wanted.blueprint, on=window.on)
    coming = [
        *agenda(people, common, wanted.provisions, wanted.agenda, window),
        *coming_assemblies(assemblies.held, assemblies.planned, wanted.assembly, wanted.agenda, window),
    ]
    return window, sorted(coming, key=lambda each: each.order)


def announced_rows(coming: Iterable[Announced]) -> list[tuple[str, ...]]:
    """Return a row for each thing that comes: its day, kind, rule, whom it is about, and its sentence."""
    return [
        (f"{each.day:%d/%m/%Y}", _kind(each), each.rule, announced_who(each), worded(each.text))
        for each in coming
    ]


def announced_who(each: Announced) -> str:
    """Return the codes that it is about: hers, or those whose change brings it about, or all concerned."""
    return each.code or ", ".join(each.because or each.others) or "—"


def announced_data(each: Announced) -> dict[str, object]:
    """Return one thing that comes, for a program."""
    return {
        "day": each.day,
        "kind": each.kind,
        "severity": each.severity,
        "rule": each.rule,
        "person": each.code,
        "others": list(each.others),
        "because": list(each.because),
        "fr": each.text.fr,
        "en": each.text.en,
    }


def _kind(each: Announced) -> str:
    if each.kind in {Kind.BODY, Kind.FINDING}:
        return f"{_KINDS[each.kind]}, {_SEVERITIES[each.severity]}"
    return _KINDS[each.kind]
