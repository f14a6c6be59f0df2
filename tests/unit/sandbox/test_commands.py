"""A program that fails says why; one that works is followed line by line."""

import pytest

from mist_connector.errors import SandboxError
from mist_connector.sandbox import commands
from mist_connector.sandbox.template import _Modules


def test_what_a_program_prints_is_returned():
    assert commands.run(["cat"], purpose="lire", stdin="bonjour") == "bonjour"


def test_a_failure_names_the_purpose_and_the_programs_last_words():
    with pytest.raises(SandboxError, match=r"Échec : essayer\.\nau secours"):
        commands.run(["sh", "-c", "echo au secours >&2; exit 3"], purpose="essayer")


def test_each_line_is_handed_on_as_it_comes():
    lines = []
    commands.follow(["cat"], purpose="suivre", line=lines.append, stdin="un\ndeux\n")
    assert lines == ["un\n", "deux\n"]


def test_a_failure_of_a_followed_program_shows_only_the_end_of_what_it_said():
    script = "for i in $(seq 50); do echo line $i; done; exit 1"
    with pytest.raises(SandboxError) as failure:
        commands.follow(["sh", "-c", script], purpose="suivre", line=lambda _line: None)
    assert "line 50" in failure.value.what
    assert "line 20\n" not in failure.value.what


def test_a_missing_program_is_named_with_what_to_do():
    with pytest.raises(SandboxError, match="aucun-tel-programme") as refusal:
        commands.require("aucun-tel-programme", todo="Installez-le.")
    assert refusal.value.todo == "Installez-le."


def test_the_progress_of_a_database_is_read_from_the_log_of_odoo():
    class Reporter:
        def progress(self, _label, done, total):
            seen.append((done, total))

    seen = []
    counter = _Modules(Reporter())
    for line in ("Loading module base (1/1)", "Loading module rpc (2/36)", "loading rpc/data.xml"):
        counter(f"2026-01-01 00:00:00,000 1 INFO x odoo.modules.loading: {line} \n")
    assert seen == [(2, 36)]
