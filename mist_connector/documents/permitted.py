"""What templates may use of the template language; everything else does not compile."""

from __future__ import annotations

FILTERS = frozenset({"capitalize", "date", "length", "lower", "number", "trim", "upper"})
TESTS = frozenset({"none", "odd", "even", "eq", "ne"})
LOOP_FIELDS = frozenset({"first", "last", "index", "index0", "length"})
MOST_STEPS = 60_000
MOST_LOOPS = 2
"""How deep loops may stand inside each other, macros included: the time of rendering is bounded."""
LOOP_WEIGHT = 15
"""How many steps a step inside a loop counts for, again for each loop around it."""
MOST_JOINED = 50
"""How many texts may be joined into one value: doubling it again and again would fill the memory."""
