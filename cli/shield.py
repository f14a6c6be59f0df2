"""`mist shield`: an existing CRM's named contacts, moved into the register and out of everything else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from mist_connector.crm.journal import entry
from mist_connector.crm.port import Crm
from mist_connector.crm.rights import Purpose
from mist_connector.crm.today import today_of
from mist_connector.declared.everything import Declared
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.privacy.naming import read_names
from mist_connector.privacy.shielding import Candidate, Found, Named, Searched, Shield, Shielded

from . import console
from .consent import consented
from .declared_mappings import declared
from .options import (
    SUBCOMMAND,
    detailed_exitcode_option,
    dry_run_option,
    json_option,
    mappings_option,
    profile_option,
    yes_option,
)
from .session import opened
from .shield_next import next_after, options_typed
from .shield_view import found_data, searched_data, shielded_data, show_found, show_searched, show_shielded

list_option = click.option(
    "--list",
    "listed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("Liste CSV : Contact (n°, courriel, identifiant externe), Personne (code)…"),
)
tag_option = click.option(
    "--tag",
    "tags",
    multiple=True,
    metavar=_("ÉTIQUETTE"),
    help=_("Tous les contacts qui ont cette étiquette."),
)
again_option = click.option("--again", is_flag=True, help=_("Aussi ceux qui le sont déjà."))


@dataclass(frozen=True)
class _Work:
    """A CRM, what the mappings say, and the list that was given."""

    crm: Crm
    wanted: Declared
    shield: Shield
    lines: tuple[Named, ...]

    def shielded(self, step: tuple[Candidate, ...], *, redact: bool) -> Shielded:
        languages = [choice.id for choice in self.wanted.vocabularies["languages"]]
        today = today_of(self.wanted.blueprint, self.crm)
        noted = entry(self.crm, "mist shield apply", (), because="", on=today)
        return self.shield.apply(step, self.lines, redact=redact, languages=languages, entry=noted)


@click.group(
    subcommand_metavar=SUBCOMMAND,
    name="shield",
    help=_(
        "Met à l'abri les contacts d'un CRM qui existait : identité dans le registre, code au "
        "contact.\n\n"
        "Avec le compte qui installe (Réglages). Les contacts viennent d'une liste, "
        "d'étiquettes, ou d'un courriel sûr ; jamais d'un nom seul. Comptes et entreprises "
        "restent tels quels."
    ),
)
def command() -> None:
    """Group the three steps."""


@command.command(help=_("Montre qui serait mis à l'abri, et ce qui partirait ; n'écrit rien."))
@list_option
@tag_option
@again_option
@click.option("--names", is_flag=True, help=_("Les noms aussi, à l'écran seulement."))
@profile_option
@mappings_option
@json_option
@detailed_exitcode_option
def find(
    *,
    listed: Path | None,
    tags: tuple[str, ...],
    again: bool,
    names: bool,
    profile: str | None,
    mappings: Path | None,
    as_json: bool,
    detailed_exitcode: bool,
) -> int:
    """Find, and show what would move where."""
    with _working(profile, mappings, listed) as work:
        asked = names and not as_json
        found = work.shield.find(work.lines, tags, again=again, names=asked)
        shown = _names(work.crm, found) if asked else {}
    if as_json:
        console.emit_json(found_data(found))
    else:
        show_found(found, work.wanted.shield, shown)
        if found.ready:
            given = options_typed(listed=listed, tags=tags, again=again, profile=profile)
            console.say(_("Ensuite : mist shield apply{given}").format(given=given))
    return 2 if detailed_exitcode and (found.ready or found.problems) else 0


@command.command(help=_("Met à l'abri, par lots, chacun confirmé et fait d'un coup."))
@list_option
@tag_option
@again_option
@click.option(
    "--redact",
    is_flag=True,
    help=_("Efface aussi le nom là où d'autres fiches la nomment."),
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
@detailed_exitcode_option
def apply(
    *,
    listed: Path | None,
    tags: tuple[str, ...],
    again: bool,
    redact: bool,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    detailed_exitcode: bool,
) -> int:
    """Find, show, ask for each step, write it, and search for what is left."""
    with _working(profile, mappings, listed) as work:
        found = work.shield.find(work.lines, tags, again=again)
        if not as_json:
            show_found(found, work.wanted.shield, {})
        done: list[Shielded] = []
        searched = Searched((), (), 0)
        if not dry_run:
            done = list(_steps(work, found, redact=redact, yes=yes, as_json=as_json))
            # A run that was cut shielded some, and never came to search for them: the next one does.
            before = () if found.ready else found.already
            codes = sorted({*before, *(code for each in done for code in each.done.values())})
            if codes:
                searched = work.shield.verify(codes, console.reporter())
    if as_json:
        data = {
            **found_data(found),
            **searched_data(searched),
            "steps": [shielded_data(each) for each in done],
        }
        console.emit_json(data)
    elif searched.people:
        show_searched(searched)
        console.say(next_after(searched, profile))
    else:
        console.say(_("Rien n'a été écrit."))
    left = searched.places or (found.ready and not done)
    return 2 if detailed_exitcode and left else 0


@command.command(
    help=_(
        "Cherche partout dans le CRM le nom, le courriel et le téléphone des personnes du "
        "registre.\n\n"
        "Code de sortie 2 s'ils sont ailleurs."
    )
)
@click.argument("codes", nargs=-1, metavar=_("[CODE]…"))
@profile_option
@mappings_option
@json_option
def verify(*, codes: tuple[str, ...], profile: str | None, mappings: Path | None, as_json: bool) -> int:
    """Search, and tell the places."""
    wanted = [code.upper() for code in codes]
    with _working(profile, mappings, None) as work:
        searched = work.shield.verify(wanted, console.reporter())
    unknown = sorted(set(wanted) - set(searched.people))
    if unknown:
        raise MistError(
            _("Personne n'a ce code : {unknown}.").format(unknown=", ".join(unknown)),
            todo=_("vérifiez-le dans le CRM"),
        )
    if as_json:
        console.emit_json(searched_data(searched))
    else:
        show_searched(searched)
        console.say(next_after(searched, profile))
    return 2 if searched.places else 0


@contextmanager
def _working(profile: str | None, mappings: Path | None, listed: Path | None) -> Iterator[_Work]:
    """Read the mappings and the list first, so that a mistake in them never reaches the CRM; then connect."""
    wanted = declared(mappings)
    lines = read_names(str(listed), _text(listed), wanted.blueprint) if listed else ()
    with (
        opened(profile, Purpose.INSTALL) as crm,
        Shield.opened(crm, wanted.shield, wanted.sync, wanted.blueprint) as shield,
    ):
        yield _Work(crm, wanted, shield, lines)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise MistError(
            _("La liste {path} ne se lit pas.").format(path=path), todo=_("enregistrez-la en CSV, UTF-8")
        ) from None


def _steps(work: _Work, found: Found, *, redact: bool, yes: bool, as_json: bool) -> Iterator[Shielded]:
    steps = list(work.shield.steps(found.ready))
    reporter = console.reporter()
    for number, step in enumerate(steps, start=1):
        question = _("Lot {number}/{steps} : mettre à l'abri {step} contacts ?").format(
            number=number, steps=len(steps), step=len(step)
        )
        if not consented(question, yes=yes, as_json=as_json):
            return
        reporter.step(
            _("Lot {number}/{steps} : {step} contacts").format(
                number=number, steps=len(steps), step=len(step)
            )
        )
        shielded = work.shielded(tuple(step), redact=redact)
        if not as_json:
            show_shielded(shielded)
        yield shielded


def _names(crm: Crm, found: Found) -> dict[int, str]:
    """Return the names that this account may read by itself, with its own rights."""
    ids = [each.contact for each in found.candidates]
    rows = crm.call("res.partner", "search_read", domain=[["id", "in", ids]], fields=["name"])
    return {row["id"]: row["name"] for row in rows}
