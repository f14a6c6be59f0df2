"""What templates may use of the template language; everything else does not compile."""

from __future__ import annotations

FILTERS = frozenset({"capitalize", "date", "length", "lower", "number", "trim", "upper"})
TESTS = frozenset({"none", "odd", "even", "eq", "ne"})
LOOP_FIELDS = frozenset({"first", "last", "index", "index0", "length"})
MOST_STEPS = 20_000
MOST_LOOPS = 3
"""How deep loops may stand inside each other, macros included: the time of rendering is bounded."""
