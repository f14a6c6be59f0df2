"""A folder of several files: whole, or marked as incomplete and taken up by the next run."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap

import pytest

from mist_connector.crm.private_files import sweep
from mist_connector.crm.whole_folders import MARK, becoming_whole, left_incomplete, require_whole
from mist_connector.errors import MistError
from mist_connector.register.folder import write_files

KILLED = """
    import os, signal, sys
    from pathlib import Path
    from mist_connector.register.folder import write_files

    moves, replace = [], Path.replace
    def replacing(path, target):
        if not target.name.startswith("."):
            moves.append(target)
            if len(moves) == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
        return replace(path, target)
    Path.replace = replacing
    write_files(Path(sys.argv[1]), {"a.csv": b"new a", "b.csv": b"new b"})
"""


def killed(folder, at):
    """Export into a folder in a process that is killed as it moves its nth file into place."""
    words = [sys.executable, "-c", textwrap.dedent(KILLED), str(folder), str(at)]
    done = subprocess.run(words, check=False)  # noqa: S603 - our own program
    assert done.returncode == -signal.SIGKILL


# The mark is a file that is moved into place too: first it, then a.csv, then b.csv.
@pytest.mark.parametrize(("at", "marked", "there"), [(1, False, []), (2, True, []), (3, True, ["a.csv"])])
def test_an_export_that_is_killed_anywhere_leaves_nothing_that_the_next_does_not_find(
    at, marked, there, tmp_path
):
    killed(tmp_path, at)
    assert (tmp_path / MARK).exists() is marked
    if marked:
        with pytest.raises(MistError, match="incomplet"):
            require_whole(tmp_path)
    assert [path.name for path in left_incomplete(tmp_path)] == [*there, *([MARK] if marked else [])]
    assert all(path.name.startswith(".") for path in sweep(tmp_path))
    write_files(tmp_path, {"a.csv": b"newer a", "b.csv": b"newer b"})
    require_whole(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_a_mark_leads_to_no_file_outside_of_its_folder(tmp_path):
    (tmp_path / "elsewhere").touch()
    folder = tmp_path / "folder"
    with pytest.raises(ValueError, match="cut"), becoming_whole(folder, ["../elsewhere", "001.pdf"]):
        raise ValueError("cut")
    assert left_incomplete(folder) == (folder / MARK,)
