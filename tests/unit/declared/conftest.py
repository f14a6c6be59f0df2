"""The delivered mapping files, and ways to break them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from mist_connector.cli.mappings_source import load_sources
from mist_connector.declared.bylaws_documents import declare_bylaws
from mist_connector.declared.reading import Source
from mist_connector.errors import Problem

Sources = Mapping[str, Source]
Breaking = Callable[..., list[Problem]]


@pytest.fixture(scope="session")
def delivered() -> Sources:
    return load_sources(None)


@pytest.fixture
def broken(delivered: Sources) -> Breaking:
    """Return a function that replaces texts in delivered files, once each, and tells the problems."""

    def break_(*changes: tuple[str, str, str]) -> list[Problem]:
        sources = dict(delivered)
        for path, old, new in changes:
            source = sources[path]
            assert source.text.count(old) == 1, (path, old, source.text.count(old))
            sources[path] = Source(source.name, source.text.replace(old, new))
        problems: list[Problem] = []
        assert (declare_bylaws(sources, problems) is None) == bool(problems)
        return problems

    return break_


@pytest.fixture(scope="session")
def delivered_decisions(delivered: Sources) -> str:
    return delivered["decisions.yaml"].text
