"""What `mist check --security --baseline` and `--acknowledge` do: somebody answers for what is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from mist_connector.crm.port import Crm
from mist_connector.crm.profiles import load_profile
from mist_connector.crm.secrets import signing_secret
from mist_connector.errors import MistError
from mist_connector.language import _
from mist_connector.security.baseline import Acknowledged, Baseline, Difference, Key, State, accept, written
from mist_connector.security.doors import Doors
from mist_connector.security.finding import SecurityFinding
from mist_connector.security.looking import Look, keep

from . import console
from .check_security import Asked, show_findings
from .consent import consented
from .deployment import Deployment

QUESTION = _("Répondez-vous de tout cela ?")
Left = tuple[SecurityFinding, ...]


def answer_for(asked: Asked, *, baseline: str | None, acknowledge: str | None, only: str) -> Left:
    """Record the CRM as it is, or what changed of it; return what nobody answers for."""
    reason = (baseline if baseline is not None else acknowledge or "").strip()
    if not reason or (baseline is not None and acknowledge is not None):
        raise MistError(
            _("Il faut une raison, et une seule option."), todo=_("--baseline ou --acknowledge RAISON")
        )
    with Deployment.opened(asked.profile, asked.mappings) as deployment:
        doors = asked.look(deployment)
        if doors.look is None:
            raise MistError(_("Ce CRM ne peut pas être lu en entier."), todo=_("lancez « mist apply »"))
        answering = Answering(asked, deployment.crm, doors, doors.look, reason)
        return answering.begin() if baseline is not None else answering.go_on(only)


@dataclass(frozen=True)
class Answering:
    """Somebody who answers for a CRM, or for what changed of it, and why."""

    asked: Asked
    crm: Crm
    doors: Doors
    look: Look
    reason: str

    def begin(self) -> Left:
        """Record the whole CRM; doors that are open whatever anybody answers for are told, and stay told."""
        record, state = self.doors.unanswered.record, self.look.state
        if record is not None and record.trusted:
            raise MistError(
                _("Ce CRM a déjà un état de référence."), todo=_("mist check --security --acknowledge RAISON")
            )
        if not self.asked.as_json:
            if self.doors.open:
                console.say(_("Ouvert, quoi que l'on en dise :"))
                show_findings(self.doors.open, _("remède"))
            console.say(
                _("{entries} enregistrements, {modules} modules.").format(
                    entries=len(state.entries), modules=len(state.modules)
                )
            )
        empty = Baseline(self.look.database, State({}, {}))
        return self._recorded(empty, state, frozenset(state.entries), self.doors.open)

    def go_on(self, only: str) -> Left:
        """Record what changed, all of it or what is told with some words."""
        record = self.doors.unanswered.record
        if record is None or not record.trusted:
            raise MistError(
                _("Il n'y a pas d'état de référence signé par ce connecteur."),
                todo=_("relisez tout, puis : mist check --security --baseline RAISON"),
            )
        pairs = self._chosen(only)
        left = tuple(each for each in self.doors.findings if each not in {one for one, _behind in pairs})
        if not pairs:
            console.say(_("Rien n'a changé."))
            return left
        if not self.asked.as_json:
            show_findings([finding for finding, _behind in pairs], _("remède"))
        modules = dict(record.baseline.state.modules)
        for finding, _behind in pairs:
            modules = _with_module(modules, self.look.state, finding)
        keys = frozenset((each.model, each.id) for _finding, behind in pairs for each in behind)
        return self._recorded(record.baseline, State(self.look.state.entries, modules), keys, left)

    def _chosen(self, only: str) -> list[tuple[SecurityFinding, tuple[Difference, ...]]]:
        found = zip(self.doors.unanswered.findings, self.doors.unanswered.behind, strict=True)
        return [
            (finding, behind)
            for finding, behind in found
            if only.casefold() in f"{finding.kind} {finding.what}".casefold()
        ]

    def _recorded(self, known: Baseline, today: State, keys: frozenset[Key], left: Left) -> Left:
        asked = self.asked
        if asked.dry_run or not consented(QUESTION, yes=asked.yes, as_json=asked.as_json):
            console.say(_("Rien n'a été noté."))
            return left
        secret = signing_secret(load_profile(asked.profile), make=True)
        assert secret is not None  # noqa: S101 - it was made
        how = Acknowledged(f"{datetime.now(UTC):%Y-%m-%d %H:%M}", self.crm.login, self.reason, len(keys))
        keep(self.crm, written(accept(known, today, keys, how), secret))
        if asked.as_json:
            console.emit_json({"recorded": len(keys), "left": [each.what for each in left]})
        else:
            console.say(_("Noté : {keys} enregistrements, par {how.by}.").format(keys=len(keys), how=how))
        return left


def _with_module(known: dict[str, str], today: State, finding: SecurityFinding) -> dict[str, str]:
    """Return the modules answered for, with the one that a finding is about as it is today."""
    if not finding.module:
        return known
    kept = {name: version for name, version in known.items() if name != finding.module}
    version = today.modules.get(finding.module)
    return kept if version is None else {**kept, finding.module: version}
