"""Turns: whoever was stopped on this machine keeps nobody waiting; whoever is at work does."""

import os
import subprocess
import sys

import pytest

from mist_connector.crm import turn as turns
from mist_connector.crm.run_id import run_id
from mist_connector.errors import ServerFailed
from mist_connector.reporting import Silent


class Keeper:
    """A CRM that keeps turns, as the server action `take_turn` does."""

    login = "connecteur@mist.invalid"

    def __init__(self, holder, *, deaf=False):
        self.holder, self.deaf = holder, deaf

    def call(self, _model, method, **arguments):
        if method == "get_bindings":
            return {"action": [{"id": 1, "binding_view_types": "list,mist_connector.action_take_turn"}]}
        token, seconds = arguments["context"]["mist_token"], arguments["context"]["mist_seconds"]
        if self.deaf or (self.holder and self.holder != token):
            return {"held": False, "by": "sync", "account": "a", "left": 180, "token": self.holder}
        self.holder = token if seconds else ""
        return {"held": True}


def test_a_turn_whose_run_was_killed_here_is_taken_over_at_once():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    crm = Keeper(run_id().replace(f"-{os.getpid()}-", f"-{gone.pid}-"))
    with turns.turn(crm, "sync", Silent()):
        assert crm.holder.split("-")[1] == str(os.getpid())
    assert crm.holder == ""


def test_a_turn_that_cannot_be_freed_is_waited_for_and_not_asked_for_without_end(monkeypatch):
    monkeypatch.setattr(turns.time, "sleep", lambda _: None)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    crm = Keeper(run_id().replace(f"-{os.getpid()}-", f"-{gone.pid}-"), deaf=True)
    with pytest.raises(ServerFailed), turns.turn(crm, "sync", Silent(), patience=0.0):
        pass


@pytest.mark.parametrize("holder", ["this run", "00000000-1-00000000", "a word of an earlier version"])
def test_whoever_may_be_at_work_is_waited_for(holder, monkeypatch):
    monkeypatch.setattr(turns.time, "sleep", lambda _: None)
    holder = run_id() if holder == "this run" else holder
    crm = Keeper(holder)
    with pytest.raises(ServerFailed), turns.turn(crm, "sync", Silent(), patience=0.0):
        pass
    assert crm.holder == holder
