"""Accompaniments: of whom they may no longer be, and by whom they must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .checks import CheckId
from .facts import Facts, Function
from .findings import Finding, Word, found
from .in_force import in_force, lasts_on
from .provisions import Provisions
from .verdict import Verdict


def accompaniment_findings(
    facts: Facts, verdict: Verdict, functions: Mapping[str, Function], provisions: Provisions
) -> Iterator[Finding]:
    """Find accompaniments of somebody excluded, and those by a function that is not in force."""
    excluded = provisions.check(CheckId.ACCOMPANIED_YET_EXCLUDED)
    nobody = provisions.check(CheckId.ACCOMPANIED_BY_NOBODY)
    for accompaniment in in_force(facts.accompaniments, verdict.on):
        words: dict[str, Word] = {"since": accompaniment.since, "function": accompaniment.function}
        # It ends on the day of the decision: what ends today has been closed.
        goes_on = accompaniment.until is None or accompaniment.until > verdict.on
        if excluded is not None and verdict.status == excluded.status and goes_on:
            yield found(excluded, words, code=facts.code, facts=(accompaniment,))
        function = functions.get(accompaniment.function)
        if nobody is not None and (function is None or not lasts_on(function, verdict.on)):
            yield found(nobody, words, code=facts.code, facts=(accompaniment,))
