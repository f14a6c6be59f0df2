"""The deployed module as the Odoo community's own checks want it, with the reason of each exception.

pylint-odoo 10.0 and the OCA's hooks 0.2 were run over it by hand on 1 December 2026. What they look at in a
module without Python is held here, without the dozen packages that they bring. Their other findings stand:
`README.rst` and the OCA as an author (the module is written for one CRM and uploaded, nobody installs it from
a repository), and the breaking of lines in fr.po (no person reads that file).
"""

from __future__ import annotations

import ast
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter

import polib
import pytest

from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.datamodule import EXPECT, data_module
from mist_connector.cli.declared_mappings import declared
from mist_connector.planning.observed import Observed
from mist_connector.planning.plan import build_plan
from mist_connector.work.module.deploy import _content, _noted


@pytest.fixture(scope="module")
def module():
    """Every file of the module that a bare CRM is sent, by its name."""
    blueprint = declared().blueprint
    plan = build_plan(compile_blueprint(blueprint), Observed())
    content = _content(plan, _noted(plan.desired), "")
    frame = blueprint.frame
    made = data_module(content, title="MIST", version="19.0.1.2.3", depends=frame.depends)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def words(module):
    return polib.pofile(module["i18n/fr.po"])


def test_the_manifest_names_its_licence_author_and_version(module):
    manifest = ast.literal_eval(module["__manifest__.py"])
    assert manifest["license"] == "LGPL-3"
    assert manifest["author"]
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert set(manifest["data"]) <= set(module)


def test_the_data_file_has_a_header_and_no_record_twice(module):
    assert module["data.xml"].startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    names = Counter(record.get("id") for record in ET.fromstring(module["data.xml"]).iter("record"))  # noqa: S314 - ours
    # One action runs each step that must be code, one after the other, and none is left.
    assert {name for name, count in names.items() if count > 1} <= {EXPECT}


def test_a_word_is_in_the_catalogue_once_for_each_french_that_it_has(words):
    pairs = Counter((entry.msgid, entry.msgstr) for entry in words)
    assert max(pairs.values()) == 1
    # French has a gender where English has none: « Ouvert » of a file, « Ouverte » of an assembly.
    assert sum(len(entry.occurrences) for entry in words) > len(words)
    places = Counter(place for entry in words for place, _ in entry.occurrences if place.startswith("model:"))
    assert max(places.values()) == 1
