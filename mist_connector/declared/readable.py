"""Conditions that the CRM must read: each is compiled once; what its reader refuses has a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mist_connector.blueprint.compile_changing import ended, first, kept
from mist_connector.blueprint.compile_guards import guard_check
from mist_connector.blueprint.compile_status import has_status, requirement_code
from mist_connector.blueprint.declaration import Blueprint, Field, Model
from mist_connector.blueprint.server_domain import policy
from mist_connector.conditions.forms import Unread
from mist_connector.errors import Place, Problem

from .blueprint_shapes import FrameFile, HooksFile, ModelFile
from .reading import Document
from .statuses import StatusesFile


def unread(
    blueprint: Blueprint,
    frame: Document[FrameFile],
    hooks: Document[HooksFile],
    models: Sequence[Document[ModelFile]],
    statuses: Document[StatusesFile] | None,
) -> Iterator[Problem]:
    """Yield the conditions that a guard, a field or a record rule cannot read as a whole."""
    yield from _hooks(blueprint, hooks)
    yield from _leases(blueprint, frame)
    for document in models:
        yield from _fields(blueprint, document)
    if statuses is not None:
        for model in blueprint.models:
            if has_status(model):
                yield from _statuses(blueprint, statuses, model)


def _hooks(blueprint: Blueprint, document: Document[HooksFile]) -> Iterator[Problem]:
    for index, hook in enumerate(blueprint.hooks):
        # Those that follow from an office come after those that are written out.
        written = index < len(document.value.hooks)
        place = document.place("hooks", index, "requirement", "holds") if written else document.key("offices")
        model = blueprint.model(hook.model)
        yield from _tried(place, lambda: guard_check("True", hook.requirement, blueprint, model))  # noqa: B023 - called at once


def _leases(blueprint: Blueprint, document: Document[FrameFile]) -> Iterator[Problem]:
    for index, lease in enumerate(blueprint.frame.leases):
        place = document.place("crm", "leases", index, "holds")
        for model in blueprint.models:
            if lease.key in model.access:
                where = f" (bail {lease.key}, modèle {model.key})"
                yield from _tried(place, lambda: policy([lease], blueprint=blueprint, model=model), where)  # noqa: B023 - called at once


def _fields(blueprint: Blueprint, document: Document[ModelFile]) -> Iterator[Problem]:
    model = document.value.model
    for index, field in enumerate(model.fields):
        for part, compiling in _compiled(blueprint, model, field):
            yield from _tried(document.place("model", "fields", index, part), compiling)


def _compiled(blueprint: Blueprint, model: Model, field: Field) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each part of a field that holds conditions, and what compiles it."""
    if field.kept is not None:
        flag = field.kept
        yield "kept", lambda: kept(model, field, flag, blueprint)
    if field.ended is not None:
        end = field.ended
        yield "ended", lambda: ended(model, field, end, blueprint)
    if field.first is not None:
        followed = field.first
        yield "first", lambda: first(model, field, followed, blueprint)


def _statuses(blueprint: Blueprint, document: Document[StatusesFile], model: Model) -> Iterator[Problem]:
    for name, requirement in document.value.requirements.items():
        place = document.place("requirements", name, "holds")
        yield from _tried(place, lambda: requirement_code(requirement, model, blueprint))  # noqa: B023 - called at once


def _tried(place: Place, compiling: Callable[[], object], where: str = "") -> Iterator[Problem]:
    """Yield why something cannot be compiled."""
    try:
        compiling()
    except KeyError as error:
        yield Problem(place, f"champ inconnu dans la condition\N{NO-BREAK SPACE}: {error}{where}")
    except Unread as error:
        yield Problem(place, f"{error}{where}")
