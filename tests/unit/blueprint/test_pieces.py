"""Server code: pieces that something calls, and nothing that the CRM's evaluator refuses."""

import ast
import dis
import types

import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.pieces import PIECES, call, piece_code

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


def test_an_unknown_piece_cannot_be_called():
    with pytest.raises(AssertionError):
        call("guards", "{}")


def _parts(code):
    yield code
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield from _parts(each)
