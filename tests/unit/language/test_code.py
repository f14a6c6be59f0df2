"""The code: what mist says stands in `_`, so that it can be said in another language."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from mist_connector import errors

ROOT = Path(__file__).parents[3]
# Words of French that stand in no name and no key of the code.
FRENCH = re.compile(
    r"[àâçéèêëîïôùûœÀÉ«»]|\b(le|la|les|des|du|une|est|sont|ne|pas|qui|que|dans|pour|par|avec|sans|cette|aux|elle|vous|"
    r"votre|sur|ajoutez|lancez|relancez|voyez|vérifiez|donnez|choisissez|rien|aucun|personne|compte|fichier|"
    r"règle|jour|quoi|nom|erreur|alerte|rappel|constat|statut|reste|dossier|courriel|courriels)\b",
    re.IGNORECASE,
)
TRANSLATED = {"_", "ngettext"}
# Not said by mist: values that are written into the CRM, or compared with what stands there.
DATA = {
    "cli/demo_accounts.py": {"Connecteur", "connecteur@mist.example"},
    "cli/start.py": {"connecteur"},
}
# Rooms of the library whose errors and steps are in French only. This list can only shrink.
NOT_DONE = {
    "assembly",
    "blueprint",
    "conditions",
    "declared",
    "documents",
    "proof",
    "sandbox",
    "security",
}
# The names of what tells somebody something, beside the classes of errors.
TELLING = {"step", "progress", "note", "say", "tell", "told", "Finding", *vars(errors)}
TOLD_AS = {"todo", "what", "hint"}


def tree(file):
    return ast.parse(file.read_text(encoding="utf-8"))


def untranslated(root):
    """Yield each text of a file with a French word in it that is neither translated nor a docstring."""
    passed = set()
    for node in ast.walk(root):
        if (
            isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
            and ast.get_docstring(node) is not None
        ):
            passed.add(node.body[0].value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
            passed.update(ast.walk(node))
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            passed.update(ast.walk(node.format_spec))
    for node in ast.walk(root):
        text = node.value if isinstance(node, ast.Constant) and node not in passed else None
        if isinstance(text, str) and FRENCH.search(text):
            yield node


def told(root):
    """Return every text of a file that an error or a reporter is given."""
    found = set()
    for node in ast.walk(root):
        if isinstance(node, ast.Raise):
            found.update(ast.walk(node))
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TELLING:
                found.update(part for argument in node.args for part in ast.walk(argument))
            for keyword in node.keywords:
                if keyword.arg in TOLD_AS or name in TELLING:
                    found.update(ast.walk(keyword))
    return found


COMMANDS = sorted((ROOT / "cli").glob("*.py"))
ROOMS = sorted(
    {path.relative_to(ROOT / "mist_connector").parts[0] for path in (ROOT / "mist_connector").rglob("*.py")}
)


@pytest.mark.parametrize("file", COMMANDS, ids=lambda file: file.name)
def test_a_command_says_nothing_that_cannot_be_translated(file):
    name = f"cli/{file.name}"
    left = [each for each in untranslated(tree(file)) if each.value not in DATA.get(name, ())]
    assert [(each.lineno, each.value) for each in left] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_of_the_library_is_translated_or_named_as_not_done(room):
    if room == "server":  # what the CRM runs says the CRM's own words
        return
    path = ROOT / "mist_connector" / room
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    left = []
    for file in files:
        root = tree(file)
        said = told(root)
        left += [f"{file.name}:{each.lineno}" for each in untranslated(root) if each in said]
    assert bool(left) == (room in NOT_DONE), left


@pytest.mark.parametrize("file", COMMANDS, ids=lambda file: file.name)
def test_no_function_hides_the_translation_behind_a_name_of_its_own(file):
    for function in ast.walk(tree(file)):
        if isinstance(function, ast.FunctionDef):
            inner = {
                target
                for node in ast.walk(function)
                if isinstance(node, ast.comprehension)
                for target in ast.walk(node.target)
            }
            named = {node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == "_"}
            called = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)} & named
            kept = {node for node in named - inner if isinstance(node.ctx, ast.Store)}
            assert not (called and kept), function.name


def test_no_sentence_is_put_together_before_it_is_translated():
    """Babel sees literals only: `_(f"…")` or `_(name)` would never be in the catalogue."""
    for file in [*COMMANDS, *sorted((ROOT / "mist_connector").rglob("*.py"))]:
        if file.is_relative_to(ROOT / "mist_connector" / "server") or file.name == "language.py":
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
                texts = node.args[:1] if node.func.id == "_" else node.args[:2]
                assert all(isinstance(text, ast.Constant) for text in texts), f"{file}:{node.lineno}"


def test_what_a_sentence_names_is_given_to_it():
    """A name that is missing would stop the command at the very moment of telling."""
    for file in [*COMMANDS, *sorted((ROOT / "mist_connector").rglob("*.py"))]:
        for node in ast.walk(tree(file)):
            match node:
                case ast.Call(
                    func=ast.Attribute(
                        value=ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(text))])
                    ),
                    keywords=given,
                ):
                    named = {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name}
                    assert named == {each.arg for each in given}, f"{file}:{node.lineno}"
