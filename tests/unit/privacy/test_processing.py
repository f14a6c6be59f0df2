"""The record of processing: complete, in one language at a time, and from the mappings alone."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from mist_connector.bylaws.tiers import Tier
from mist_connector.cli.main import mist
from mist_connector.privacy.processing import processing_record


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_model_about_people_stands_in_it_with_its_tier(mappings, language):
    text = processing_record(mappings, language)
    about = [
        model
        for model in mappings.blueprint.models
        if model.key == "person" or any(field.to == "person" for field in model.fields)
    ]
    assert {model.tier for model in about} == {Tier.REGISTER, Tier.PERSONAL, Tier.INVESTIGATION}
    for model in about:
        assert f"- {getattr(model.plural, language)} : " in text


def test_who_reads_the_personal_files_is_who_the_matrix_names(mappings):
    rows = [line for line in processing_record(mappings, "fr").splitlines() if line.startswith("| ")]
    headings = [cell.strip() for cell in rows[0].split("|")]
    [personal] = [tier.fr for tier in mappings.bylaws.tiers if tier.id is Tier.PERSONAL]
    column = headings.index(personal)
    reading = {row.split("|")[1].strip() for row in rows[1:] if "✓" in row.split("|")[column]}
    named = {
        reader.fr for reader in mappings.bylaws.matrix.readers if "read" in reader.tiers[Tier.PERSONAL].may
    }
    assert reading == named


def test_a_new_field_and_a_time_limit_show(mappings):
    retention = mappings.retention.model_copy(update={"review_after_months": 37})
    person = mappings.blueprint.model("person")
    added = person.field("phone").model_copy(update={"key": "pager", "label": person.label})
    changed = person.model_copy(update={"fields": (*person.fields, added), "plural": person.label})
    models = tuple(changed if model.key == "person" else model for model in mappings.blueprint.models)
    blueprint = mappings.blueprint.model_copy(update={"models": models})
    text = processing_record(replace(mappings, retention=retention, blueprint=blueprint), "en")
    assert "37 months" in text
    assert f"{person.label.en}" in next(line for line in text.splitlines() if line.startswith("- Person : "))
    assert "has not set" not in text


def test_english_has_no_french_label_and_french_no_english_one(mappings):
    french, english = (processing_record(mappings, language) for language in ("fr", "en"))
    assert "Données" not in english
    assert "Purposes" not in french


def test_the_command_writes_a_new_file_and_never_over_one(tmp_path):
    file = tmp_path / "registre.md"
    assert CliRunner().invoke(mist, ["privacy", "record", "--out", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("# ")
    again = CliRunner().invoke(mist, ["privacy", "record", "--out", str(file)])
    assert again.exit_code != 0
