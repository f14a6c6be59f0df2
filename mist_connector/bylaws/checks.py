"""What is looked for in the facts, beyond the statuses: how firmly, by which rule, and in which words."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .rules import RULE_ID
from .text import Text


class Severity(StrEnum):
    """How pressing a finding is, the most pressing first."""

    ERROR = "error"  # a rule is broken today
    WARNING = "warning"  # something is missing, or two facts do not go together
    REMINDER = "reminder"  # something ends soon

    @property
    def rank(self) -> int:
        """The place in the order; the most pressing has 0."""
        return list(Severity).index(self)


class CheckId(StrEnum):
    """The checks that the engine knows."""

    STATUS_NOT_RECORDED = "status_not_recorded"
    MANDATE_TOO_LONG = "mandate_too_long"
    MANDATE_WITHOUT_STATUS = "mandate_without_status"
    MANDATE_ENDS = "mandate_ends"
    MANDATES_OVERLAP = "mandates_overlap"
    INTERIM_BEYOND_TERM = "interim_beyond_term"
    SEATS_EXCEEDED = "seats_exceeded"
    SEATS_VACANT = "seats_vacant"
    NOBODY_SPEAKS_FRENCH = "nobody_speaks_french"
    FUNCTION_WITHOUT_AGREEMENT = "function_without_agreement"
    AGREEMENT_ENDS = "agreement_ends"
    STAFF_IS_ACTIVE = "staff_is_active"
    ACCOMPANIED_YET_EXCLUDED = "accompanied_yet_excluded"
    ACCOMPANIED_BY_NOBODY = "accompanied_by_nobody"
    HALF_MISSING = "half_missing"
    SEAT_TO_FILL = "seat_to_fill"
    INACTIVE = "inactive"
    SILENT = "silent"
    SAME_ADDRESS = "same_address"
    LIKELY_SAME = "likely_same"
    IMPOSSIBLE_DAY = "impossible_day"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    IMPROBABLE_DAY = "improbable_day"


# What is left out of all decisions until it is corrected: commands that decide say so by their exit code.
LEFT_OUT = frozenset({CheckId.IMPOSSIBLE_DAY})


class Check(Text):
    """One check: its sentence (`fr`, `en`, with words in braces to fill in) and how to mend what it finds.

    `rule` is None where the rule is that of an office's number or of a status. `days`: for reminders, how
    long before. `months`: how long nothing was seen or heard. `status`: for checks that look for somebody of
    one status. `statuses`, for clocks: whose clock runs. `steps`: those by which something was heard of her.
    """

    id: CheckId
    severity: Severity
    mend: Text
    rule: str | None = Field(default=None, pattern=RULE_ID)
    days: int | None = Field(default=None, ge=1)
    months: int | None = Field(default=None, ge=1)
    status: str | None = None
    statuses: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


# The words that the engine fills in, for each check.
_OFFICE = frozenset({"office"})
_SPAN = frozenset({"since", "until"})
WORDS: dict[CheckId, frozenset[str]] = {
    CheckId.STATUS_NOT_RECORDED: frozenset({"recorded", "decided"}),
    CheckId.MANDATE_TOO_LONG: _OFFICE | _SPAN | {"months"},
    CheckId.MANDATE_WITHOUT_STATUS: _OFFICE | {"wanted", "status"},
    CheckId.MANDATE_ENDS: _OFFICE | _SPAN | {"days"},
    CheckId.MANDATES_OVERLAP: _OFFICE | _SPAN,
    CheckId.INTERIM_BEYOND_TERM: _OFFICE | _SPAN | {"term"},
    CheckId.SEATS_EXCEEDED: _OFFICE | {"count", "seats"},
    CheckId.SEATS_VACANT: _OFFICE | {"count", "seats"},
    CheckId.NOBODY_SPEAKS_FRENCH: _OFFICE | {"count"},
    CheckId.FUNCTION_WITHOUT_AGREEMENT: frozenset({"since"}),
    CheckId.AGREEMENT_ENDS: _SPAN | {"days"},
    CheckId.STAFF_IS_ACTIVE: frozenset(),
    CheckId.ACCOMPANIED_YET_EXCLUDED: frozenset({"since"}),
    CheckId.ACCOMPANIED_BY_NOBODY: frozenset({"since", "function"}),
    CheckId.HALF_MISSING: _OFFICE | {"count", "wanted", "status"},
    CheckId.SEAT_TO_FILL: _OFFICE | {"count", "seats"},
    CheckId.INACTIVE: frozenset({"since", "months", "days"}),
    CheckId.SILENT: frozenset({"since", "months", "days"}),
    CheckId.SAME_ADDRESS: frozenset({"codes"}),
    CheckId.LIKELY_SAME: frozenset({"codes"}),
    CheckId.IMPOSSIBLE_DAY: frozenset({"field", "day"}),
    CheckId.ENDS_BEFORE_IT_BEGINS: frozenset({"field", "day"}),
    CheckId.IMPROBABLE_DAY: frozenset({"field", "day"}),
}

# Checks that need `days`, that need `status`, and that take their rule from an office, a status or a field.
WITH_DAYS = frozenset({CheckId.MANDATE_ENDS, CheckId.AGREEMENT_ENDS})
CLOCKS = frozenset({CheckId.INACTIVE, CheckId.SILENT})  # either days or months
WITH_STEPS = frozenset({CheckId.SILENT})
WITH_STATUS = frozenset({CheckId.STAFF_IS_ACTIVE, CheckId.ACCOMPANIED_YET_EXCLUDED})
WITHOUT_RULE = frozenset(
    {
        CheckId.STATUS_NOT_RECORDED,
        CheckId.MANDATE_TOO_LONG,
        CheckId.MANDATE_WITHOUT_STATUS,
        CheckId.MANDATE_ENDS,
        CheckId.MANDATES_OVERLAP,
        CheckId.INTERIM_BEYOND_TERM,
        CheckId.SEATS_EXCEEDED,
        CheckId.SEATS_VACANT,
        CheckId.NOBODY_SPEAKS_FRENCH,
        CheckId.HALF_MISSING,
        CheckId.SEAT_TO_FILL,
        CheckId.IMPOSSIBLE_DAY,
        CheckId.ENDS_BEFORE_IT_BEGINS,
        CheckId.IMPROBABLE_DAY,
    }
)
