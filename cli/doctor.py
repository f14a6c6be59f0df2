"""`mist doctor`: can mist work here, with this profile and this CRM, and what is to be done if not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from mist_connector.crm.connect import connect, told_of_clock
from mist_connector.crm.diagnose import ADDRESS, Finding, Verdict, diagnose, failed
from mist_connector.crm.other_ways import suggesting
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile, load_profile
from mist_connector.crm.rights import deployed_bylaws, read_rights
from mist_connector.crm.secrets import find_secret
from mist_connector.declared.mappings_digest import mappings_digest
from mist_connector.errors import AccessRefused, MistError
from mist_connector.language import _
from mist_connector.work.start.progress import Step
from mist_connector.work.start.reading import read_progress
from mist_connector.work.start.told import examine_start

from . import console
from .declared_mappings import key_warning_days
from .findings_view import show_finding
from .mappings_source import load_sources
from .options import json_option, profile_option
from .own_mappings import delivered_address, hardening_of

_OLDEST = (3, 11)
_EXAMINED = frozenset({Step.FRENCH, Step.MAIL})


@click.command(help=_("Examine le profil, le CRM et le compte, sans rien écrire ; dit quoi faire."))
@profile_option
@json_option
@click.pass_context
def command(ctx: click.Context, *, profile: str | None, as_json: bool) -> None:
    """Show each finding as it comes."""
    findings = []
    for finding in _findings(profile):
        findings.append(finding)
        if not as_json:
            show_finding(finding)
    if as_json:
        console.emit_json([asdict(finding) for finding in findings])
    ctx.exit(int(any(finding.verdict is Verdict.FAILURE for finding in findings)))


def _findings(name: str | None) -> Iterator[Finding]:
    yield _python()
    topic = _("profil")
    try:
        profile = load_profile(name)
        yield Finding(
            topic,
            Verdict.FINE,
            _("« {profile.name} » : {profile.url}, base {profile.database}.").format(profile=profile),
        )
        topic = "secret"
        secret = find_secret(profile)
        yield Finding(topic, Verdict.FINE, _("Un secret est enregistré."))
        topic = ADDRESS
        with closing(connect(profile, secret)) as crm:
            for finding in diagnose(crm, key_warning_days=key_warning_days()):
                yield finding
                if finding.topic == ADDRESS:
                    with suggesting(profile, secret):
                        crm.uid()
            topic = _("règles")
            yield _bylaws(crm, profile)
            yield from _clock(crm)
            yield from _start(crm, profile)
    except MistError as error:
        yield failed(topic, error)


def _bylaws(crm: Crm, profile: Profile) -> Finding:
    """Compare the mappings that are deployed with those of the profile."""
    here = mappings_digest(load_sources(Path(profile.mappings) if profile.mappings else None))
    deployed = deployed_bylaws(crm, read_rights(crm))
    if deployed == here:
        return Finding(
            _("règles"), Verdict.FINE, _("Le CRM suit les règles du profil ({here}).").format(here=here)
        )
    if not deployed:
        what = _("Le CRM ne dit pas quelles règles y sont déployées.")
        return Finding(
            _("règles"), Verdict.WARNING, what, _("mist plan, puis mist apply, avec le compte qui installe.")
        )
    what = _("Le CRM suit d’autres règles ({deployed}) que ce profil ({here}).").format(
        deployed=deployed, here=here
    )
    return Finding(
        _("règles"),
        Verdict.WARNING,
        what,
        _("mist init --mappings DOSSIER, ou mist apply si celles-ci valent."),
    )


def _clock(crm: Crm) -> Iterator[Finding]:
    """Yield what the answers so far told of this machine's clock, where it is not the CRM's."""
    if warning := told_of_clock(crm):
        yield Finding(
            _("horloge"), Verdict.WARNING, warning, _("Réglez l'horloge (NTP), ici ou chez l'hébergeur.")
        )


def _start(crm: Crm, profile: Profile) -> Iterator[Finding]:
    """Yield each step that leads to a team at work, in its order, but those that were examined before."""
    hardening = hardening_of(Path(profile.mappings) if profile.mappings else None)
    try:
        progress = read_progress(crm, hardening, placeholder=delivered_address())
    except AccessRefused:
        what = _("Le reste du chemin vers une équipe au travail n'est vu que du compte qui installe.")
        yield Finding(_("étapes"), Verdict.FINE, what, "mist doctor --profile admin")
        return
    yield from examine_start(progress, without=_EXAMINED)


def _python() -> Finding:
    told = f"Python {platform.python_version()}."
    if sys.version_info[:2] >= _OLDEST:
        return Finding("python", Verdict.FINE, told)
    return Finding("python", Verdict.FAILURE, told, _("Il faut Python 3.11 ou plus récent."))
