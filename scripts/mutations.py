"""What may be changed of a function, one small way at a time: its mutants, and the code of each."""

from __future__ import annotations

import ast
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

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
    path: Path
    function: str
    line: int
    change: str
    place: int
    number: int

    def __str__(self) -> str:
        """Say where it is and what it changes."""
        return f"{self.path.stem}.{self.function}:{self.line}: {self.change}"


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
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
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


def _is_nothing(node: ast.expr) -> bool:
    """Tell whether a value is as false as nothing: False becomes True elsewhere, which makes a difference."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


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
                yield Mutant(module, path, name, line, sentence, place, number)


def code_of(mutant: Mutant) -> types.CodeType:
    """Return the code of the function with its change."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    function = dict(functions(tree))[mutant.function]
    target = body_nodes(function)[mutant.place]
    if isinstance(target, ast.Continue | ast.Break):
        swap(function, target)
    else:
        list(changes(target))[mutant.number][1]()
    found: types.CodeType = compile(
        ast.fix_missing_locations(tree), str(mutant.path), "exec", dont_inherit=True
    )
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
