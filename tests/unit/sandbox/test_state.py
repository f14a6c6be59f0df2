"""What a sandbox remembers is whole, private, and survives nonsense."""

from dataclasses import replace

import pytest

from mist_connector.sandbox import state
from mist_connector.sandbox.state import State

SOME = State(
    source="/somewhere",
    template="template_0",
    port=1,
    mail_port=2,
    password="invented-password",  # noqa: S106 - invented
    api_key="invented-key",
    server_secret="invented-secret",  # noqa: S106 - invented
)


def test_what_was_written_is_read(tmp_path):
    state.write(tmp_path / "new", SOME)
    assert state.read(tmp_path / "new") == SOME


def test_the_last_one_written_counts(tmp_path):
    state.write(tmp_path, SOME)
    state.write(tmp_path, replace(SOME, port=3))
    assert state.read(tmp_path).port == 3


def test_nobody_else_may_read_it(tmp_path):
    state.write(tmp_path, SOME)
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o600]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"port": 1}', "null", "\u0000"])
def test_a_broken_file_or_one_of_another_version_is_as_none(tmp_path, text):
    (tmp_path / "state.json").write_text(text)
    assert state.read(tmp_path) is None


def test_a_write_that_was_killed_halfway_is_no_obstacle(tmp_path):
    (tmp_path / "state.partial").write_text("{")
    state.write(tmp_path, SOME)
    assert state.read(tmp_path) == SOME


def test_its_printed_form_shows_no_secret():
    assert "invented" not in repr(SOME)
