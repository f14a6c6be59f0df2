"""The guide of the team: each word that it quotes from the screen is there, and so is each picture."""

from __future__ import annotations

import re
from pathlib import Path

from mist_connector.blueprint.declaration import Blueprint

DOCS = Path(__file__).parents[3] / "docs"
GUIDE = DOCS / "equipe.md"
# The CRM's own words, or what somebody types.
NOT_OURS = {"gly inv"}


def on_screen(blueprint: Blueprint) -> set[str]:
    """Return every label and sentence that our pages show, in French."""
    models = blueprint.models
    said = [text for model in models for text in (model.label, model.plural)]
    said += [field.label for model in models for field in model.fields]
    said += [choice.label for choices in blueprint.vocabularies.values() for choice in choices]
    said += [each.label for model in models for each in model.filters]
    said += [
        each.label for each in (*blueprint.actions, *blueprint.acts, *blueprint.picks, *blueprint.frame.menus)
    ]
    said += [text for act in blueprint.acts for text in (act.does, act.done)]
    said += [one.label for pick in blueprint.picks for one in pick.recorded]
    return {text.fr for text in said}


def test_each_word_that_the_guide_quotes_is_on_the_screen(mappings):
    text = " ".join(GUIDE.read_text().split())
    quoted = set(re.findall(r"« (.*?) »", text)) - NOT_OURS
    assert len(quoted) > 30
    assert sorted(quoted - on_screen(mappings.blueprint)) == []


def test_each_picture_of_the_guide_is_there_and_no_other():
    shown = set(re.findall(r"\]\(equipe/([\w-]+\.png)\)", GUIDE.read_text()))
    assert shown == {path.name for path in (DOCS / "equipe").glob("*.png")}
