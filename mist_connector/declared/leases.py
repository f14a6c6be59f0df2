"""The leases of `blueprint/crm.yaml` as they are in force: conditions in place, those that wait set aside."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.blueprint.declaration import Blueprint, Frame, Model
from mist_connector.errors import Problem

from .blueprint_shapes import FrameFile
from .named import Decisions, in_force, put_in_place
from .reading import Document, quoted, suggest


def wrong_leases(document: Document[FrameFile], decisions: Decisions) -> Iterator[Problem]:
    """Yield conditions that are not declared, and answers that no decision has."""
    names = document.value.crm.conditions
    for index, lease in enumerate(document.value.crm.leases):
        place = document.place("crm", "leases", index, "key")
        question, _, answer = (lease.decided or "").partition(".")
        answers = [each.id for each in decisions[question].answers] if question in decisions else []
        if lease.decided is not None and answer not in answers:
            yield Problem(place, f"réponse inconnue {quoted(lease.decided)}", suggest(answer, answers))
        try:
            if lease.holds is not None:
                put_in_place(lease.holds, names, decisions)
        except KeyError as error:
            name = str(error.args[0])
            yield Problem(place, f"condition inconnue {quoted(name)}", suggest(name, names))


def with_conditions(frame: Frame, decisions: Decisions) -> Frame:
    """Return the frame with every lease's conditions in place."""
    leases = (
        lease.model_copy(
            update={"holds": lease.holds and put_in_place(lease.holds, frame.conditions, decisions)}
        )
        for lease in frame.leases
    )
    return frame.model_copy(update={"leases": tuple(leases)})


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
