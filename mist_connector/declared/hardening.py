"""From `hardening.yaml` to the hardening manifest."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mist_connector.blueprint.hardening import Hardening
from mist_connector.errors import Problem
from mist_connector.strict import Strict

from .reading import Document, Source, read, suggest


class HardeningFile(Strict):
    """The shape of `hardening.yaml`."""

    hardening: Hardening


def declare_hardening(
    source: Source, groups: Collection[str], rules: Collection[str], problems: list[Problem]
) -> Hardening | None:
    """Return the manifest, or None after adding every problem; `groups` are the keys of ours."""
    document = read(source, HardeningFile, problems)
    if document is None:
        return None
    found = list(_unknown(document, groups, rules))
    problems.extend(found)
    return None if found else document.value.hardening


def _unknown(
    document: Document[HardeningFile], groups: Collection[str], rules: Collection[str]
) -> Iterator[Problem]:
    hardening = document.value.hardening
    for section in ("parameters", "apart", "implied", "rules", "guards", "modules"):
        for i, each in enumerate(getattr(hardening, section)):
            if each.rule not in rules:
                place = document.place("hardening", section, i, "rule")
                yield Problem(place, f"règle inconnue : « {each.rule} »", suggest(each.rule, rules))
    for section in ("sender", "membership"):
        each = getattr(hardening, section)
        if each is not None and each.rule not in rules:
            place = document.place("hardening", section, "rule")
            yield Problem(place, f"règle inconnue : « {each.rule} »", suggest(each.rule, rules))
    for i, implied in enumerate(hardening.implied):
        if implied.group not in groups:
            place = document.place("hardening", "implied", i, "group")
            yield Problem(place, f"groupe inconnu : « {implied.group} »", suggest(implied.group, groups))
    for i, group in enumerate(hardening.membership.groups if hardening.membership else ()):
        if "." not in group and group not in groups:
            place = document.place("hardening", "membership", "groups", i)
            yield Problem(place, f"groupe inconnu : « {group} »", suggest(group, groups))
