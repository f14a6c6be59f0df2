"""The demonstration, as `make demo` runs it: every step on a real Odoo, twice, and few requests."""

import os
import re
import subprocess
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from mist_connector import sandbox as sandboxes
from mist_connector.reporting import Silent

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def place(sandbox):
    """The sandbox of the demonstration: one of its own, since it fills the sandbox's own database."""
    running = sandboxes.up(f"{sandbox.name}demo", Silent())
    yield running
    sandboxes.remove(running.name, Silent())


@pytest.fixture(scope="module")
def demo(place, tmp_path_factory):
    """A function that runs the demonstration, and returns what it printed."""
    config = tmp_path_factory.mktemp("config")
    assert entry_points(group="console_scripts", name="mist")

    def run():
        command = [ROOT / ".venv" / "bin" / "mist", "demo", "--name", place.name]
        inherited = {name: os.environ[name] for name in ("HOME", "PYTHON_KEYRING_BACKEND")}
        environment = {"MIST_CONFIG": str(config), "PATH": "/usr/bin:/bin", **inherited}
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="module")
def shown(demo):
    return demo()


def requests_since(place, mark):
    """Return how many requests the CRM answered since a place in its log."""
    text = place.log_file.read_text(encoding="utf-8", errors="replace")[mark:]
    return len(re.findall(r"\bwerkzeug: .*\"(?:POST|GET) ", text))


def test_it_shows_the_refusal_with_the_rule_and_its_section(shown):
    assert "(X05)" in shown
    assert "elle ne signe plus" in shown


def test_files_open_to_direction_and_to_the_staff_who_accompany_and_to_nobody_else(shown):
    table = shown.partition("7. ")[2].partition("8. ")[0]
    rows = {
        line.split()[0]: line.split()[-2:]
        for line in table.splitlines()
        if "mist.example" in line or "admin" in line
    }
    files = {login: cells[-1] for login, cells in rows.items()}
    assert files["connecteur@mist.example"] == "refusé"
    assert files["admin"] == "refusé"
    assert int(files["direction@mist.example"]) == 14
    staff = sorted(int(count) for login, count in files.items() if login.startswith("equipe"))
    assert staff[:3] == [0, 0, 0]
    assert 0 < staff[3] < 14


@pytest.mark.usefixtures("shown")
def test_mails_left_and_a_second_run_changes_nothing_and_sends_nothing(demo, place, mappings):
    mails = len(list(place.mail_dir.glob("new/*")))
    assert mails > 10
    mark = len(place.log_file.read_text(encoding="utf-8", errors="replace"))
    again = demo()
    assert "Rien à faire : le CRM suit le règlement" in again
    assert "Rien à importer" in again
    assert "tout est en accord avec les faits" in again
    assert len(list(place.mail_dir.glob("new/*"))) == mails
    # Seven passes over the tables (deployed parts, two imports, two syncs, who reads what, a report): a
    # request for each table, and never for each of the hundreds of people and facts.
    assert requests_since(place, mark) < 7 * len(mappings.blueprint.models)


def test_nothing_of_a_personal_file_is_printed(shown):
    assert "CANARI" not in shown
    assert "@example.invalid" not in shown
