"""`mist privacy`: what is held of a person, its erasure on request, and what is kept longer than needed."""

from __future__ import annotations

from pathlib import Path

import click

from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import load_profile
from mist_connector.crm.rights import Purpose
from mist_connector.crm.secrets import signing_secret
from mist_connector.crm.today import today_of
from mist_connector.errors import AccessRefused, MistError
from mist_connector.language import _
from mist_connector.privacy.erasing import Erasure
from mist_connector.privacy.held import Held, read_held, text_of
from mist_connector.privacy.reviewing import overdue
from mist_connector.work.people.facts_reading import read_facts

from . import console
from .because import because_required_option, noted
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
from .page_files import write_file
from .privacy_due import Asking, erase_due, erase_noted, erasing_of
from .privacy_record import record
from .privacy_view import erased_data, erasure_data, show_erased, show_erasure, show_search
from .session import opened

code_argument = click.argument("code", metavar="CODE")


@click.group(
    subcommand_metavar=SUBCOMMAND,
    name="privacy",
    help=_(
        "Ce que l'on garde d'une personne : le lui remettre, l'effacer à sa demande, le revoir.\n\n"
        "Rien ne s'efface sans que quelqu'un le demande (Q25)."
    ),
)
def command() -> None:
    """Group the commands."""


command.add_command(record)


@command.command(
    help=_(
        "Écrit dans un fichier tout ce que le registre tient d'une personne, pour sa demande "
        "d'accès.\n\n"
        "Avec le profil de la direction, qui le lui remet ; lisible de vous seul, à effacer "
        "ensuite. Les autres personnes n'y sont que par leur code."
    )
)
@code_argument
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar=_("FICHIER"))
@because_required_option
@profile_option
@mappings_option
@json_option
def report(
    *, code: str, file: Path, because: str, profile: str | None, mappings: Path | None, as_json: bool
) -> None:
    """Note the read, read, and write the file."""
    wanted, person = declared(mappings), code.upper()
    with opened(profile, Purpose.FILES) as crm:
        _expect_direction(crm)
        today = today_of(wanted.blueprint, crm)
        noted(crm, wanted.blueprint, "mist privacy report", [person], because=because)
        held = read_held(crm, wanted.blueprint, wanted.bylaws.matrix, person)
    if held is None:
        raise MistError(
            _("Personne n'a le code {person}.").format(person=person), todo=_("vérifiez le code dans le CRM")
        )
    write_file(file, text_of(held, wanted.blueprint, wanted.vocabularies, on=today))
    _tell(held, file, as_json=as_json)


