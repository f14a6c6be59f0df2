"""Law 4: what a rule rests on can be filled in by whoever must, and stands where the sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, Model, Operation
from mist_connector.blueprint.triggers import columns_of
from mist_connector.blueprint.view_form import filled_in, in_place, known_here, plain_form
from mist_connector.conditions.forms import Form

COMMON = {
    "sessions": "session",
    "suggestions": "suggestion",
    "publications": "publication",
    "assemblies": "assembly",
    "items": "item",
    "alerts": "alert",
    "association": "association",
}
TEAM = ("staff", "direction")
QUOTED = re.compile(r"«\s*(.*?)\s*»|“(.*?)”")
PLACES = re.compile(r"\(([A-ZÀÉ][^()«»“”]*)\)")
TAB = re.compile(r"\((?:onglet|tab) ([^()]*)\)")
DECISION = re.compile(r"Q\d\d")


@dataclass(frozen=True)
class Screen:
    """What each group comes to: the windows of the menu, and the tabs and dialogs behind them."""

    blueprint: Blueprint

    def may(self, group: str, model: Model, *operations: Operation) -> bool:
        leases = [lease for lease in self.blueprint.frame.leases if lease.group == group and lease.holds]
        return any({*operations} & {*model.access.get(lease.key, ())} for lease in leases)

    def reached(self, group: str) -> set[str]:
        """Return the models whose records a group comes to, from the menu on."""
        models = self.blueprint.models
        found = {each.key for each in models if each.menu and self.may(group, each, Operation.READ)}
        while True:
            behind = {
                each.field(tab).to or ""
                for each in models
                if each.key in found and each.form
                for tab in each.form.tabs
            }
            more = {key for key in behind - found if self.may(group, self.model(key), Operation.READ)}
            if not more:
                return found
            found |= more

    def model(self, key: str) -> Model:
        return self.blueprint.model(key)

    def filled_in_at(self, group: str, model: Model) -> set[str]:
        """Return the fields of a model that a group can fill in somewhere."""
        if not self.may(group, model, Operation.WRITE, Operation.CREATE):
            return set()
        found: set[str] = set()
        reached = self.reached(group)
        written = set(filled_in(model))
        on_form = {key for part in (model.form or plain_form(model)).groups for key in part.fields}
        if model.menu is not None and self.may(group, model, Operation.READ):
            found |= on_form & written
        for holder in (self.model(key) for key in reached):
            tabs = [holder.field(tab) for tab in holder.form.tabs] if holder.form else []
            if any(tab.to == model.key for tab in tabs):
                known = known_here(holder, model)
                opens = not in_place(model, known) or (model.form and model.form.tabs)
                shown = on_form if opens else set(model.shown)
                found |= (shown & written) | {holder.key}
            offered = [act for act in self.blueprint.acts if act.key in holder.buttons]
            for act in (act for act in offered if act.opens == model.key and group in act.groups):
                found |= {*act.asks, *act.filled, *act.given} - {*act.told}
        if model.buttons and model.form:
            found |= {*model.form.told, model.form.status or ""}
        return found


def as_the_engine_sees(blueprint: Blueprint) -> Blueprint:
    """Return the blueprint with everything on the association, as conditions of the engine name it."""
    whole = blueprint.model("association")
    lists = [
        Field(key=key, type=FieldType.MANY, to=to, label=whole.label)
        for key, to in COMMON.items()
        if key != "association"
    ]
    more = whole.model_copy(update={"fields": (*whole.fields, *lists)})
    models = tuple(more if each is whole else each for each in blueprint.models)
    return blueprint.model_copy(update={"models": models})


def rested_on(mappings) -> Iterator[tuple[str, Form, Model]]:
    """Yield every condition of the bylaws with what it is called and the model that it is asked of."""
    blueprint = as_the_engine_sees(mappings.blueprint)
    person = blueprint.model("person")
    for status in mappings.provisions.statuses:
        for requirement in status.requires:
            yield f"status {status.id}, {requirement.rule}", requirement.holds, person
    for hook in blueprint.hooks:
        parts = (hook.requirement.holds, hook.requirement.when)
        yield from ((f"hook {hook.key}", part, blueprint.model(hook.model)) for part in parts if part)
    for each in mappings.provisions.expectations:
        key = COMMON.get(each.of or "") or (person.field(each.of).to if each.of else "person")
        parts = (each.holds, each.when)
        yield from ((f"expectation {each.id}", part, blueprint.model(key)) for part in parts if part)


def fields_of(condition: Form, blueprint: Blueprint, model: Model) -> Iterator[tuple[str, str]]:
    """Yield the model and the key of each field that a condition looks at."""
    for column in columns_of(condition, blueprint, model):
        here = model
        for name in column.split("."):
            if name == "x_association_id":
                here = blueprint.model("association")
                continue
            field = next(each for each in here.fields if each.column == name)
            if field.type is not FieldType.MANY:
                yield here.key, field.key
            if field.to is not None and "." not in field.to:
                here = blueprint.model(field.to)


def out_of_reach(mappings, blueprint: Blueprint) -> list[str]:
    """Return the fields that rules rest on, that people write, and that nobody of the team can fill in."""
    screen, found = Screen(blueprint), set()
    reach = {
        model.key: set().union(*(screen.filled_in_at(group, model) for group in TEAM))
        for model in blueprint.models
    }
    for name, condition, model in rested_on(mappings):
        for key, field in fields_of(condition, as_the_engine_sees(blueprint), model):
            of = blueprint.model(key)
            by_people = any(screen.may(group, of, Operation.WRITE, Operation.CREATE) for group in TEAM)
            typed = field in filled_in(of) and of.field(field).choices != "statuses"
            if by_people and typed and field not in reach[key]:
                found.add(f"{name}: {key}.{field}")
    return sorted(found)


def test_every_field_that_a_rule_rests_on_can_be_filled_in_by_somebody_of_the_team(mappings):
    assert out_of_reach(mappings, mappings.blueprint) == []


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("exclusion", "ground"),
        ("exclusion", "voted_on"),
        ("investigation", "heard_on"),
        ("person", "applied_on"),
    ],
)
def test_a_field_that_goes_from_a_form_is_noticed(mappings, model, field):
    before = mappings.blueprint
    one = before.model(model)
    groups = tuple(
        part.model_copy(update={"fields": tuple(key for key in part.fields if key != field)})
        for part in one.form.groups
    )
    without = one.model_copy(update={"form": one.form.model_copy(update={"groups": groups})})
    models = tuple(without if each is one else each for each in before.models)
    missing = out_of_reach(mappings, before.model_copy(update={"models": models}))
    assert any(each.endswith(f"{model}.{field}") for each in missing)


def test_every_field_that_somebody_fills_in_in_a_tab_is_in_its_rows_or_in_their_dialog(mappings):
    """The three of S6 and S7, and whatever else a list is too narrow for."""
    screen = Screen(mappings.blueprint)
    for model in mappings.blueprint.models:
        if not any(screen.may(group, model, Operation.WRITE) for group in TEAM):
            continue
        reached = set().union(*(screen.filled_in_at(group, model) for group in TEAM))
        left = set(filled_in(model)) - reached
        kept = {
            field.key for field in model.fields if field.choices == "statuses" or field.to == "res.partner"
        }
        assert left <= kept, (model.key, left)


def sentences(mappings) -> Iterator[tuple[str, str]]:
    for status in mappings.provisions.statuses:
        for requirement in status.requires:
            yield f"status {status.id}", requirement.otherwise
    for hook in mappings.blueprint.hooks:
        yield f"hook {hook.key}", hook.requirement.otherwise
    for each in (*mappings.provisions.expectations, *mappings.provisions.checks, *mappings.sync.checks):
        yield f"check {each.id}", each.mend


def labels(blueprint: Blueprint, language: str) -> set[str]:
    models = blueprint.models
    said = [text for model in models for text in (model.label, model.plural)]
    said += [field.label for model in models for field in model.fields]
    said += [choice.label for choices in blueprint.vocabularies.values() for choice in choices]
    said += [each.label for each in (*blueprint.actions, *blueprint.acts, *blueprint.frame.menus)]
    said += [act.does for act in blueprint.acts]
    return {getattr(text, language) for text in said} | {"MIST"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_sentence_names_is_found_under_exactly_that_label(mappings, language):
    known = labels(mappings.blueprint, language)
    person = mappings.blueprint.model("person")
    tabs = {getattr(person.field(key).label, language) for key in person.form.tabs}
    wrong = []
    for name, text in sentences(mappings):
        said = getattr(text, language)
        for quoted in (one or other for one, other in QUOTED.findall(said)):
            wrong += [(name, quoted)] * (quoted not in known and not quoted.startswith("mist "))
        wrong += [(name, tab) for tab in TAB.findall(said) if tab not in tabs]
        for places in PLACES.findall(said):
            parts = [part for part in places.split(", ") if not DECISION.fullmatch(part)]
            wrong += [(name, part) for part in parts if part[:1].isupper() and part not in known]
    assert wrong == []
