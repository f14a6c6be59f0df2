"""One run of a job: never beside another run of it, and silent unless somebody is needed."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mist_connector.crm.config_directory import config_directory

from .jobs import Job


@dataclass(frozen=True)
class Run:
    """How a run ended; `code` is None where another run of the job is still at work."""

    job: Job
    code: int | None

    @property
    def calm(self) -> bool:
        """Whether nobody is needed."""
        return self.code is None or self.code in self.job.calm


def run_job(job: Job, program: Sequence[str], *, profile: str) -> Run:
    """Run a job as the account of a profile, and throw away what it prints.

    A run's output may hold codes and dates. Whoever is needed runs the command by hand, at a safe place.
    """
    with _turn(f"{profile}-{job.name}") as free:
        if not free:
            return Run(job, None)
        done = subprocess.run(  # noqa: S603 - mist itself, and words of its own
            [*program, *job.words, "--profile", profile],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return Run(job, done.returncode)


@contextmanager
def _turn(name: str) -> Iterator[bool]:
    """Hold the lock of a job; yield whether it was free. A killed run leaves no lock behind."""
    path = Path(config_directory(), "runs", name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
