"""Reads texts as the register's files would be read."""

from __future__ import annotations

import pytest

from mist_connector.register.reading import read_register


@pytest.fixture
def reads(mappings):
    """Return a function from the texts of files to rows and problems, as lines of text."""

    def read(**texts):
        problems = []
        named = {file: (f"{file}.csv", text) for file, text in texts.items()}
        rows = read_register(named, mappings.register, mappings.blueprint, problems)
        return rows, [str(problem) for problem in problems]

    return read
