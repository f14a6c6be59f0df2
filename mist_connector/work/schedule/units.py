"""Jobs as text: lines of a crontab, or timers and services of systemd."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from mist_connector.language import _

from .jobs import JOBS, Job

_PLAIN = re.compile(r"[A-Za-z0-9_./=-]+")


@dataclass(frozen=True)
class Setting:
    """What the lines start: the program, the profiles of the two accounts, and where profiles are kept.

    `config` is None where profiles are at their usual place.
    """

    program: str
    run_profile: str
    install_profile: str
    config: str | None = None

    def words(self, job: Job) -> tuple[str, ...]:
        """Return the command line that runs a job."""
        profile = self.install_profile if job.installs else self.run_profile
        place = ("env", f"MIST_CONFIG={self.config}") if self.config else ()
        return (*place, self.program, "schedule", "run", job.name, "--profile", profile)


def crontab(setting: Setting) -> str:
    """Return the lines of a crontab; cron mails what a run prints, and a calm run prints nothing."""
    lines = [_("# mist : collez ces lignes dans « crontab -e »"), "MAILTO=root"]
    for job in JOBS:
        # In a crontab, « % » ends the command.
        command = shlex.join(setting.words(job)).replace("%", r"\%")
        lines += [f"# {job.purpose.fr}", f"{job.cron} {command}"]
    return "\n".join(lines) + "\n"


def systemd_units(setting: Setting) -> Mapping[str, str]:
    """Return a service and a timer for each job, by the name of its file, for one user's own systemd."""
    return {
        f"mist-{job.name}.{kind}": text
        for job in JOBS
        for kind, text in (("service", _service(job, setting)), ("timer", _timer(job)))
    }


def _service(job: Job, setting: Setting) -> str:
    command = " ".join(_quoted(word) for word in setting.words(job))
    return f"[Unit]\nDescription=mist: {job.purpose.en}\n\n[Service]\nType=oneshot\nExecStart={command}\n"


def _timer(job: Job) -> str:
    return (
        f"[Unit]\nDescription=mist: {job.purpose.en}, regularly\n\n"
        f"[Timer]\nOnCalendar={job.calendar}\nPersistent=true\nRandomizedDelaySec=30\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _quoted(word: str) -> str:
    """Return a word as systemd reads it: « % » and « $ » doubled, quoted where it holds anything special."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return word if _PLAIN.fullmatch(word) else f'"{escaped}"'
