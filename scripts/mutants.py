"""Mutation testing of the engine: break it in one small way at a time, and see whether a test notices.

    nice -n 19 .venv/bin/python scripts/mutants.py [--seed N] [--most N] [--jobs N] [MODULE …]

Each mutant is one function of `mist_connector/bylaws` whose code was swapped, in a process of its own, forked
from one where everything is already read. It first meets the cases that the board reads, which is fast; what
survives these meets the other tests of `tests/unit/bylaws`, and last the unit tests elsewhere that name its
module. A mutant that cannot be put in place, or whose tests cannot be run, counts for nothing, and is told.
Not part of CI.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import io
import os
import random
import re
import resource
import signal
import sys
import time
import traceback
import types
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from enum import IntEnum
from functools import cached_property
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from mutations import Mutant, code_of, mutants

ROOT = Path(__file__).parents[1]
PACKAGE = "mist_connector.bylaws"
ENGINE = ROOT / "mist_connector" / "bylaws"
UNIT = ROOT / "tests" / "unit"
TESTS = UNIT / "bylaws"
# These have run before, without pytest.
CASES = ("test_cases.py", "test_refusals.py", "test_every_rule_has_cases.py")
# Of one mutant: seconds of processor time, and bytes. An endless loop is noticed, too.
PATIENCE, ROOM = 180, 4 << 30

Loaded = tuple[types.ModuleType, types.ModuleType, types.ModuleType, object]


class Outcome(IntEnum):
    """How a mutant's process ends."""

    KILLED = 70
    SURVIVES = 71
    ENDLESS = 72
    NOT_TRIED = 73


def put(mutant: Mutant) -> None:
    """Swap the code of the function, wherever it was imported to, and see that nothing of the old is left."""
    function = function_of(mutant)
    old, function.__code__ = function.__code__, code_of(mutant)
    gone = {id(each) for each in _inside(old)}
    forget()
    # What a function made (the reader of a condition) keeps its code, and would run as if nothing changed.
    if gone and any(isinstance(each, types.FunctionType) and id(each.__code__) in gone for each in _alive()):
        raise RuntimeError(f"the old code is still at work: {mutant}")


def function_of(mutant: Mutant) -> types.FunctionType:
    """Return the function itself, without what properties, caches and class methods wrap around it."""
    target: object = importlib.import_module(mutant.module)
    for step in mutant.function.split("."):
        target = vars(target)[step] if isinstance(target, type) else getattr(target, step)
    for name in ("fget", "func", "__func__", "__wrapped__"):
        target = getattr(target, name, None) or target
    if not isinstance(target, types.FunctionType):
        raise TypeError(mutant)
    return target


