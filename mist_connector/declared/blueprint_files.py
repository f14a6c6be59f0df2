"""The blueprint's mapping files: frame, models, actions and hooks, read and checked against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from mist_connector.blueprint.declaration import Blueprint, Frame
from mist_connector.blueprint.screen import ServerAction
from mist_connector.conditions.stated import Stated
from mist_connector.errors import Place, Problem
from mist_connector.strict import Strict

from .act_checks import wrong_acts
from .blueprint_checks import cross_checks
from .blueprint_shapes import ActionsFile, ActsFile, FrameFile, HooksFile, Known, ModelFile
from .freedom import wrong_freedom
from .hardening import declare_hardening
from .hooks import all_hooks, wrong_hooks
from .leases import without_waiting, wrong_leases
from .matrix_checks import beyond_the_matrix, short_of_the_matrix, unknown_readers
from .office_months import with_office_months
from .readable import unread
from .reading import Document, Source, read
from .shown_checks import wrong_shown
from .statuses import StatusesFile

FRAME = "blueprint/crm.yaml"
ACTIONS = "blueprint/actions.yaml"
MACHINERY = "blueprint/machinery.yaml"
ACTS = "blueprint/acts.yaml"
HOOKS = "blueprint/hooks.yaml"
STATUSES = "statuses.yaml"
HARDENING = "hardening.yaml"
MODELS = "blueprint/models/"

T = TypeVar("T", bound=Strict)


def declare_blueprint(
    sources: Mapping[str, Source], known: Known, problems: list[Problem]
) -> Blueprint | None:
    """Return the blueprint, or None after adding every problem of its files to `problems`."""
    before = len(problems)
    frame = _read(sources, FRAME, FrameFile, problems, known.stated)
    machinery = _read(sources, MACHINERY, ActionsFile, problems)
    actions = _read(sources, ACTIONS, ActionsFile, problems)
    acts = _read(sources, ACTS, ActsFile, problems)
    hooks = _read(sources, HOOKS, HooksFile, problems, known.stated)
    names = sorted(name for name in sources if name.startswith(MODELS))
    models = [_read(sources, name, ModelFile, problems, known.stated) for name in names]
    if frame is None or machinery is None or actions is None or acts is None or hooks is None:
        return None
    if len(problems) > before:
        return None
    documents = [document for document in models if document is not None]
    problems.extend(cross_checks(frame, (machinery, actions, acts), hooks, documents, known))
    problems.extend(wrong_hooks(hooks, known.offices))
    problems.extend(wrong_freedom(hooks, documents, known))
    problems.extend(unknown_readers(frame, known.matrix))
    problems.extend(wrong_leases(frame, known.decisions))
    groups = [group.key for group in frame.value.crm.groups]
    source = sources.get(HARDENING, Source(HARDENING, ""))
    hardening = declare_hardening(source, groups, list(known.section_titles), problems)
    # What is compiled rests on all files: nothing is where one of them leads nowhere.
    if hardening is None or problems:
        return None
    blueprint = Blueprint(
        frame=frame.value.crm,
        models=with_office_months([document.value.model for document in documents], known.offices),
        vocabularies=dict(known.vocabularies),
        statuses=known.statuses,
        hooks=all_hooks(hooks.value, known.offices),
        sound=hooks.value.sound,
        free=hooks.value.free,
        actions=_in_hands((*machinery.value.actions, *actions.value.actions), frame.value.crm),
        acts=acts.value.acts,
        picks=acts.value.picks,
        hardening=hardening,
        section_titles=dict(known.section_titles),
    )

    statuses = _read(sources, STATUSES, StatusesFile, [], known.stated)
    problems.extend(unread(blueprint, frame, hooks, documents, statuses))
    problems.extend(wrong_acts(blueprint, acts))
    problems.extend(wrong_shown(blueprint, documents))
    problems.extend(beyond_the_matrix(documents, frame.value.crm, known.matrix))
    problems.extend(short_of_the_matrix(documents, frame.value.crm, known.matrix))
    return without_waiting(blueprint, known.decisions) if len(problems) == before else None


def _in_hands(actions: Iterable[ServerAction], frame: Frame) -> tuple[ServerAction, ...]:
    """Return server actions with groups of accounts in the place of the hands that they are in."""
    return tuple(
        action.model_copy(update={"groups": tuple(_groups(action.groups, frame))}) for action in actions
    )


def _groups(named: Iterable[str], frame: Frame) -> Iterator[str]:
    for name in named:
        yield from frame.hands.get(name, (name,))


def _read(
    sources: Mapping[str, Source],
    name: str,
    shape: type[T],
    problems: list[Problem],
    stated: Stated | None = None,
) -> Document[T] | None:
    if name not in sources:
        problems.append(
            Problem(Place(name, 1, 1), "ce fichier manque", "rétablissez-le depuis la version livrée")
        )
        return None
    return read(sources[name], shape, problems, stated)
