"""References between the blueprint's files: each leads somewhere, or is a problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, Frame, Model
from mist_connector.blueprint.server_code import expression
from mist_connector.blueprint.server_domain import policy
from mist_connector.errors import Place, Problem

from .blueprint_shapes import ActionsFile, FrameFile, HooksFile, Known, ModelFile
from .reading import Document, suggest

Found = Iterator[Problem]


def cross_checks(
    frame: Document[FrameFile],
    actions: Document[ActionsFile],
    hooks: Document[HooksFile],
    models: Sequence[Document[ModelFile]],
    known: Known,
) -> Found:
    """Return every reference that leads nowhere."""
    crm = frame.value.crm
    keys = [document.value.model.key for document in models]
    yield from _frame(frame, known)
    for document in models:
        yield from _model(document, crm, keys, known)
    groups = [group.key for group in crm.groups]
    for i, action in enumerate(actions.value.actions):
        for j, group in enumerate(action.groups):
            place = actions.place("actions", i, "groups", j)
            if "." not in group:
                yield from _missing(place, group, groups, "groupe")
    for i, hook in enumerate(hooks.value.hooks):
        yield from _missing(hooks.place("hooks", i, "model"), hook.model, keys, "modèle")
        rule_place = hooks.place("hooks", i, "requirement", "rule")
        yield from _missing(rule_place, hook.requirement.rule, known.section_titles, "règle")


def _frame(frame: Document[FrameFile], known: Known) -> Found:
    groups = [group.key for group in frame.value.crm.groups]
    for i, lease in enumerate(frame.value.crm.leases):
        yield from _missing(frame.place("crm", "leases", i, "group"), lease.group, groups, "groupe")
        place = frame.place("crm", "leases", i, "rule")
        yield from _missing(place, lease.rule, known.section_titles, "règle")


def _model(document: Document[ModelFile], crm: Frame, keys: Sequence[str], known: Known) -> Found:
    model = document.value.model
    for i, field in enumerate(model.fields):
        yield from _field(document, i, field, keys, known)
    for key in model.access:
        leases = [lease.key for lease in crm.leases]
        yield from _missing(document.key("model", "access", key), key, leases, "bail d'accès")
    if model.menu is not None:
        menus = [menu.key for menu in crm.menus]
        yield from _missing(document.place("model", "menu", "under"), model.menu.under, menus, "rubrique")
    yield from _layout(document, model)


def _field(
    document: Document[ModelFile], index: int, field: Field, keys: Sequence[str], known: Known
) -> Found:
    at: Callable[[str], Place] = lambda key: document.place("model", "fields", index, key)  # noqa: E731
    if field.to is not None and "." not in field.to:
        yield from _missing(at("to"), field.to, keys, "modèle")
    if field.choices is not None:
        yield from _missing(at("choices"), field.choices, known.vocabularies, "liste")
    if (field.type is FieldType.CHOICE) != (field.choices is not None):
        yield Problem(at("type"), "un champ « choice » a une liste « choices », et lui seul")
    if (field.type in {FieldType.LINK, FieldType.MANY}) != (field.to is not None):
        yield Problem(at("type"), "un champ « link » ou « many » a un modèle « to », et lui seul")
    if field.rule is not None:
        yield from _missing(at("rule"), field.rule, known.section_titles, "règle")
    if field.decision is not None:
        yield from _missing(at("decision"), field.decision, known.decisions, "décision")


def _layout(document: Document[ModelFile], model: Model) -> Found:
    fields = ["name", *(field.key for field in model.fields)]
    for i, key in enumerate(model.shown):
        yield from _missing(document.place("model", "list", i), key, fields, "champ")
    for i, key in enumerate(model.search):
        yield from _missing(document.place("model", "search", i), key, fields, "champ")
    if model.form is None:
        return
    for i, group in enumerate(model.form.groups):
        for j, key in enumerate(group.fields):
            place = document.place("model", "form", "groups", i, "fields", j)
            yield from _missing(place, key, fields, "champ")
    for i, key in enumerate(model.form.tabs):
        yield from _missing(document.place("model", "form", "tabs", i), key, fields, "champ")


def _missing(place: Place, word: str, candidates: Collection[str], noun: str) -> Found:
    if word not in candidates:
        yield Problem(place, f"{noun} inconnu·e : « {word} »", suggest(word, candidates))


def unresolved(blueprint: Blueprint, places: Callable[[str, int], Place]) -> Found:
    """Return the conditions that name a field or relation which the models do not have."""
    for i, hook in enumerate(blueprint.hooks):
        try:
            expression(hook.requirement.holds, blueprint=blueprint, model=blueprint.model(hook.model))
        except KeyError as error:
            yield Problem(places("hooks", i), f"champ inconnu dans la condition : {error}")
    for i, lease in enumerate(blueprint.frame.leases):
        for model in blueprint.models:
            if lease.key not in model.access:
                continue
            try:
                policy([lease], blueprint=blueprint, model=model)
            except (KeyError, ValueError) as error:
                yield Problem(places("leases", i), f"condition impossible pour {model.key} : {error}")
