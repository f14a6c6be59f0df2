"""Become each role, try every way, and compare with the matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.bylaws.matrix import Act, Matrix
from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import Profile
from mist_connector.reporting import Reporter
from mist_connector.security.undeclared import Path, unclassified

from .attachments import ATTACHED
from .channel import Channel
from .channels import CHANNELS
from .deeds import try_deeds
from .discussion import DISCUSSION
from .doors import Visitor, visit
from .everywhere import fields_of_all, look_everywhere
from .forms import FORMS
from .inference import INFERENCE
from .limits import KNOWN
from .outcome import FAILURES, Outcome, judged
from .outside import try_outside
from .pages import PAGES
from .personas import PERSONAS, Persona
from .planting import Planted, Target, plant, remove
from .routes import ROUTES
from .shown import SHOWN
from .traces import TRACES
from .uploads import UPLOADS
from .words import Words, shows

FIRST = (*CHANNELS, *ROUTES, *ATTACHED)
MORE = (*INFERENCE, *FORMS, *PAGES, *UPLOADS, *DISCUSSION, *TRACES)
# Whoever stands for a kind of reader tries every way; the others those that need no form and no guess.
EVERY_WAY = (
    "direction",
    "accompanying",
    "staff",
    "unsigned",
    "account",
    "clerk",
    "access_rights",
    "portal",
    "anybody",
)
# Whoever differs from another by a day alone tries a few: that day is in the same rule for all ways.
BY_A_DAY = (
    "direction_unsigned",
    "last_day",
    "accompaniment_over",
    "accompaniment_to_come",
    "agreement_over",
    "function_over",
    "exception_over",
    "cover_over",
)
A_FEW = frozenset(
    {
        "read",
        "read_xmlrpc",
        "read_jsonrpc",
        "search_read",
        "count",
        "by_value",
        "grouped",
        "nested",
        "across_accompaniment",
        "web_call",
        "web_action",
        "web_content",
        "web_csv",
        "attachment_read",
    }
)
# The sweep takes one request a model; those who stand for a kind of account make it.
SWEEPING = ("staff", "groups_only", "connector", "portal")
# One of each kind of account tries what she may do; the others only what she may read.
DEEDS = (
    "direction",
    "accompanying",
    "staff",
    "direction_accused",
    "direction_on_board",
    "staff_on_board",
    "direction_unsigned",
    "groups_only",
    "connector",
    "administrator",
    "portal",
)
_NEUTRAL = re.compile(r"[A-Z]{1,2}-[0-9A-F]{4}-[0-9A-F]{4}")
TIERS = ("common", "register", "personal", "investigation")


@dataclass(frozen=True)
class Proof:
    """What was tried, what came of it, and the figures of it."""

    at: datetime
    database: str
    outcomes: tuple[Outcome, ...]
    unclassified: tuple[Path, ...]
    named: tuple[str, ...]
    channels: int
    models: int
    requests: int
    seconds: float

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Return the outcomes that are no proof, or the contrary of one."""
        return tuple(each for each in self.outcomes if each.verdict in FAILURES)

    @property
    def holds(self) -> bool:
        """Tell whether everybody reads exactly what the matrix gives."""
        return not (self.failures or self.unclassified or self.named)


@dataclass(frozen=True)
class Ground:
    """What every try needs: where, what must hold, what was planted, and the fields of the whole server."""

    profile: Profile
    blueprint: Blueprint
    matrix: Matrix
    planted: Planted
    words: Words
    fields: dict[str, list[str]]


def prove(
    crm: Crm,
    profile: Profile,
    blueprint: Blueprint,
    matrix: Matrix,
    reporter: Reporter,
    *,
    personas: Sequence[Persona] = PERSONAS,
    sweep: bool = True,
) -> Proof:
    """Plant, try, remove; `crm` is an administrator's connection. What a killed run left is removed first."""
    begun, words = monotonic(), Words.invented(TIERS)
    reporter.step("Retrait de ce qu'une preuve interrompue aurait laissé")
    remove(crm, blueprint)
    try:
        reporter.step(f"{len(personas)} comptes temporaires et des fiches inventées")
        planted = plant(crm, blueprint, personas, words)
        ground = Ground(profile, blueprint, matrix, planted, words, fields_of_all(crm) if sweep else {})
        outcomes, requests = _try_all(ground, personas, reporter)
        paths = tuple(unclassified(crm, blueprint))
    finally:
        reporter.step("Retrait de tout ce qui a été planté")
        remove(crm, blueprint)
    named = [target.model.key for target in planted.targets.values() if not _NEUTRAL.fullmatch(target.shown)]
    return Proof(
        at=datetime.now(tz=UTC),
        database=profile.database,
        outcomes=judged(outcomes, KNOWN),
        unclassified=paths,
        named=tuple(named),
        channels=len({each.channel for each in outcomes}),
        models=len(ground.fields),
        requests=requests + crm.requests,
        seconds=round(monotonic() - begun, 1),
    )


def _try_all(ground: Ground, personas: Sequence[Persona], reporter: Reporter) -> tuple[list[Outcome], int]:
    outcomes: list[Outcome] = []
    requests = 0
    for done, persona in enumerate(personas):
        reporter.progress("Personnages", done, len(personas))
        with closing(visit(ground.profile, persona, ground.planted)) as who:
            outcomes.extend(_try_as(who, ground))
            requests += who.requests
    reporter.progress("Personnages", len(personas), len(personas))
    return outcomes, requests


def _try_as(who: Visitor, ground: Ground) -> Iterator[Outcome]:
    """Try everything that is tried as one persona."""
    planted = ground.planted
    yield from _try_channels(who, planted, ground.matrix)
    yield from try_outside(who, planted)
    if who.persona.id in DEEDS:
        yield from try_deeds(who, planted)
    if ground.fields and who.persona.id in SWEEPING:
        ours = {model.technical: model.tier.value for model in ground.blueprint.models}
        yield from look_everywhere(who, ground.fields, planted, ground.words, ours)


def _try_channels(who: Visitor, planted: Planted, matrix: Matrix) -> Iterator[Outcome]:
    for channel in _ways(who.persona):
        for key in channel.on:
            if key in planted.targets:
                yield _try(channel, who, planted.targets[key], planted, matrix)


def _ways(persona: Persona) -> Iterator[Channel]:
    """Return the ways that a persona tries."""
    if persona.id in BY_A_DAY:
        yield from (channel for channel in FIRST if channel.id in A_FEW)
        return
    yield from FIRST
    yield from SHOWN.get(persona.id, ())
    if persona.id in EVERY_WAY:
        yield from MORE


def _try(channel: Channel, who: Visitor, it: Target, planted: Planted, matrix: Matrix) -> Outcome:
    told = channel.tried(who, it, planted)
    live = None
    hidden = who.persona.id in it.hidden_from
    expected = who.persona.may(matrix, it.model.tier, channel.act) and not hidden
    if channel.control is not None:
        expected = False
        live = shows(channel.control(who, it, planted), it.word) or None
    return Outcome(
        persona=who.persona.id,
        channel=channel.id,
        fr=channel.fr,
        tier=it.model.tier.value,
        expected=expected,
        seen=shows(told, it.word),
        live=live,
        alike=channel.act is Act.EXPORT,
    )
