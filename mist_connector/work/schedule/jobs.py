"""The commands that a CRM in use needs regularly, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from mist_connector.bylaws.text import Text


@dataclass(frozen=True)
class Job:
    """One command that is run again and again, as the account of one profile.

    `cron` is five fields of a crontab, `calendar` the same moments for systemd. `installs`: the command needs
    the profile of the account that installs. A run that ends with one of `calm` needs nobody.
    """

    name: str
    words: tuple[str, ...]
    cron: str
    calendar: str
    purpose: Text
    installs: bool = False
    calm: tuple[int, ...] = (0,)


JOBS = (
    Job(
        name="carry-out",
        words=("assembly", "carry-out"),
        cron="*/5 * * * *",
        calendar="*:0/5",
        purpose=Text(fr="les boutons d'une assemblée", en="the buttons of an assembly"),
    ),
    Job(
        name="sync",
        words=("sync", "--yes"),
        cron="10 * * * *",
        calendar="*:10",
        purpose=Text(fr="ce que le calendrier change", en="what the calendar changes"),
    ),
    Job(
        name="check",
        words=("check", "--detailed-exitcode"),
        cron="0 7 * * *",
        calendar="*-*-* 07:00:00",
        purpose=Text(fr="ce qui ne suit pas le règlement", en="what does not follow the bylaws"),
    ),
    Job(
        name="security",
        words=("check", "--security", "--detailed-exitcode"),
        cron="30 6 * * *",
        calendar="*-*-* 06:30:00",
        purpose=Text(fr="les portes ouvertes du CRM", en="the open doors of the CRM"),
        installs=True,
    ),
)


def job_named(name: str) -> Job:
    """Return the job of this name; KeyError if there is none."""
    return {job.name: job for job in JOBS}[name]
