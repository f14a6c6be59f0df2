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
    assert set(documents) == {"assembly_report", "assembly_notice", "assembly_results", "assembly_minutes"}
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


@pytest.mark.parametrize("words", [["send", "--on", "2026-11-24"], ["render", "--out", "a.pdf"]])
def test_the_papers_of_one_assembly_come_from_the_assembly(mist, words):
    code, _, error = mist("report", *words, "--document", "assembly_minutes")
    assert code == 1
    assert "mist assembly" in error


@pytest.mark.parametrize("key", ["assembly_notice", "assembly_results", "assembly_minutes"])
def test_every_paper_can_be_previewed(mist, key):
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
