"""Programs are found by their mark and stopped; foreign ones are left alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mist_connector.sandbox import processes

STUBBORN = "trap '' TERM; echo ready; while :; do sleep 0.1; done"


@pytest.fixture
def mark(tmp_path):
    """A mark of this test's own."""
    yield str(tmp_path / "mark")
    processes.stop(str(tmp_path / "mark"))


def start(command, mark, log):
    return processes.start(command, mark=mark, log=log, environment={"PATH": os.environ["PATH"]})


def test_a_started_program_is_found_by_its_mark(tmp_path, mark):
    process = start(["sleep", "60"], mark, tmp_path / "log")
    assert processes.marked(mark) == [process]


def test_a_stopped_program_is_gone(tmp_path, mark):
    start(["sleep", "60"], mark, tmp_path / "log")
    processes.stop(mark)
    assert processes.marked(mark) == []


def test_a_program_that_will_not_stop_is_killed(tmp_path, mark, monkeypatch):
    monkeypatch.setattr(processes, "_PATIENCE", 0.5)
    log = tmp_path / "log"
    start(["sh", "-c", STUBBORN], mark, log)
    while "ready" not in log.read_text():
        time.sleep(0.02)
    processes.stop(mark)
    assert processes.marked(mark) == []


def test_a_program_with_another_mark_is_left_alone(tmp_path, mark):
    other = f"{mark}-other"
    process = start(["sleep", "60"], other, tmp_path / "log")
    processes.stop(mark)
    assert processes.marked(other) == [process]
    processes.stop(other)


def test_the_log_of_a_program_is_readable_by_nobody_else(tmp_path, mark):
    start(["sleep", "60"], mark, tmp_path / "log")
    assert (tmp_path / "log").stat().st_mode & 0o077 == 0


def test_stopping_what_does_not_run_is_no_error(mark):
    processes.stop(mark)
    assert processes.marked(mark) == []


def test_the_living_are_alive_and_neither_the_dead_nor_the_unburied_are():
    assert processes.alive(os.getpid())
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        while processes.alive(process.pid):
            time.sleep(0.01)
        assert Path("/proc", str(process.pid)).exists()
    assert not processes.alive(process.pid)
