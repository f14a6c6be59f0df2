"""No code names a status, an office or a function of MIST's, beyond a list that can only get shorter."""

import ast
from collections import Counter
from pathlib import Path

from mist_connector.cli.declared_mappings import declared

ROOT = Path(__file__).parents[3]
LEFT = Path(__file__).with_name("names_in_code.txt")


def names(mappings):
    """Return the ids of MIST's statuses, offices and functions, and its own name."""
    provisions = mappings.provisions
    yield "MIST"
    yield from (each.id for each in (*provisions.statuses, *provisions.offices))
    yield from (choice.id for choice in mappings.vocabularies["functions"])


def named_in(path, wanted):
    """Count the texts in a file that are one of these names and nothing else."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return Counter(value for value in values if isinstance(value, str) and value in wanted)


def found():
    wanted = set(names(declared()))
    return {
        f"{path.relative_to(ROOT).as_posix()} {name}": count
        for folder in ("mist_connector", "cli")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for name, count in sorted(named_in(path, wanted).items())
    }


def listed():
    lines = (line.split() for line in LEFT.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return {f"{path} {name}": int(count) for path, name, count in lines}


def test_the_names_of_mist_in_code_are_those_listed_and_no_more():
    there, known = found(), listed()
    assert {key: count for key, count in there.items() if count > known.get(key, 0)} == {}
    # A name that went leaves the list.
    assert {key: count for key, count in known.items() if count > there.get(key, 0)} == {}
