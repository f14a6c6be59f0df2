"""Killed at any moment, the sandbox comes up again, whole, and leaves no process behind.

With a cache of its own, so that PostgreSQL can be killed too; only what was downloaded is shared.
"""

import os
import signal
import subprocess
import sys

import pytest

from mist_connector import sandbox as sandboxes
from mist_connector.reporting import Silent
from mist_connector.sandbox import processes
from mist_connector.sandbox.places import Places, default_places
from mist_connector.sandbox.server import Programs

NAME = "killed"


@pytest.fixture(scope="module")
def places(sandbox, tmp_path_factory):
    """A cache with the downloads of the common one, where the first `up` was killed at every stage."""
    assert sandbox  # everything is downloaded by now
    cache = Places(tmp_path_factory.mktemp("cache"))
    for shared in ("odoo", "python"):
        (cache.cache / shared).symlink_to(default_places().cache / shared)
    for seconds in (0.4, 0.9, 4, 12, 25):
        kill_after(begin(cache), seconds)
    yield cache
    sandboxes.remove(NAME, Silent(), places=cache)
    assert not (cache.cluster / "data/postmaster.pid").exists()


@pytest.fixture(scope="module")
def programs(places):
    """What runs for the sandbox."""
    return Programs(NAME, places.sandbox(NAME))


def up(places):
    return sandboxes.up(NAME, Silent(), places=places)


def begin(places):
    """Begin to bring the sandbox up, in a process that can be killed."""
    code = (
        "import sys; from pathlib import Path; from mist_connector import sandbox;"
        "from mist_connector.reporting import Silent;"
        "sandbox.up(sys.argv[2], Silent(), places=sandbox.Places(Path(sys.argv[1])))"
    )
    return subprocess.Popen([sys.executable, "-c", code, places.cache, NAME])  # noqa: S603 - ours


def kill_after(process, seconds):
    """Kill a process outright, unless it was done already."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def partners(running):
    return running.query("SELECT count(*) FROM res_partner")


def test_killed_at_every_stage_it_comes_up_whole(places, programs):
    running = up(places)
    assert int(partners(running)) > 0
    assert len(processes.marked(programs.odoo_mark)) == 1
    assert len(processes.marked(programs.mail_mark)) == 1
    assert processes.marked(f"{places.cache}/template") == []
    assert [found for found in running.cluster.databases() if not found.startswith("template")] == [
        NAME,
        "postgres",
    ]


def test_killed_while_it_clones_and_starts_it_comes_up_whole(places, programs):
    up(places)
    for seconds in (0.25, 0.45, 0.7, 1.2):
        sandboxes.remove(NAME, Silent(), places=places)
        kill_after(begin(places), seconds)
        running = up(places)
        assert int(partners(running)) > 0
        assert len(processes.marked(programs.odoo_mark)) == 1


def test_a_killed_server_comes_back_at_the_same_address_with_the_same_data(places, programs):
    before = up(places)
    before.query("UPDATE res_company SET name = 'Association inventée'")
    for process in processes.marked(programs.odoo_mark) + processes.marked(programs.mail_mark):
        os.kill(process, signal.SIGKILL)
    after = up(places)
    assert after == before
    assert after.query("SELECT name FROM res_company") == "Association inventée"


def test_a_killed_postgresql_comes_back_with_the_same_data(places):
    before = up(places)
    before.query("UPDATE res_company SET name = 'Association inventée'")
    os.kill(int((places.cluster / "data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    after = up(places)
    assert after.query("SELECT name FROM res_company") == "Association inventée"


def test_down_stops_everything_and_keeps_the_data(places, programs):
    before = up(places)
    before.query("UPDATE res_company SET name = 'Association gardée'")
    assert sandboxes.down(NAME, Silent(), places=places)
    assert processes.marked(programs.odoo_mark) + processes.marked(programs.mail_mark) == []
    assert not (places.cluster / "data/postmaster.pid").exists()
    assert not sandboxes.down(NAME, Silent(), places=places)
    assert up(places).query("SELECT name FROM res_company") == "Association gardée"


def test_reset_begins_anew_with_new_secrets(places):
    before = up(places)
    before.query("UPDATE res_company SET name = 'Association passée'")
    clone = before.clone("left")
    after = sandboxes.reset(NAME, Silent(), places=places)
    assert after.query("SELECT name FROM res_company") != "Association passée"
    assert clone not in after.cluster.databases()
    assert after.admin_password != before.admin_password
    assert after.admin_api_key != before.admin_api_key
