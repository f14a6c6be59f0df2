"""The leases of `blueprint/crm.yaml` as they are in force: those that wait set aside."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.blueprint.declaration import Blueprint, Model
from mist_connector.errors import Problem

from .blueprint_shapes import FrameFile
from .reading import Document, quoted, suggest
from .stating import Decisions, in_force


def wrong_leases(document: Document[FrameFile], decisions: Decisions) -> Iterator[Problem]:
    """Yield answers that no decision has."""
    for index, lease in enumerate(document.value.crm.leases):
        question, _, answer = (lease.decided or "").partition(".")
        answers = [each.id for each in decisions[question].answers] if question in decisions else []
        if lease.decided is not None and answer not in answers:
            place = document.place("crm", "leases", index, "decided")
            yield Problem(place, f"réponse inconnue {quoted(lease.decided)}", suggest(answer, answers))


def without_waiting(blueprint: Blueprint, decisions: Decisions) -> Blueprint:
    """Return the blueprint without the leases that no answer in force calls for: they open nothing."""
    leases = blueprint.frame.leases
    waiting = tuple(
        lease for lease in leases if not in_force(lease.decided, decisions, settled=lease.settled)
    )
    frame = blueprint.frame.model_copy(
        update={"leases": tuple(lease for lease in leases if lease not in waiting)}
    )
    keys = {lease.key for lease in waiting}
    models = tuple(_closed(model, keys) for model in blueprint.models)
    return blueprint.model_copy(update={"frame": frame, "waiting": waiting, "models": models})


def _closed(model: Model, waiting: set[str]) -> Model:
    access = {key: operations for key, operations in model.access.items() if key not in waiting}
    return model.model_copy(update={"access": access})