def _inside(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield the codes of the functions that a function makes."""
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield each
            yield from _inside(each)


def _alive() -> list[object]:
    gc.collect()
    return gc.get_objects()


def forget() -> None:
    """Empty what the engine remembers, which would hide a change."""
    for path in ENGINE.glob("*.py"):
        for value in vars(importlib.import_module(f"{PACKAGE}.{path.stem}")).values():
            # The class of what remembers has this method too, with nothing to empty.
            if hasattr(value, "cache_clear") and not isinstance(value, type):
                value.cache_clear()
    for each in _alive():
        for name, value in vars(type(each)).items():
            if isinstance(value, cached_property) and value.func.__module__.startswith(PACKAGE):
                vars(each).pop(name, None)


def cases_fail(
    cases: types.ModuleType, refusals: types.ModuleType, playing: types.ModuleType, mappings: object
) -> bool:
    """Run the cases as their tests do, and tell whether one of them fails."""
    try:
        for case in cases.CASES:
            cases.test_the_bylaws_say_what_the_board_expects(case, mappings)
        for case in refusals.CASES:
            said = playing.Play(mappings, people=refusals.MOST_PEOPLE, on=refusals.TODAY).verdicts(
                case.play()
            )
            outcome, detail = said[-1]
            if any(each != "allowed" for each, _ in said[:-1]) or (outcome == "refused") != bool(
                case.refused
            ):
                return True
            if case.refused and detail != set(case.refused):
                return True
            if not case.refused and case.status is not None and detail[0] != case.status:
                return True
    except Exception:  # noqa: BLE001 - whatever a mutant raises, it is noticed
        return True
    return False


def survives(mutant: Mutant | None, loaded: Loaded) -> bool:
    """Put the mutant in place, or none, and tell whether no test notices."""
    if mutant is not None:
        put(mutant)
    if cases_fail(*loaded):
        return False
    return all(_pass(files) for files in (*_exact_and_laws(), _elsewhere(mutant)))


def _pass(files: list[str]) -> bool:
    """Run test files, with the same random examples each time, and tell whether all is well."""
    if not files:
        return True
    # Hypothesis is read before pytest here, which only costs its own messages some detail.
    warned = ("-W", "ignore:Module already imported")
    plugins = ("-p", "no:cacheprovider", "-p", "no:randomly", "--hypothesis-profile=mutants")
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = pytest.main(["-x", "-q", *plugins, *warned, "--no-header", *files])
    # INTERRUPTED: a test file cannot even be read.
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}:
        raise RuntimeError(said.getvalue())
    return status == pytest.ExitCode.OK


def _exact_and_laws() -> tuple[list[str], list[str]]:
    """Return the other tests of the engine: those of single cases, which are fast, and its laws."""
    files = sorted(path for path in TESTS.glob("test_*.py") if path.name not in CASES)
    laws = [str(path) for path in files if path.stem.endswith("_laws")]
    return [str(path) for path in files if str(path) not in laws], laws


def _elsewhere(mutant: Mutant | None) -> list[str]:
    """Return the unit tests of other packages that name the mutant's module; of any, where there is none."""
    named = re.compile(rf"\b{re.escape(mutant.module)}\b" if mutant else r"\bmist_connector\.bylaws\.")
    files = sorted(path for path in UNIT.glob("*/test_*.py") if path.parent != TESTS)
    return [str(path) for path in files if named.search(path.read_text(encoding="utf-8"))]


def begin(mutant: Mutant | None, loaded: Loaded) -> int:
    """Try a mutant in a process of its own, which ends with an outcome; return its number."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    outcome = Outcome.NOT_TRIED
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE + 5))
        resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
        outcome = Outcome.SURVIVES if survives(mutant, loaded) else Outcome.KILLED
    except BaseException:  # noqa: BLE001 - whatever it is, it is not the mutant's: this is told
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(outcome)


def ended(status: int) -> Outcome:
    """Return how a process ended; one that used up its time is in an endless loop."""
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGXCPU:
        return Outcome.ENDLESS
    return Outcome(code) if code in set(Outcome) else Outcome.NOT_TRIED


def tried(drawn: list[Mutant], loaded: Loaded, jobs: int) -> Iterator[tuple[Mutant, Outcome]]:
    """Try mutants, so many side by side, and yield each with its outcome."""
    waiting, running = iter(drawn), dict[int, Mutant]()
    while True:
        while len(running) < jobs and (mutant := next(waiting, None)) is not None:
            running[begin(mutant, loaded)] = mutant
        if not running:
            return
        child, status = os.wait()
        yield running.pop(child), ended(status)


def load(name: str) -> types.ModuleType:
    """Import a test module beside the others, as pytest will again on its own."""
    full = f"mutants_tests.{name}"
    spec = importlib.util.spec_from_file_location(full, TESTS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[full] = module
    spec.loader.exec_module(module)
    return module


def read() -> Loaded:
    """Read the cases and the mappings, once for all mutants."""
    # No example is kept from one mutant for the next, nor made smaller for a reader.
    examples = settings(
        deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
    )
    settings.register_profile("mutants", examples)
    package = types.ModuleType("mutants_tests")
    package.__path__ = [str(TESTS)]
    sys.modules["mutants_tests"] = package
    playing, refusals, cases = load("playing"), load("refusals"), load("test_cases")
    from mist_connector.cli.declared_mappings import declared  # noqa: PLC0415 - after the tests' own imports

    return cases, refusals, playing, declared()


def drawn(modules: list[str], seed: int, most: int | None) -> tuple[list[Mutant], int]:
    """Return the mutants to try, and of how many they were drawn."""
    everything = [
        mutant
        for path in sorted(ENGINE.glob("*.py"))
        if not modules or path.stem in modules
        for mutant in mutants(f"{PACKAGE}.{path.stem}", path)
    ]
    if most is None or most >= len(everything):
        return everything, len(everything)
    return random.Random(seed).sample(everything, most), len(everything)  # noqa: S311 - a sample


def main() -> int:
    """Try the mutants, tell those that no test notices, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=None, help="try so many, drawn at random")
    parser.add_argument("--jobs", type=int, default=1, help="so many at a time")
    chosen = parser.parse_args()
    loaded = read()
    begin(None, loaded)
    if ended(os.wait()[1]) is not Outcome.SURVIVES:
        print("the tests fail without any mutant")
        return 1
    some, of_all = drawn(chosen.modules, chosen.seed, chosen.most)
    start, counted = time.monotonic(), Counter[Outcome]()
    for mutant, outcome in tried(some, loaded, chosen.jobs):
        counted[outcome] += 1
        if outcome is not Outcome.KILLED:
            print(f"{outcome.name.lower().replace('_', ' ')}  {mutant}", flush=True)
        if counted.total() % 50 == 0:
            print(f"… {counted.total()}/{len(some)}, {time.monotonic() - start:.0f} s", flush=True)
    killed = counted[Outcome.KILLED] + counted[Outcome.ENDLESS]
    judged = killed + counted[Outcome.SURVIVES]
    print(f"{killed} of {judged} mutants killed ({killed / max(judged, 1):.1%}), of {of_all}")
    return 1 if counted[Outcome.NOT_TRIED] else 0


if __name__ == "__main__":
    sys.exit(main())
