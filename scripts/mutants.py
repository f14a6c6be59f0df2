"""Mutation testing of the engine: break it in one small way at a time, and see whether a test notices.

    nice -n 19 .venv/bin/python scripts/mutants.py [--seed N] [--most N] [MODULE …]

Each mutant is one function of `mist_connector/bylaws` whose code was swapped, in a process of its own, forked
from one where everything is already read. It first meets the cases that the board reads, which is fast; what
survives these meets the other tests of `tests/unit/bylaws`. Not part of CI.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.util
import io
import os
import random
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

# Few random examples, the same ones for each mutant.
os.environ.setdefault("MIST_EXAMPLES", "12")

import pytest

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "mist_connector" / "bylaws"
TESTS = ROOT / "tests" / "unit" / "bylaws"
# These have run before, without pytest.
CASES = ("test_cases.py", "test_refusals.py", "test_every_rule_has_cases.py")
PATIENCE = 600  # seconds for one mutant: an endless loop is noticed too

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}


Change = tuple[str, Callable[[], None]]


@dataclass(frozen=True)
class Mutant:
    """One function with one change."""

    module: str
    function: str
    line: int
    change: str
    place: int
    number: int

    def __str__(self) -> str:
        """Say where it is and what it changes."""
        return f"{self.module}.{self.function}:{self.line}: {self.change}"


def changes(node: ast.AST) -> Iterator[Change]:
    """Yield what may be changed of a node, each as a sentence and a way to do it."""
    if isinstance(node, ast.Compare):
        yield from comparisons(node)
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.UnaryOp):
        yield from operations(node)
    elif isinstance(node, ast.Constant):
        yield from constants(node)
    elif isinstance(node, ast.stmt):
        yield from statements(node)
    elif isinstance(node, ast.IfExp):
        yield "condition turned", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "filter dropped", lambda: setattr(node, "ifs", [])
    elif isinstance(node, ast.Name) and node.id in NAMES and isinstance(node.ctx, ast.Load):
        yield f"{node.id} → {NAMES[node.id]}", lambda: setattr(node, "id", NAMES[node.id])


def comparisons(node: ast.Compare) -> Iterator[Change]:
    """Yield each comparison turned into its neighbour or contrary."""
    for at, operator in enumerate(node.ops):
        new = COMPARISONS[type(operator)]

        def change(at: int = at, new: type[ast.cmpop] = new) -> None:
            node.ops[at] = new()

        yield f"{type(operator).__name__} → {new.__name__}", change


def operations(node: ast.BoolOp | ast.BinOp | ast.UnaryOp) -> Iterator[Change]:
    """Yield « and » for « or », minus for plus, and a « not » less."""
    if isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} → {other.__name__}", lambda: setattr(node, "op", other())
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
        new = OPERATIONS[type(node.op)]
        yield f"{type(node.op).__name__} → {new.__name__}", lambda: setattr(node, "op", new())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not removed", lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))


def statements(node: ast.stmt) -> Iterator[Change]:
    """Yield a condition turned, a loop left early, and nothing returned or yielded."""
    if isinstance(node, ast.If | ast.While):
        yield "condition turned", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Continue | ast.Break):
        yield "continue ↔ break", lambda: None  # the block that holds it is changed: see `swap`
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "returns nothing", lambda: setattr(node, "value", ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield "yields nothing", lambda: _silence(node)


def constants(node: ast.Constant) -> Iterator[Change]:
    """Yield another truth, number or text."""
    value = node.value
    if isinstance(value, bool):
        yield f"{value} → {not value}", lambda: setattr(node, "value", not value)
    elif isinstance(value, int):
        yield f"{value} → {value + 1}", lambda: setattr(node, "value", value + 1)
    elif isinstance(value, str):
        yield f"{value!r} → another text", lambda: setattr(node, "value", f"{value}XX")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _silence(node: ast.Expr) -> None:
    """Have the statement yield from nothing, so that the function stays a generator."""
    node.value = ast.YieldFrom(ast.Tuple([], ast.Load()))


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the functions of a module and the methods of its classes, by the name that leads to them."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef)
            )


def body_nodes(function: ast.FunctionDef) -> list[ast.AST]:
    """Return the nodes that run: no docstring, no annotation, no decorator, no assertion."""
    found: list[ast.AST] = []
    start = function.body[1:] if ast.get_docstring(function) else function.body

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.Assert):
            return
        found.append(node)
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list"}:
                continue
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    visit(each)

    for statement in start:
        visit(statement)
    return found


def mutants(module: str, path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    for name, function in functions(ast.parse(path.read_text(encoding="utf-8"))):
        for place, node in enumerate(body_nodes(function)):
            for number, (sentence, _) in enumerate(changes(node)):
                line = getattr(node, "lineno", function.lineno)
                yield Mutant(module, name, line, sentence, place, number)


def code_of(mutant: Mutant) -> types.CodeType:
    """Return the code of the function with its change."""
    path = ENGINE / f"{mutant.module.rpartition('.')[2]}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    function = dict(functions(tree))[mutant.function]
    target = body_nodes(function)[mutant.place]
    if isinstance(target, ast.Continue | ast.Break):
        swap(function, target)
    else:
        list(changes(target))[mutant.number][1]()
    found: types.CodeType = compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)
    for step in mutant.function.split("."):
        found = next(
            each for each in found.co_consts if isinstance(each, types.CodeType) and each.co_name == step
        )
    return found


def swap(function: ast.FunctionDef, target: ast.stmt) -> None:
    """Put `break` in the place of `continue`, or the other way round."""
    other = ast.Break() if isinstance(target, ast.Continue) else ast.Continue()
    for node in ast.walk(function):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and target in block:
                block[block.index(target)] = other


def put(mutant: Mutant) -> None:
    """Swap the code of the function, wherever it was imported to."""
    target: object = importlib.import_module(mutant.module)
    for step in mutant.function.split("."):
        target = vars(target)[step] if isinstance(target, type) else getattr(target, step)
    for name in ("fget", "func", "__func__", "__wrapped__"):
        target = getattr(target, name, None) or target
    if not isinstance(target, types.FunctionType):
        raise TypeError(mutant)
    target.__code__ = code_of(mutant)


def forget() -> None:
    """Empty what the engine remembers, which would hide a change."""
    for path in ENGINE.glob("*.py"):
        for value in vars(importlib.import_module(f"mist_connector.bylaws.{path.stem}")).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


Loaded = tuple[types.ModuleType, types.ModuleType, types.ModuleType, object]


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


def survives(mutant: Mutant, loaded: Loaded) -> bool:
    """Put the mutant in place, and tell whether no test notices."""
    put(mutant)
    forget()
    if cases_fail(*loaded):
        return False
    exact, *laws = _laws()
    return all(_passes(files) for files in ([exact], laws))


def _passes(files: list[str]) -> bool:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", *files])
    return status == pytest.ExitCode.OK


def _laws() -> list[str]:
    """Return the other tests, the exact and fast ones first."""
    files = [path for path in TESTS.glob("test_*.py") if path.name not in CASES]
    return [
        str(path) for path in sorted(files, key=lambda path: (path.name != "test_findings.py", path.name))
    ]


def tried(mutant: Mutant, loaded: Loaded) -> bool:
    """Tell whether a mutant survives, in a process of its own; one that takes too long is killed."""
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        sys.stdout.flush()
        os._exit(1 if survives(mutant, loaded) else 0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 1


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


def main() -> int:
    """Try the mutants, tell those that survive, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=None, help="try so many, drawn at random")
    chosen = parser.parse_args()
    package = types.ModuleType("mutants_tests")
    package.__path__ = [str(TESTS)]
    sys.modules["mutants_tests"] = package
    playing, refusals, cases = load("playing"), load("refusals"), load("test_cases")
    from mist_connector.cli.declared_mappings import declared  # noqa: PLC0415 - after the tests' own imports

    loaded = (cases, refusals, playing, declared())
    if cases_fail(*loaded):
        print("the cases fail without any mutant")
        return 1
    everything = [
        mutant
        for path in sorted(ENGINE.glob("*.py"))
        if not chosen.modules or path.stem in chosen.modules
        for mutant in mutants(f"mist_connector.bylaws.{path.stem}", path)
    ]
    drawn = everything
    if chosen.most is not None and chosen.most < len(everything):
        drawn = random.Random(chosen.seed).sample(everything, chosen.most)  # noqa: S311 - a sample
    start, survivors = time.monotonic(), []
    for number, mutant in enumerate(drawn, start=1):
        if tried(mutant, loaded):
            survivors.append(mutant)
            print(f"survives  {mutant}", flush=True)
        if number % 50 == 0:
            print(f"… {number}/{len(drawn)}, {time.monotonic() - start:.0f} s", flush=True)
    killed = len(drawn) - len(survivors)
    print(
        f"{killed} of {len(drawn)} mutants killed ({killed / max(len(drawn), 1):.1%}), of {len(everything)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
