"""Safe e-mails that several people have, and people who may be one: by their codes."""

from __future__ import annotations

from collections.abc import Iterator

from .checks import CheckId
from .facts import CommonFacts
from .findings import Finding, found
from .provisions import Provisions


def address_findings(common: CommonFacts, provisions: Provisions) -> Iterator[Finding]:
    """Find people who have the same safe e-mail, and those who may be one person entered twice."""
    check = provisions.check(CheckId.SAME_ADDRESS)
    for codes in common.shared_addresses:
        if check is not None:
            yield found(check, {"codes": ", ".join(sorted(codes))}, others=tuple(sorted(codes)))
    alike = provisions.check(CheckId.LIKELY_SAME)
    for codes in common.alike:
        if alike is not None:
            yield found(alike, {"codes": ", ".join(sorted(codes))}, others=tuple(sorted(codes)))
