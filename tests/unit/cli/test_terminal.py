"""What a terminal asks of a command line: completion, colours that can be refused, any width."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

MIST = str(Path(sys.executable).with_name("mist"))
COLOUR = re.compile(r"\x1b\[[\d;]*3[0-7]")
STYLE = re.compile(r"\x1b\[[\d;]*m")


def completed(shell, **typed):
    environment = {**os.environ, "_MIST_COMPLETE": shell, **typed}
    return subprocess.run([MIST], env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603 - ours


def on_a_terminal(*words, columns, **more):
    """Return what a command writes on a terminal of so many columns."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {
        key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
    }
    environment = {**kept, "TERM": "xterm-256color", **more}
    with subprocess.Popen(  # noqa: S603 - ours
        [MIST, *words], env=environment, stdin=follower, stdout=follower, stderr=follower
    ):
        os.close(follower)
        seen = b""
        while part := _read(leader):
            seen += part
    os.close(leader)
    return seen.decode()


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side has closed it
        return b""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell):
    assert "_MIST_COMPLETE" in completed(f"{shell}_source")


def test_commands_and_those_below_them_are_completed():
    assert completed("bash_complete", COMP_WORDS="mist sta", COMP_CWORD="1").split() == ["plain,start"]
    assert completed("bash_complete", COMP_WORDS="mist shield f", COMP_CWORD="2").split() == ["plain,find"]


def test_colours_are_for_terminals_that_want_them(tmp_path):
    words = ("doctor", "--profile", "nowhere"), ("check", "--profile", "nowhere")
    mine = {"MIST_CONFIG": str(tmp_path)}
    assert any(COLOUR.search(on_a_terminal(*each, columns=80, **mine)) for each in words)
    assert not any(COLOUR.search(on_a_terminal(*each, columns=80, NO_COLOR="1", **mine)) for each in words)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_table_fits_the_terminal_and_nothing_is_cut_off(columns):
    shown = STYLE.sub("", on_a_terminal("report", "list", columns=columns))
    assert max(len(line.rstrip("\r")) for line in shown.split("\n")) <= columns
    assert "…" not in shown
    assert "assembly_results" in "".join(line[:columns].partition(" ")[0] for line in shown.split("\n"))
