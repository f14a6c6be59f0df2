"""`mist report` as a person types it, without any CRM."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

import pytest

from mist_connector.documents.catalogue import CONTENTS


@pytest.fixture
def mist(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
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
def templates(tmp_path):
    return Path(shutil.copytree(str(files("mist_connector.templates")), tmp_path / "modeles"))


def test_list_names_each_document_with_its_audience(mist):
    code, out, _ = mist("report", "list", "--json")
    documents = {document["id"]: document for document in json.loads(out)}
    assert code == 0
    assert set(documents) == set(CONTENTS)
    assert documents["assembly_report"]["audience"] == "members"
    assert "assembly_report" in mist("report", "list")[1]


@pytest.mark.parametrize(("language", "title"), [("fr", "Rapport à"), ("en", "Report to")])
def test_preview_writes_a_file_that_only_its_owner_reads(mist, language, title):
    words = ("--document", "assembly_report", "--language", language, "--no-open", "--json")
    code, out, _ = mist("report", "preview", *words)
    told = json.loads(out)
    page = Path(told["file"])
    assert code == 0
    assert told["opened"] is False
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert title in page.read_text(encoding="utf-8")


def test_a_changed_wording_shows_in_the_preview(mist, templates):
    page = templates / "assembly_report" / "fr.html.j2"
    page.write_text(page.read_text(encoding="utf-8").replace("Bonjour,", "Chères toutes,"), encoding="utf-8")
    words = ("--document", "assembly_report", "--templates", str(templates), "--no-open", "--json")
    code, out, _ = mist("report", "preview", *words)
    assert code == 0
    assert "Chères toutes," in Path(json.loads(out)["file"]).read_text(encoding="utf-8")


BROKEN = {
    "{{ statuts }}": "valeur inconnue « statuts »",
    "{% if total %}": "écriture Jinja incorrecte",
    "<script>x()</script>": "élément interdit",
}


@pytest.mark.parametrize("added", BROKEN)
@pytest.mark.parametrize("verb", ["preview", "send", "render"])
def test_a_broken_template_is_told_with_its_line_before_anything_else(mist, templates, verb, added):
    page = templates / "assembly_report" / "en.html.j2"
    lines = page.read_text(encoding="utf-8").splitlines()
    page.write_text("\n".join([*lines[:6], added, *lines[6:]]), encoding="utf-8")
    own = {
        "preview": ["--no-open"],
        "send": ["--on", "2026-11-24", "--yes"],
        "render": ["--out", str(templates / "a.html")],
    }[verb]
    code, out, error = mist(
        "report", verb, "--document", "assembly_report", "--templates", str(templates), *own
    )
    assert (code, out) == (1, "")
    assert "assembly_report/en.html.j2:" in error
    assert BROKEN[added] in error


def test_exported_templates_are_checked_as_those_delivered(mist, tmp_path):
    folder = tmp_path / "a" / "modeles"
    assert mist("report", "templates", "export", str(folder))[0] == 0
    code, out, _ = mist("report", "templates", "check", "--templates", str(folder), "--json")
    assert (code, json.loads(out)["documents"]) == (0, len(CONTENTS))
    (folder / "active_card" / "fr.html.j2").write_text("{{ number.x }}", encoding="utf-8")
    (folder / "programme" / "en.html.j2").write_text("<p>{% if %}", encoding="utf-8")
    code, _, error = mist("report", "templates", "check", "--templates", str(folder))
    assert code == 1
    assert "active_card/fr.html.j2:1:" in error
    assert "programme/en.html.j2:1:" in error


def test_templates_are_never_written_over_others(mist, templates):
    code, _, error = mist("report", "templates", "export", str(templates))
    assert code == 1
    assert "n’est pas vide" in error


def test_a_text_of_the_bylaws_cannot_be_left_out_of_a_document_that_must_show_it(mist, templates):
    page = templates / "membership_form" / "fr.html.j2"
    words = page.read_text(encoding="utf-8").replace("{{ line.words }}", "…")
    page.write_text(words, encoding="utf-8")
    code, _, error = mist("report", "templates", "check", "--templates", str(templates))
    assert code == 1
    assert "ne montre pas ce texte" in error


def test_an_unknown_document_names_the_nearest(mist):
    code, _, error = mist("report", "preview", "--document", "assembly_reprot", "--no-open")
    assert code == 1
    assert "vouliez-vous dire « assembly_report » ?" in error


def test_render_writes_pdf_html_or_text_only(mist, tmp_path):
    code, _, error = mist(
        "report", "render", "--document", "assembly_report", "--out", str(tmp_path / "a.docx")
    )
    assert code == 1
    assert ".html" in error


def test_the_papers_of_one_assembly_are_sent_from_the_assembly(mist):
    code, _, error = mist("report", "send", "--document", "assembly_minutes", "--on", "2026-11-24")
    assert code == 1
    assert "mist assembly" in error


@pytest.mark.parametrize("key", ["attendance_sheet", "farewell_letter"])
def test_a_printed_document_is_never_sent(mist, key):
    code, _, error = mist("report", "send", "--document", key, "--on", "2026-11-24", "--yes")
    assert code == 1
    assert "ne part jamais par courriel" in error


def test_a_blank_form_is_written_without_any_crm(mist, tmp_path):
    file = tmp_path / "formulaire.pdf"
    code, out, _ = mist("report", "render", "--document", "membership_form", "--out", str(file))
    assert (code, str(file) in out) == (0, True)
    assert file.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("key", ["assembly_minutes", "activity_report"])
def test_a_document_can_be_previewed(mist, key):
    code, out, _ = mist("report", "preview", "--document", key, "--no-open", "--json")
    assert code == 0
    assert "<h1>" in Path(json.loads(out)["file"]).read_text(encoding="utf-8")


def test_send_wants_a_day(mist):
    assert mist("report", "send", "--document", "assembly_report")[0] == 1
    code, _, error = mist("report", "send", "--document", "assembly_report", "--on", "hier")
    assert code == 1
    assert "2026-11-24" in error


def test_without_a_profile_nothing_is_sent_and_what_to_do_is_told(mist):
    code, _, error = mist("report", "send", "--document", "assembly_report", "--on", "2026-11-24", "--yes")
    assert code == 1
    assert "mist init" in error
