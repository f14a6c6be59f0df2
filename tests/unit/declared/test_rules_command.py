import json
import re
import shutil
import sys
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest

from mist_connector.declared.file_kinds import file_kinds


@pytest.fixture
def mist(capsys, monkeypatch):
    (entry,) = entry_points(group="console_scripts", name="mist")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["mist", *arguments])
        with pytest.raises(SystemExit) as ended:
            entry.load()()
        captured = capsys.readouterr()
        plain = (text.replace("\N{NO-BREAK SPACE}", " ") for text in captured)
        return (ended.value.code, *plain)

    return run


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(str(files("mist_connector.mappings")), tmp_path / "regles"))


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_list_filters_by_level_section_and_state(mist):
    code, out, _ = mist(
        "rules",
        "list",
        "--level",
        "block",
        "--section",
        "confidentialite",
        "--state",
        "implemented",
        "--json",
    )
    ids = {rule["id"] for rule in json.loads(out)}
    assert code == 0
    assert {"C02", "C03"} <= ids
    assert not ids & {"C01", "C09", "X04"}


def test_list_prints_every_rule(mist):
    code, out, _ = mist("rules", "list")
    assert code == 0
    assert "145 règles sur 145." in out


def test_list_refuses_a_section_that_does_not_exist_and_names_the_nearest(mist):
    code, out, error = mist("rules", "list", "--section", "delegue")
    assert (code, out) == (1, "")
    assert "vouliez-vous dire « delegues » ?" in error


def test_show_tells_the_rule_in_the_language_that_is_spoken_with_its_decisions(mist):
    code, out, _ = mist("rules", "show", "m07")
    assert code == 0
    assert "M07 — Une nouvelle" in out
    assert "A new member" not in out
    assert "Devenir membre [devenir-membre]" in out
    assert "Décision Q02 (ouverte)" in out
    assert "En vigueur : Adhésion immédiate" in out


def test_show_prints_the_text_that_gives_a_rule_effect(mist):
    _, out, _ = mist("rules", "show", "V01")
    assert "form_text:value_generosity" in out
    assert "Texte affiché : « Générosité." in out


def test_show_as_json_holds_the_answer_in_force(mist):
    _, out, _ = mist("rules", "show", "C08", "--json")
    rule = json.loads(out)
    assert rule["section"] == "confidentialite"
    assert rule["decisions"][0]["numbers"] == {"validity_months": 12}
    assert rule["decisions"][0]["open"] is True


def test_show_suggests_the_rule_that_was_meant(mist):
    code, _, error = mist("rules", "show", "DEL111")
    assert code == 1
    assert "Règle inconnue : « DEL111 »." in error
    assert "vouliez-vous dire « DEL11 » ?" in error


def test_coverage_holds_for_the_delivered_rules(mist):
    code, out, _ = mist("rules", "coverage", "--json")
    covered = json.loads(out)
    assert code == 0
    assert covered["holds"] is True
    assert sum(covered["counts"].values()) == 145
    assert covered["counts"]["missing"] == covered["counts"]["dangling"] == 0


def test_coverage_fails_on_a_rule_without_effect_and_on_a_reference_that_leads_nowhere(mist, folder):
    change(folder / "rules/missions.yaml", "ref: four_missions", "ref: four_mission")
    change(folder / "texts.yaml", "id: four_missions\n", "id: five_missions\n")
    change(folder / "texts.yaml", "rule: V06", "rule: V05")
    code, _, error = mist("rules", "coverage", "--mappings", str(folder))
    assert code == 1
    assert "five_missions" in error
    shutil.rmtree(folder / "rules")
    code, _, error = mist("rules", "coverage", "--mappings", str(folder))
    assert code == 1
    assert "fichier manquant" in error


def test_coverage_exits_1_and_says_which_reference_leads_nowhere(mist, folder):
    change(folder / "rules/vision.yaml", "      - {kind: form_text, ref: bylaws_author}\n",
           "      - {kind: form_text, ref: bylaws_author}\n      - {kind: hook, ref: nowhere}\n")  # fmt: skip
    code, out, _ = mist("rules", "coverage", "--mappings", str(folder))
    assert code == 1
    assert re.search(r"R01\s+INFO\s+renvoi perdu", out)
    assert "renvoi perdu : 1." in out


def test_coverage_exits_1_for_a_rule_that_nothing_implements(mist, folder):
    change(
        folder / "rules/delegues.yaml",
        "    implemented_by:\n      - {kind: reminder, ref: not_presented}\n"
        "      - {kind: assembly, ref: items.delegates}\n",
        "",
    )
    code, out, _ = mist("rules", "coverage", "--mappings", str(folder), "--json")
    assert code == 1
    assert json.loads(out)["counts"]["missing"] == 1


def test_every_problem_of_a_folder_is_told_at_once_with_its_place(mist, folder):
    change(folder / "rules/vision.yaml", "level: INFO", "level: INFOS")
    change(folder / "tiers.yaml", "id: public", "idd: public")
    code, out, error = mist("rules", "list", "--mappings", str(folder))
    assert (code, out) == (1, "")
    assert re.search(
        r"regles/rules/vision\.yaml:6:12: valeur inconnue « INFOS » — vouliez-vous dire « INFO » \?", error
    )
    assert re.search(r"regles/tiers\.yaml:4:5: clé inconnue « idd » — vouliez-vous dire « id » \?", error)


def test_a_file_that_is_no_text_is_refused_at_its_place(mist, folder):
    (folder / "tiers.yaml").write_bytes("tiers:\n  - é".encode() + b"\xff\n")
    code, _, error = mist("rules", "list", "--mappings", str(folder))
    assert code == 1
    assert "regles/tiers.yaml:2:6: ce n’est pas du texte UTF-8" in error


def test_schemas_are_listed_printed_and_written_for_each_kind_of_file(mist, tmp_path):
    _, out, _ = mist("rules", "schema")
    assert all(kind in out for kind in file_kinds())
    _, out, _ = mist("rules", "schema", "rules")
    schema = json.loads(out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == {"section", "rules"}
    code, _, _ = mist("rules", "schema", "--out", str(tmp_path / "schemas"))
    assert code == 0
    assert {path.name for path in (tmp_path / "schemas").iterdir()} == {
        f"{kind}.schema.json" for kind in file_kinds()
    }


def test_an_unknown_kind_of_schema_is_refused_with_a_suggestion(mist):
    code, _, error = mist("rules", "schema", "rule")
    assert code == 1
    assert "vouliez-vous dire « rules » ?" in error
