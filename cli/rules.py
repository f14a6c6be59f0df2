"""`mist rules`: the rules of the bylaws, what gives them effect, and the schemas of their files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mist_connector.bylaws.bylaws import Bylaws
from mist_connector.bylaws.rules import Level
from mist_connector.declared.coverage import Coverage, State, coverage
from mist_connector.declared.file_kinds import file_kinds, json_schema
from mist_connector.declared.known_ids import known_ids
from mist_connector.declared.suggestion import quoted, suggest
from mist_connector.errors import MistError
from mist_connector.language import _

from . import console, rules_view
from .declared_mappings import declared
from .options import SUBCOMMAND, json_option, mappings_option
from .page_files import write_file


@click.group(subcommand_metavar=SUBCOMMAND, help=_("Les règles du règlement intérieur."))
def command() -> None:
    """Hold the commands about rules."""


@command.command("list", help=_("Liste les règles."))
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level], case_sensitive=False),
    help=_("À ce niveau."),
)
@click.option("--section", metavar=_("SECTION"), help=_("De cette section."))
@click.option("--state", type=click.Choice([state.value for state in State]), help=_("Dans cet état."))
@json_option
@mappings_option
def list_rules(
    *, level: str | None, section: str | None, state: str | None, as_json: bool, mappings: Path | None
) -> None:
    """Print the rules that the filters let through."""
    bylaws, covered = _load(mappings)
    if section is not None and bylaws.section(section) is None:
        hint = suggest(section, (each.id for each in bylaws.sections))
        raise MistError(
            _("Section inconnue\xa0: {section}.").format(section=quoted(section)),
            todo=hint or _("Voyez «\xa0mist rules list\xa0»."),
        )
    chosen = [
        each
        for each in covered.rules
        if (level is None or level in each.rule.levels)
        and section in {None, each.rule.section}
        and state in {None, each.state}
    ]
    if as_json:
        console.emit_json([rules_view.rule_json(bylaws, each) for each in chosen])
        return
    console.table(rules_view.LIST_HEADERS, rules_view.list_rows(chosen))
    console.say(_("{chosen} règles sur {rules}.").format(chosen=len(chosen), rules=len(covered.rules)))


@command.command(help=_("Montre une règle et tout ce qui s’y rapporte."))
@click.argument("rule_id", metavar=_("RÈGLE"))
@json_option
@mappings_option
def show(*, rule_id: str, as_json: bool, mappings: Path | None) -> None:
    """Print all that is known of one rule."""
    bylaws, covered = _load(mappings)
    found = covered.of(rule_id.upper())
    if found is None:
        hint = suggest(rule_id, (rule.id for rule in bylaws.rules))
        raise MistError(
            _("Règle inconnue\xa0: {rule_id}.").format(rule_id=quoted(rule_id)),
            todo=hint or _("Voyez «\xa0mist rules list\xa0»."),
        )
    if as_json:
        console.emit_json(rules_view.rule_json(bylaws, found))
        return
    for line in rules_view.rule_lines(bylaws, found):
        console.say(line)


@command.command("coverage", help=_("Dit ce qui met chaque règle en œuvre."))
@json_option
@mappings_option
@click.pass_context
def show_coverage(ctx: click.Context, *, as_json: bool, mappings: Path | None) -> None:
    """Print what gives each rule effect; exit 1 if one has nothing, or a reference leads nowhere."""
    _bylaws, covered = _load(mappings)
    if as_json:
        console.emit_json(rules_view.coverage_json(covered))
    else:
        console.table(rules_view.COVERAGE_HEADERS, rules_view.coverage_rows(covered.rules))
        console.say(rules_view.summary(covered))
    if not covered.holds:
        ctx.exit(1)


@command.command(help=_("Écrit le schéma JSON des fichiers, pour un éditeur."))
@click.argument("kind", metavar=_("[SORTE]"), required=False)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=_("DOSSIER"),
    help=_("Écrit dans ce dossier au lieu d’afficher."),
)
@json_option
def schema(*, kind: str | None, out: Path | None, as_json: bool) -> None:
    """Print or write the schema of one kind of file, or of all."""
    kinds = file_kinds()
    if kind is not None and kind not in kinds:
        hint = suggest(kind, kinds) or _("Possibles\xa0: {kinds}.").format(kinds=", ".join(kinds))
        raise MistError(_("Sorte de fichier inconnue\xa0: {kind}.").format(kind=quoted(kind)), todo=hint)
    chosen = [kind] if kind else list(kinds)
    if out is not None:
        written = [_write_schema(each, out) for each in chosen]
        console.emit_json(written) if as_json else console.say("\n".join(written))
    elif kind is not None:
        console.emit_json(json_schema(kind))
    elif as_json:
        console.emit_json({each: json_schema(each) for each in chosen})
    else:
        console.table((_("Sorte"), _("Fichiers")), [(each, kinds[each].files) for each in chosen])


def _write_schema(kind: str, folder: Path) -> str:
    """Write the schema of one kind of file, and return where."""
    path = folder / f"{kind}.schema.json"
    write_file(path, json.dumps(json_schema(kind), ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    return path.as_posix()


def _load(directory: Path | None) -> tuple[Bylaws, Coverage]:
    """Return the bylaws and the coverage of their rules; every problem of the files in one error."""
    everything = declared(directory)
    return everything.bylaws, coverage(everything.bylaws.rules, known_ids(everything))
