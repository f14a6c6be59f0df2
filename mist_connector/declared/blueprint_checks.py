"""References between the blueprint's files: each leads somewhere, or is a problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from mist_connector.blueprint.compile_guards import guard_check
from mist_connector.blueprint.declaration import Blueprint, Ended, Field, FieldType, Form, Frame, Model
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
        yield from _first_seen(document, known)
        for i, key in enumerate(document.value.model.buttons):
            known_actions = [action.key for action in actions.value.actions]
            yield from _missing(document.place("model", "buttons", i), key, known_actions, "action")
    groups = [group.key for group in crm.groups]
    for i, action in enumerate(actions.value.actions):
        for j, group in enumerate(action.groups):
            place = actions.place("actions", i, "groups", j)
            if "." not in group:
                yield from _missing(place, group, groups, "groupe")
    for i, hook in enumerate(hooks.value.hooks):
        yield from _missing(hooks.place("hooks", i, "model"), hook.model, keys, "modèle")
        own = [document.value.model for document in models if document.value.model.key == hook.model]
        watched = [field.key for model in own for field in model.fields]
        for j, key in enumerate(hook.watching):
            yield from _missing(hooks.place("hooks", i, "watching", j), key, watched, "champ")
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


def _first_seen(document: Document[ModelFile], known: Known) -> Found:
    """Yield what a list is narrowed to at first and that is no choice of the model."""
    choices = {field.key: field.choices or "" for field in document.value.model.fields if field.choices}
    for key, choice in document.value.model.begins_with.items():
        place = document.key("model", "begins_with", key)
        yield from _missing(place, key, choices, "choix")
        listed = [each.id for each in known.vocabularies.get(choices.get(key, ""), ())]
        yield from _missing(place, choice, listed, "choix")


_LINKS = {FieldType.LINK, FieldType.MANY, FieldType.APART}
# What each type of field has, and no other.
_PARTS: tuple[tuple[set[FieldType], str, str], ...] = (
    ({FieldType.CHOICE}, "choices", "un champ « choice » a une liste « choices », et lui seul"),
    (_LINKS, "to", "un champ « link », « many » ou « apart » a un modèle « to », et lui seul"),
    ({FieldType.JOINED}, "joins", "un champ « joined » a des champs « joins », et lui seul"),
    ({FieldType.SHOWN}, "of", "un champ « shown » a un chemin « of », et lui seul"),
    ({FieldType.KEPT}, "kept", "un champ « kept » a des conditions « kept », et lui seul"),
)


def _field(
    document: Document[ModelFile], index: int, field: Field, keys: Sequence[str], known: Known
) -> Found:
    at: Callable[[str], Place] = lambda key: document.place("model", "fields", index, key)  # noqa: E731
    if field.to is not None and "." not in field.to:
        yield from _missing(at("to"), field.to, keys, "modèle")
    if field.choices is not None:
        yield from _missing(at("choices"), field.choices, known.vocabularies, "liste")
    for types, part, what in _PARTS:
        # A choice may follow another (`of`), as a shown field does.
        if (field.type in types) != bool(getattr(field, part)) and (part, field.type) != (
            "of",
            FieldType.CHOICE,
        ):
            yield Problem(at("type"), what)
    if field.ended is not None:
        yield from _ended(at("ended"), field, field.ended, known)
    if field.rule is not None:
        yield from _missing(at("rule"), field.rule, known.section_titles, "règle")
    if field.decision is not None:
        yield from _missing(at("decision"), field.decision, known.decisions, "décision")


def _ended(place: Place, field: Field, ended: Ended, known: Known) -> Found:
    yield from _missing(place, ended.rule, known.section_titles, "règle")
    choices = [choice.id for choice in known.vocabularies.get(field.choices or "", ())]
    if field.type is FieldType.CHOICE and ended.becomes not in choices:
        yield Problem(place, "« becomes » est un choix de la liste", suggest(ended.becomes or "", choices))
    if (field.type, ended.becomes) != (FieldType.DATE, None) and field.type is not FieldType.CHOICE:
        yield Problem(place, "une date finit sans « becomes » ; un choix en devient un autre")


def _layout(document: Document[ModelFile], model: Model) -> Found:
    fields = ["name", *(field.key for field in model.fields)]
    for where, keys in (
        ("list", model.shown),
        ("search", model.search),
        ("sort", [key.removeprefix("-") for key in model.sort]),
    ):
        for i, key in enumerate(keys):
            yield from _missing(document.place("model", where, i), key, fields, "champ")
    for key in model.tones:
        yield from _missing(document.key("model", "tones", key), key, fields, "champ")
    for field in (field for field in model.fields if field.joins):
        place = document.place("model", "fields", model.fields.index(field), "joins")
        for key in (key for group in field.joins for key in group):
            yield from _missing(place, key, fields, "champ")
    if model.form is not None:
        yield from _form(document, model.form, fields)


def _form(document: Document[ModelFile], form: Form, fields: Sequence[str]) -> Found:
    for where, named in (("status", form.status), ("title", form.title)):
        if named is not None:
            yield from _missing(document.place("model", "form", where), named, fields, "champ")
    for i, group in enumerate(form.groups):
        for j, key in enumerate(group.fields):
            place = document.place("model", "form", "groups", i, "fields", j)
            yield from _missing(place, key, fields, "champ")
    for where, listed in (("tabs", form.tabs), ("told", form.told)):
        for i, key in enumerate(listed):
            yield from _missing(document.place("model", "form", where, i), key, fields, "champ")


def _missing(place: Place, word: str, candidates: Collection[str], noun: str) -> Found:
    if word not in candidates:
        yield Problem(place, f"{noun} inconnu·e : « {word} »", suggest(word, candidates))


def unresolved(blueprint: Blueprint, places: Callable[[str, int], Place]) -> Found:
    """Return the conditions that name a field or relation which the models do not have."""
    for i, hook in enumerate(blueprint.hooks):
        try:
            guard_check("True", hook.requirement, blueprint, blueprint.model(hook.model))
        except (KeyError, ValueError) as error:
            yield Problem(places("hooks", i), f"champ inconnu dans la condition : {error}")
    for i, lease in enumerate(blueprint.frame.leases):
        for model in blueprint.models:
            if lease.key not in model.access:
                continue
            try:
                policy([lease], blueprint=blueprint, model=model)
            except (KeyError, ValueError) as error:
                yield Problem(places("leases", i), f"condition impossible pour {model.key} : {error}")
