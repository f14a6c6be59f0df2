"""Server code: pieces that something calls, and nothing that the CRM's evaluator refuses."""

import ast
import builtins
import dis
import re
import types
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import ValidationError

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.pieces import PIECES, call, piece_code
from mist_connector.blueprint.screen import ServerAction
from mist_connector.blueprint.server_files import ACTIONS, FIELDS, code_of, joined

# What the evaluator of Odoo 19 refuses of Python 3.11 and 3.12: closures first of all. A comprehension in a
# function, or a function in a function, may not use what that function holds.
REFUSED = {
    "IMPORT_NAME",
    "IMPORT_FROM",
    "IMPORT_STAR",
    "STORE_ATTR",
    "DELETE_ATTR",
    "STORE_GLOBAL",
    "DELETE_GLOBAL",
    "LOAD_CLOSURE",
    "LOAD_DEREF",
    "STORE_DEREF",
    "MAKE_CELL",
    "COPY_FREE_VARS",
    "SETUP_ANNOTATIONS",
    "LOAD_BUILD_CLASS",
    "BEFORE_WITH",
}

MAPPINGS = Path(__file__).parents[3] / "mappings"
SERVER = Path(str(files("mist_connector.server")))


@pytest.fixture(scope="module")
def codes(mappings):
    records = compile_blueprint(mappings.blueprint)
    found = {
        record.name: value
        for record in records
        for column in ("compute", "code")
        if isinstance(value := record.values.get(column), str) and value.strip()
    }
    assert len(found) > 200
    return found


def test_the_crm_takes_all_of_it(codes):
    for name, code in codes.items():
        for part in _parts(compile(code, name, "exec")):
            used = {each.opname for each in dis.get_instructions(part)}
            assert not used & REFUSED, (name, used & REFUSED)
            assert not [word for word in part.co_names if "__" in word], name


def test_each_piece_is_called(codes):
    everything = "\n".join(codes.values())
    assert [piece for piece in PIECES if f"mist_connector.piece_{piece}" not in everything] == []


def test_no_line_of_an_import_reaches_the_crm():
    for piece in PIECES:
        body = ast.parse(piece_code(piece)).body
        assert not [each for each in body if isinstance(each, ast.Import | ast.ImportFrom)]
        assert piece_code(piece).startswith("given = env.cr.cache['mist_given'].pop()\n")


@pytest.mark.parametrize("folder", [ACTIONS, FIELDS])
def test_each_file_of_code_is_named_by_the_mappings_and_none_of_its_imports_goes_along(folder):
    texts = [path.read_text(encoding="utf-8") for path in MAPPINGS.rglob("*.yaml")]
    named = {name for text in texts for name in re.findall(r"^ +code: ([a-z_]+)$", text, re.MULTILINE)}
    there = {path.stem for path in (SERVER / folder).glob("[a-z]*.py")}
    assert len(there) > 10
    # A part is named by the files that import from it.
    within = re.compile(rf"^from mist_connector\.server\.{folder}\.([a-z_]+) import", re.MULTILINE)
    parts = {
        part for path in (SERVER / folder).glob("*.py") for part in within.findall(path.read_text("utf-8"))
    }
    assert there <= named | parts
    for name in there:
        code = code_of(f"{folder}/{name}")
        assert code
        body = ast.parse(code).body
        assert not [each for each in body if isinstance(each, ast.Import | ast.ImportFrom)]


def test_no_python_stands_in_a_mapping_file():
    for path in MAPPINGS.rglob("*.yaml"):
        assert "code: |" not in path.read_text(encoding="utf-8"), path.name


def test_code_of_an_unknown_name_is_a_problem_and_code_of_one_s_own_stays():
    given = {"key": "one", "label": {"fr": "Un", "en": "One"}, "model": "person", "groups": ["connector"]}
    with pytest.raises(ValidationError, match="il n'y a pas de code « no_such_file »"):
        ServerAction.model_validate({**given, "code": "no_such_file"}, strict=False)
    own = ServerAction.model_validate({**given, "code": "action = {}"}, strict=False)
    assert own.code == "action = {}"


@pytest.mark.parametrize(
    ("folder", "part"),
    [
        *(("privacy", part) for part in ("find", "shield", "verify", "preview", "erase")),
        *(
            ("proof", part)
            for part in ("accounts", "record", "record_unguarded", "attached", "traces", "removed")
        ),
        *(("start", part) for part in ("key", "links")),
        ("fields", "exclusion_traced"),
        ("fields", "person_lookalike"),
        *(("leaving", part) for part in ("silence", "look", "leave", "sweep")),
    ],
)
def test_a_part_comes_after_all_that_it_needs_and_the_crm_takes_it(folder, part):
    code = joined(folder, part)
    tree = ast.parse(code)
    names = {"env", "self", "today", "UserError", "datetime", "dateutil", "b64encode"} | set(dir(builtins))
    for statement in tree.body:
        named = [each for each in ast.walk(statement) if isinstance(each, ast.Name)]
        names |= {each.id for each in named if isinstance(each.ctx, ast.Store)}
        names |= {each.arg for each in ast.walk(statement) if isinstance(each, ast.arg)}
        names |= {each.name for each in ast.walk(statement) if isinstance(each, ast.FunctionDef)}
        used = {each.id for each in named if isinstance(each.ctx, ast.Load)}
        assert used <= names, used - names
    for compiled in _parts(compile(code, part, "exec")):
        used = {each.opname for each in dis.get_instructions(compiled)}
        assert not used & REFUSED, (part, used & REFUSED)
        assert not [word for word in compiled.co_names if "__" in word], part


def test_an_unknown_piece_cannot_be_called():
    with pytest.raises(AssertionError):
        call("guards", "{}")


def _parts(code):
    yield code
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield from _parts(each)
