"""Files of their owner alone: whole or not there, and nothing left of a command that was killed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest

from mist_connector.crm.private_files import sweep, unwritable, write_private


def test_what_a_killed_command_left_half_written_is_found_named_and_removed(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f".people.csv.{gone.pid}.mist"
    running = tmp_path / f".steps.csv.{os.getpid()}.mist"
    others = [tmp_path / ".hidden", tmp_path / f".theirs.{gone.pid}", tmp_path / "people.csv"]
    for path in (left, running, *others):
        path.touch()
    assert sweep(tmp_path) == (left,)
    assert sorted(tmp_path.iterdir()) == sorted([running, *others])
    assert sweep(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.ENOSPC, "plein"), (errno.EROFS, "lecture seule"), (errno.EACCES, "droit")]
)
def test_a_disk_that_takes_nothing_is_named_and_the_old_file_is_still_there(
    number, reason, tmp_path, monkeypatch
):
    path = tmp_path / "secret"
    write_private(path, "old")

    def refuse(*_arguments, **_more):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OSError) as caught:  # noqa: PT011 - each of these
        write_private(path, "new")
    assert reason in unwritable(caught.value, path).what
    assert path.read_text() == "old"


FULL = """
import sys
from mist_connector.cli.main import main
sys.argv = ["mist", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize(
    "words",
    [
        ("rules", "schema", "statuses", "--out", "{folder}"),
        ("schedule", "systemd", "{folder}"),
        ("privacy", "record", "--out", "{folder}/record.md"),
        ("report", "preview", "--document", "assembly_report", "--out", "{folder}/report.html"),
    ],
)
def test_a_full_disk_is_named_by_each_command_that_writes_a_file_and_nothing_of_it_stays(words, tmp_path):
    """No file may hold anything: to a program, such a limit is a full disk."""
    typed = [word.format(folder=tmp_path) for word in words]
    limited = ["/bin/sh", "-c", 'ulimit -f 0; exec "$0" "$@"', sys.executable, "-P", "-c", FULL, *typed]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Impossible d’écrire" in done.stderr, done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
