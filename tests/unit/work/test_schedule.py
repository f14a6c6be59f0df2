"""Regular runs: what cron and systemd are given; a run never overlaps and says nothing without need."""

import shutil
import subprocess
import sys
import threading
import time

import pytest
from click.testing import CliRunner

from mist_connector.cli.main import mist
from mist_connector.crm.profiles import Profile, save_profile
from mist_connector.work.schedule.jobs import JOBS, job_named
from mist_connector.work.schedule.running import run_job
from mist_connector.work.schedule.units import Setting, crontab, systemd_units

SETTING = Setting("/opt/mist 2/bin/mist", "default", "admin", "/srv/100% sûr")


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    monkeypatch.setenv("MIST_CONFIG", str(tmp_path / "config"))
    save_profile(Profile(url="https://crm.example", database="mist", login="connecteur@mist.example"))


@pytest.fixture
def program(tmp_path):
    """A function that writes a stand-in for mist and returns the words that start it."""

    def written(code):
        script = tmp_path / "mist.py"
        script.write_text(code, encoding="utf-8")
        return (sys.executable, str(script))

    return written


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_is_a_command_of_mist_that_takes_a_profile(job):
    shown = CliRunner().invoke(mist, [*job.words, "--help"])
    assert shown.exit_code == 0
    assert "--profile" in shown.output


def test_each_job_has_a_line_with_its_account_and_a_percent_sign_does_not_end_it():
    lines = [line for line in crontab(SETTING).splitlines() if "schedule run" in line]
    assert len(lines) == len(JOBS)
    assert all(r"100\% sûr" in line and "'/opt/mist 2/bin/mist'" in line for line in lines)
    assert [line.rsplit(" ", 1)[1] for line in lines] == ["admin" if j.installs else "default" for j in JOBS]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_accepts_the_units(tmp_path):
    program = tmp_path / "mi st"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, text in systemd_units(Setting(str(program), "default", "admin")).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.glob("mist-*"))
    done = subprocess.run(  # noqa: S603 - systemd's own check, on files of this test
        [shutil.which("systemd-analyze"), "verify", *units], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "mist-" in line]
    assert (done.returncode, ours) == (0, [])
    assert len(units) == 2 * len(JOBS)


def test_two_runs_of_one_job_never_overlap(program, tmp_path):
    started, go = tmp_path / "started", tmp_path / "go"
    words = program(
        "import pathlib, time\n"
        f"pathlib.Path({str(started)!r}).touch()\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.01)\n"
    )
    first = threading.Thread(target=run_job, args=(job_named("sync"), words), kwargs={"profile": "default"})
    first.start()
    while not started.exists():
        time.sleep(0.01)
    second = run_job(job_named("sync"), words, profile="default")
    go.touch()
    first.join()
    assert (second.code, second.calm) == (None, True)
    assert run_job(job_named("sync"), words, profile="default").code == 0


def test_nothing_that_a_run_prints_comes_through(program, capfd):
    words = program(
        "import sys; print('Inventée Glycine'); print('P-0000-0001', file=sys.stderr); sys.exit(2)"
    )
    run = run_job(job_named("check"), words, profile="default")
    assert (run.code, run.calm) == (2, False)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("code", "said"), [(0, ""), (1, "code 1"), (2, "code 2")])
def test_a_run_says_a_word_only_when_somebody_is_needed(program, monkeypatch, code, said):
    words = program(f"import sys; sys.exit({code})")
    monkeypatch.setattr(
        "mist_connector.cli.schedule.run_job", lambda job, _, profile: run_job(job, words, profile=profile)
    )
    shown = CliRunner().invoke(mist, ["schedule", "run", "check"])
    assert said in shown.output
    assert bool(shown.output) == bool(said)


def test_units_are_written_and_how_to_start_them_is_said(tmp_path):
    shown = CliRunner().invoke(mist, ["schedule", "systemd", str(tmp_path / "units")])
    assert shown.exit_code == 0, shown.output
    assert len(list((tmp_path / "units").iterdir())) == 2 * len(JOBS)
    assert "mist-sync.timer" in shown.output
