"""References between the blueprint's files: each leads somewhere, or is a problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from mist_connector.blueprint.declaration import Ended, Field, FieldType, Frame, Model
from mist_connector.blueprint.screen import Form
from mist_connector.errors import Place, Problem

from .blueprint_shapes import ActionsFile, ActsFile, FrameFile, HooksFile, Known, ModelFile
from .reading import Document, suggest

Found = Iterator[Problem]


def cross_checks(
    frame: Document[FrameFile],
    buttons: tuple[Document[ActionsFile], Document[ActionsFile], Document[ActsFile]],
    hooks: Document[HooksFile],
    models: Sequence[Document[ModelFile]],
    known: Known,
) -> Found:
    """Return every reference that leads nowhere."""
    crm = frame.value.crm
    machinery, actions, acts = buttons
    offered = [action.key for each in (machinery, actions) for action in each.value.actions]
    offered += [act.key for act in acts.value.acts]
    offered += [pick.key for pick in acts.value.picks]
    keys = [document.value.model.key for document in models]
    yield from _frame(frame, known)
    for document in models:
        yield from _model(document, crm, keys, known)
        yield from _first_seen(document, known)
        yield from _buttons(document, offered)
    groups = [group.key for group in crm.groups]
    for each in (machinery, actions):
        yield from _actions(each, [*groups, *crm.hands], keys)
    yield from _acts(acts, keys, groups, known)
    statuses = [status.id for status in known.statuses]
    for i, pick in enumerate(acts.value.picks):
        for j, status in enumerate(pick.without):
            yield from _missing(acts.place("picks", i, "without", j), status, statuses, "statut")
    for i, hook in enumerate(hooks.value.hooks):
        yield from _missing(hooks.place("hooks", i, "model"), hook.model, keys, "modèle")
        own = [document.value.model for document in models if document.value.model.key == hook.model]
        watched = [field.key for model in own for field in model.fields]
        for j, key in enumerate(hook.watching):
            yield from _missing(hooks.place("hooks", i, "watching", j), key, watched, "champ")
        rule_place = hooks.place("hooks", i, "requirement", "rule")
        yield from _missing(rule_place, hook.requirement.rule, known.section_titles, "règle")


def _actions(document: Document[ActionsFile], groups: Sequence[str], keys: Sequence[str]) -> Found:
    for i, action in enumerate(document.value.actions):
        if "." not in action.model:
            yield from _missing(document.place("actions", i, "model"), action.model, keys, "modèle")
        for j, group in enumerate(action.groups):
            if "." not in group:
                yield from _missing(document.place("actions", i, "groups", j), group, groups, "groupe")


def _acts(acts: Document[ActsFile], keys: Sequence[str], groups: Sequence[str], known: Known) -> Found:
    for i, act in enumerate(acts.value.acts):
        yield from _missing(acts.place("acts", i, "opens"), act.opens, keys, "modèle")
        yield from _missing(acts.place("acts", i, "rule"), act.rule, known.section_titles, "règle")
        for j, group in enumerate(act.groups):
            yield from _missing(acts.place("acts", i, "groups", j), group, groups, "groupe")


def _buttons(document: Document[ModelFile], offered: Sequence[str]) -> Found:
    form = document.value.model.form
    for tab, keys in form.acts.items() if form else ():
        place = document.key("model", "form", "acts", tab)
        yield from _missing(place, tab, form.tabs if form else (), "onglet")
        for key in keys:
            yield from _missing(place, key, offered, "action")
    for where in ("buttons", "rows"):
        for i, key in enumerate(getattr(document.value.model, where)):
            yield from _missing(document.place("model", where, i), key, offered, "action")


def _frame(frame: Document[FrameFile], known: Known) -> Found:
    groups = [group.key for group in frame.value.crm.groups]
    for hand, held in frame.value.crm.hands.items():
        for i, group in enumerate(held):
            yield from _missing(frame.place("crm", "hands", hand, i), group, groups, "groupe")
    because = frame.value.crm.because
    named = [("secrecy", because.secrecy), ("functions", because.functions)]
    named += [(part, each) for part in ("leases", "terms") for each in getattr(because, part)]
    for part, rule in named:
        yield from _missing(frame.place("crm", "because", part), rule, known.section_titles, "règle")
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
    yield from _layout(document, model, known)


def _first_seen(document: Document[ModelFile], known: Known) -> Found:
    """Yield what a list is narrowed to, or a new record starts as, and that is no choice of the model."""
    model = document.value.model
    choices = {field.key: field.choices or "" for field in model.fields if field.choices}
    firsts = [("begins_with", *each) for each in model.begins_with.items()]
    for part, key, choice in [*firsts, *(("starts_as", *each) for each in model.starts_as.items())]:
        place = document.key("model", part, key)
        yield from _missing(place, key, choices, "choix")
        listed = [each.id for each in known.vocabularies.get(choices.get(key, ""), ())]
        yield from _missing(place, choice, listed, "choix")


# What may tell records apart: values that people enter, none that the CRM shows or joins.
_TOLD_APART = {
    FieldType.TEXT,
    FieldType.DATE,
    FieldType.FLAG,
    FieldType.NUMBER,
    FieldType.CHOICE,
    FieldType.LINK,
}
_LINKS = {FieldType.LINK, FieldType.MANY, FieldType.APART}
# What each type of field has, and no other.
_PARTS: tuple[tuple[set[FieldType], str, str], ...] = (
    ({FieldType.CHOICE}, "choices", "un champ « choice » a une liste « choices », et lui seul"),
    (_LINKS, "to", "un champ « link », « many » ou « apart » a un modèle « to », et lui seul"),
    ({FieldType.JOINED}, "joins", "un champ « joined » a des champs « joins », et lui seul"),
    ({FieldType.FOLDED}, "folds", "un champ « folded » a des champs « folds », et lui seul"),
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
    if field.first is not None:
        statuses = [choice.id for choice in known.vocabularies.get("statuses", ())]
        for status in field.first.status:
            yield from _missing(at("first"), status, statuses, "statut")
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


def _layout(document: Document[ModelFile], model: Model, known: Known) -> Found:
    fields = ["name", *(field.key for field in model.fields)]
    for where, keys in (
        ("list", model.shown),
        ("search", model.search),
        ("cards", model.cards),
        ("sort", [key.removeprefix("-") for key in model.sort]),
    ):
        for i, key in enumerate(keys):
            yield from _missing(document.place("model", where, i), key, fields, "champ")
    stored = ["name", *(field.key for field in model.fields if field.type in _TOLD_APART)]
    for i, key in enumerate(model.identity):
        yield from _missing(document.place("model", "identity", i), key, stored, "champ qui distingue")
    for key in model.tones:
        yield from _missing(document.key("model", "tones", key), key, fields, "champ")
        yield from _tones(document, key, known)
    for field in (field for field in model.fields if field.joins):
        place = document.place("model", "fields", model.fields.index(field), "joins")
        for key in (key for group in field.joins for key in group):
            yield from _missing(place, key, fields, "champ")
    for i, field in enumerate(model.fields):
        for key in field.folds:
            yield from _missing(document.place("model", "fields", i, "folds"), key, fields, "champ")
    if model.form is not None:
        yield from _form(document, model.form, fields)


def _tones(document: Document[ModelFile], key: str, known: Known) -> Found:
    """Yield the colours of choices that there are not."""
    model = document.value.model
    listed = next((field.choices for field in model.fields if field.key == key), None)
    choices = [choice.id for choice in known.vocabularies.get(str(listed), ())]
    for choice in model.tones[key]:
        yield from _missing(document.key("model", "tones", key, choice), choice, choices, "choix")


def _form(document: Document[ModelFile], form: Form, fields: Sequence[str]) -> Found:
    for where, named in (("status", form.status), ("title", form.title)):
        if named is not None:
            yield from _missing(document.place("model", "form", where), named, fields, "champ")
    for i, group in enumerate(form.groups):
        for j, key in enumerate(group.fields):
            place = document.place("model", "form", "groups", i, "fields", j)
            yield from _missing(place, key, fields, "champ")
    for where, listed in (("tabs", form.tabs), ("told", form.told), ("quiet", form.quiet)):
        for i, key in enumerate(listed):
            yield from _missing(document.place("model", "form", where, i), key, fields, "champ")


def _missing(place: Place, word: str, candidates: Collection[str], noun: str) -> Found:
    if word not in candidates:
        yield Problem(place, f"{noun} inconnu·e : « {word} »", suggest(word, candidates))
