"""What `mist prove --challenge` does: open known doors in a copy of a sandbox; each must be named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from mist_connector import sandbox
from mist_connector.blueprint.declaration import Blueprint
from mist_connector.crm.connect import connect
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile
from mist_connector.crm.secrets import find_secret
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.proof.challenge.challenge import Challenge, Challenged, sample

from . import console

COPY = "challenge"


def challenge(profile: Profile, blueprint: Blueprint, *, count: int | None, as_json: bool) -> int:
    """Copy the sandbox's database, open doors in the copy, drop it; return the exit code."""
    with _copy(profile) as (crm, address):
        found = Challenge(crm, blueprint, address).run(sample(count), console.reporter())
    missed = [each for each in found if each.missed]
    if as_json:
        console.emit_json({"doors": [vars(each) | {"missed": each.missed} for each in found]})
    else:
        _show(found, missed)
    return 2 if missed else 0


@contextmanager
def _copy(profile: Profile) -> Iterator[tuple[Crm, str]]:
    here = [each for each in sandbox.status() if each.url.rstrip("/") == profile.url.rstrip("/")]
    if not here or not here[0].running:
        raise MistError(
            _("Ce CRM n'est pas un bac à sable : on n'y ouvre pas de portes."), todo="mist sandbox up"
        )
    box = sandbox.up(here[0].name, console.reporter())
    name = box.clone(COPY, source=profile.database)
    try:
        copied = profile.model_copy(update={"database": name, "timeout": 120.0})
        with closing(connect(copied, find_secret(profile))) as crm:
            yield crm, profile.url
    finally:
        box.drop(name)


def _show(found: tuple[Challenged, ...], missed: list[Challenged]) -> None:
    opened = [each for each in found if each.opened]
    console.say(
        _("{found} portes essayées, {refused} refusées par le CRM, {opened} ouvertes et nommées.").format(
            found=len(found), refused=len(found) - len(opened), opened=len(opened) - len(missed)
        )
    )
    for each in missed:
        console.say(_("Ouverte, et rien ne la nomme : {each.name}.").format(each=each))
