"""`mist doctor`: can mist work here, with this profile and this CRM, and what is to be done if not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

import click

from mist_connector.crm.connect import connect
from mist_connector.crm.diagnose import Finding, Verdict, diagnose, failed
from mist_connector.crm.profiles import load_profile
from mist_connector.crm.secrets import find_secret
from mist_connector.errors import MistError

from . import console
from .declared_mappings import key_warning_days
from .options import json_option, profile_option

_MARKS = {Verdict.FINE: "✓", Verdict.WARNING: "!", Verdict.FAILURE: "✗"}
_OLDEST = (3, 11)


@click.command(
    help=(
        "Examine le profil, le CRM et le compte, sans rien écrire ; dit quoi faire.\n\n"
        "(Checks profile, CRM and account, writing nothing; exit code 1 if mist cannot work.)"
    )
)
@profile_option
@json_option
@click.pass_context
def command(ctx: click.Context, *, profile: str | None, as_json: bool) -> None:
    """Show each finding as it comes."""
    findings = []
    for finding in _findings(profile):
        findings.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        console.emit_json([asdict(finding) for finding in findings])
    ctx.exit(int(any(finding.verdict is Verdict.FAILURE for finding in findings)))


def _findings(name: str | None) -> Iterator[Finding]:
    yield _python()
    topic = "profil"
    try:
        profile = load_profile(name)
        yield Finding(topic, Verdict.FINE, f"« {profile.name} » : {profile.url}, base {profile.database}.")
        topic = "secret"
        secret = find_secret(profile)
        yield Finding(topic, Verdict.FINE, "Un secret est enregistré.")
        topic = "adresse"
        with closing(connect(profile, secret)) as crm:
            yield from diagnose(crm, key_warning_days=key_warning_days())
    except MistError as error:
        yield failed(topic, error)


def _python() -> Finding:
    told = f"Python {platform.python_version()}."
    if sys.version_info[:2] >= _OLDEST:
        return Finding("python", Verdict.FINE, told)
    return Finding("python", Verdict.FAILURE, told, "Il faut Python 3.11 ou plus récent.")


def _show(finding: Finding) -> None:
    console.say(f"{_MARKS[finding.verdict]} {finding.topic} : {finding.what}")
    if finding.todo:
        console.say(f"    À faire : {finding.todo}")