@command.command(
    help=_(
        "Efface une personne à sa demande : montre d'abord ce qui partirait et ce qui reste, et "
        "pourquoi.\n\n"
        "Avec le compte qui installe (Réglages), quand la direction l'a décidé : ce qu'elle "
        "seule peut lire part aussi. Tout part d'un coup, ou rien ; puis la personne est "
        "cherchée partout.\n\n"
        "Avec --due, sans code : toutes celles dont le temps fixé par l'association est passé "
        "(Q25)."
    )
)
@click.argument("code", metavar=_("[CODE]"), required=False)
@click.option("--due", is_flag=True, help=_("Celles dont le temps est passé."))
@because_required_option
@click.option(
    "--redact",
    is_flag=True,
    help=_("Efface aussi son nom là où d'autres fiches la nomment."),
)
@profile_option
@mappings_option
@yes_option
@dry_run_option
@json_option
def erase(
    *,
    code: str | None,
    due: bool,
    because: str,
    redact: bool,
    profile: str | None,
    mappings: Path | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Show, ask, erase, and tell where she is still named; 2 if she is."""
    if (code is None) != due:
        raise MistError(
            _("Dites qui : un code, ou --due, et pas les deux."), todo="mist privacy erase --help"
        )
    wanted, secret = declared(mappings), signing_secret(load_profile(profile), make=True) or b""
    with opened(profile, Purpose.INSTALL) as crm, erasing_of(crm, wanted) as erasing:
        if code is None:
            asking = Asking(because, redact, yes, dry_run, as_json, secret)
            return erase_due(crm, wanted, erasing, asking)
        person = code.upper()
        [planned] = erasing.preview([person])
        if not as_json:
            show_erasure(planned, wanted.blueprint, wanted.retention)
        if planned.anonymous or planned.in_force:
            return _told_only(planned, secret, as_json=as_json)
        write = not dry_run and consented(
            _("Effacer {person}, sans retour ?").format(person=person), yes=yes, as_json=as_json
        )
        erased = erase_noted(crm, wanted, erasing, planned, because=because, redact=redact) if write else None
    if as_json:
        console.emit_json({**erasure_data(planned), "erased": erased_data(erased, secret)})
    elif erased is not None:
        show_erased(erased, secret)
    else:
        console.say(_("Rien n'a été effacé."))
    return 2 if erased is not None and erased.places else 0


@command.command(
    help=_(
        "Liste, par code, les personnes parties depuis longtemps dont le registre garde les "
        "données.\n\n"
        "Rien n'est effacé."
    )
)
@click.option(
    "--months",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help=_("Parties depuis N mois ; sinon, ce que les règles disent (Q25)."),
)
@profile_option
@mappings_option
@json_option
@detailed_exitcode_option
def review(
    *, months: int | None, profile: str | None, mappings: Path | None, as_json: bool, detailed_exitcode: bool
) -> int:
    """Read the facts, and list who left long ago."""
    wanted = declared(mappings)
    after = months or wanted.retention.review_after_months
    if after is None:
        raise MistError(
            _(
                "L'association n'a pas dit combien de temps garder les données ({wanted.retention.decision})."
            ).format(wanted=wanted),
            todo=_("ajoutez --months N, ou review_after_months dans mappings/privacy.yaml"),
        )
    with opened(profile) as crm:
        facts = read_facts(crm, wanted.blueprint, only=("departures", "exclusions", "signatures"))
    today = today_of(wanted.blueprint, crm)
    found = overdue([record.facts for record in facts.people], months=after, on=today)
    if as_json:
        data = [{"person": code, "since": since.isoformat()} for code, since in found]
        console.emit_json({"months": after, "people": data})
    else:
        if found:
            rows = [(code, f"{since:%d/%m/%Y}") for code, since in found]
            console.table((_("personne"), _("partie le")), rows)
        console.say(
            _("{found} personne(s) partie(s) depuis {after} mois ou plus ; rien n'est effacé.").format(
                found=len(found), after=after
            )
        )
    return 2 if detailed_exitcode and found else 0


def _told_only(planned: Erasure, secret: bytes, *, as_json: bool) -> int:
    """Tell what an earlier erasure left of somebody who is not to be erased now; 2 if she is named."""
    earlier = planned.earlier if planned.anonymous else None
    if as_json:
        console.emit_json({**erasure_data(planned), "erased": erased_data(earlier, secret)})
    elif earlier is not None:
        show_search(earlier, secret)
    if planned.in_force and not planned.anonymous:
        return 1
    return 2 if earlier is not None and earlier.places else 0


def _expect_direction(crm: Crm) -> None:
    """Refuse every account but direction's: what a person is told of herself, direction hands over (Q13)."""
    group = "mist_connector.group_direction"
    if not crm.call("res.users", "has_group", ids=[crm.uid()], group_ext_id=group):
        raise AccessRefused(
            _("Le compte {crm.login} n'est pas celui de la direction.").format(crm=crm),
            todo=_("prenez le profil de la direction : --profile NOM"),
        )


def _tell(held: Held, file: Path, *, as_json: bool) -> None:
    counts = {key: len(rows) for key, rows in held.records.items()}
    if as_json:
        console.emit_json({"file": str(file), "person": held.code, "records": counts})
        return
    console.say(
        _("Écrit dans {file}, lisible de vous seul : {counts} fiches.").format(
            file=file, counts=sum(counts.values())
        )
    )
    console.say(_("Remettez-le à la personne, puis effacez-le."))
    console.say(_("Le reste du CRM se cherche avec : mist shield verify CODE (compte qui installe)."))
