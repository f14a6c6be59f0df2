"""One command at a time, and none that died stands in the way."""

import subprocess
import sys
import threading

from mist_connector.sandbox.lock import held

HOLDER = """
import sys, time
from pathlib import Path
from mist_connector.reporting import Silent
from mist_connector.sandbox.lock import held
with held(Path(sys.argv[1]), Silent()):
    print("held", flush=True)
    time.sleep(60)
"""


class Heard(list):
    """Remembers what was said."""

    def __init__(self):
        super().__init__()
        self.said = threading.Event()

    def step(self, sentence):
        self.append(sentence)
        self.said.set()

    def progress(self, label, done, total):
        self.append((label, done, total))


def test_who_comes_second_is_told_and_goes_on_when_the_first_is_killed(tmp_path):
    lock, heard, entered = tmp_path / "cache/lock", Heard(), threading.Event()

    def second():
        with held(lock, heard):
            entered.set()

    with subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE) as first:  # noqa: S603 - ours
        assert first.stdout.readline() == b"held\n"
        waiting = threading.Thread(target=second)
        waiting.start()
        assert heard.said.wait(10)
        assert not entered.is_set()
        first.kill()
    assert entered.wait(10)
    waiting.join()
    assert heard == ["Une autre commande prépare un bac à sable : j'attends qu'elle finisse"]


def test_who_comes_alone_is_told_nothing(tmp_path):
    heard = Heard()
    with held(tmp_path / "lock", heard):
        pass
    assert heard == []
