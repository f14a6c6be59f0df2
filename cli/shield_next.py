"""The command that follows a step of a shielding, as it is to be typed."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from mist_connector.language import _
from mist_connector.privacy.shielding import Searched

_MOST = 5  # codes on one line; with more, everybody is searched for


def options_typed(*, listed: Path | None, tags: Sequence[str], again: bool, profile: str | None) -> str:
    """Return the options with which a step was asked for, to be typed again behind the next one."""
    words: list[str] = []
    if listed is not None:
        words += ["--list", str(listed)]
    for tag in tags:
        words += ["--tag", tag]
    words += ["--again"] if again else []
    words += ["--profile", profile] if profile else []
    return "".join(f" {shlex.quote(word)}" for word in words)


def next_after(searched: Searched, profile: str | None) -> str:
    """Return what to do after a search: take away what names somebody, or look for twins of what is done."""
    given = options_typed(listed=None, tags=(), again=False, profile=profile)
    if not searched.places:
        return _(
            "Ensuite : mist shield find{given} trouve, par courriel, les doubles et les contacts archivés"
        ).format(given=given)
    codes = sorted({place.person for place in searched.places})
    named = "" if len(codes) > _MOST else "".join(f" {code}" for code in codes)
    return _(
        "Ensuite : mist shield apply --again --redact{given}, ou corrigez ces fiches dans le "
        "CRM ; puis : mist shield verify{named}{given}"
    ).format(given=given, named=named)
