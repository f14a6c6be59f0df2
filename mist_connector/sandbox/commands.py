"""Programs of this machine that the sandbox calls and waits for."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mist_connector.errors import SandboxError

_TAIL = 15


def require(program: str, *, todo: str) -> str:
    """Return the path of a program, or raise SandboxError saying what to do without it."""
    found = shutil.which(program)
    if found is None:
        raise SandboxError(f"Le programme « {program} » manque sur cette machine.", todo=todo)
    return found


def run(
    command: Sequence[str | Path],
    *,
    purpose: str,
    stdin: str = "",
    directory: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a program to its end and return what it printed.

    Raises SandboxError with the purpose and the program's own last words if it fails.
    """
    done = subprocess.run(  # noqa: S603 - no shell; the arguments are ours
        [str(part) for part in command],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=directory,
        env=environment,
    )
    if done.returncode:
        raise SandboxError(f"Échec : {purpose}.\n{tail(done.stderr or done.stdout)}")
    return done.stdout


def follow(
    command: Sequence[str | Path],
    *,
    purpose: str,
    line: Callable[[str], None],
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a program to its end and hand each line it prints to `line`.

    Raises SandboxError with the purpose and the program's own last words if it fails.
    """
    lines: list[str] = []
    with subprocess.Popen(  # noqa: S603 - no shell; the arguments are ours
        [str(part) for part in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - both are pipes, which the types do not know
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(stdin)
        process.stdin.close()
        for printed in process.stdout:
            lines.append(printed)
            line(printed)
    if process.returncode:
        raise SandboxError(f"Échec : {purpose}.\n{tail(''.join(lines))}")


def tail(text: str) -> str:
    """Return the last lines of a program's output, where it says why it failed."""
    return "\n".join(text.strip().splitlines()[-_TAIL:])
