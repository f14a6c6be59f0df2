"""Whether the run that left something behind has ended, as far as this machine can know."""

import os
import subprocess
import sys

from mist_connector.crm.run_id import has_ended, run_id


def test_this_run_goes_on_and_no_two_words_are_the_same():
    assert has_ended(run_id()) is False
    assert run_id() != run_id()
    assert len(run_id()) <= 32


def test_a_process_that_is_gone_has_ended():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert has_ended(run_id().replace(f"-{os.getpid()}-", f"-{gone.pid}-")) is True


def test_nobody_knows_of_another_machine_nor_of_another_word():
    machine, _, rest = run_id().partition("-")
    assert has_ended(f"{'0' * len(machine)}-{rest}") is None
    assert has_ended("un mot") is None
    assert has_ended("") is None
