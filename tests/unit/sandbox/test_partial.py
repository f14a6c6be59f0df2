"""A directory is complete or not there, whenever the work is killed."""

import subprocess
import sys

import pytest

from mist_connector.sandbox.partial import finished, partial_directory

KILLED_HALFWAY = """
import os, signal, sys
from pathlib import Path
from mist_connector.sandbox.partial import partial_directory
with partial_directory(Path(sys.argv[1])) as workshop:
    (workshop / "half").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def fill(parent, name):
    with partial_directory(parent) as workshop:
        (workshop / "made").mkdir()
        (workshop / "made/file").write_text("whole")
        (workshop / "made").rename(parent / name)


def fail_halfway(parent):
    with partial_directory(parent) as workshop:
        (workshop / "half").write_text("half")
        (workshop / "nothing").rename(parent / "done")


def test_what_was_renamed_is_there(tmp_path):
    fill(tmp_path, "done")
    assert [path.name for path in finished(tmp_path)] == ["done"]
    assert (tmp_path / "done/file").read_text() == "whole"


def test_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(FileNotFoundError):
        fail_halfway(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_process_leaves_nothing_that_counts_and_the_next_run_clears_it_away(tmp_path):
    killed = subprocess.run([sys.executable, "-c", KILLED_HALFWAY, tmp_path], check=False)  # noqa: S603 - ours
    assert killed.returncode == -9
    assert len(list(tmp_path.iterdir())) == 1
    assert finished(tmp_path) == []
    fill(tmp_path, "done")
    assert [path.name for path in tmp_path.iterdir()] == ["done"]


def test_nothing_is_finished_where_nothing_was_begun(tmp_path):
    assert finished(tmp_path / "never") == []
