"""The version gate: on which versions of the CRM mist works, and on which it writes nothing."""

from __future__ import annotations

from enum import Enum

from mist_connector.errors import CrmError
from mist_connector.language import _

from .port import ServerVersion

# 19.0 is what every test runs on. From 19.4 on, access rights and record rules are reported to be one model:
# what mist writes there would close nothing.
TRIED = (19, 0)
FIRST = (19, 0)
REFUSED_FROM = (19, 4)


class Support(Enum):
    """What is known of a version."""

    TRIED = "tried"
    UNTRIED = "untried"
    REFUSED = "refused"


def support(version: ServerVersion) -> Support:
    """Say what is known of a version."""
    numbers = (version.major, version.minor)
    if numbers == TRIED:
        return Support.TRIED
    return Support.UNTRIED if FIRST <= numbers < REFUSED_FROM else Support.REFUSED


def require_supported(version: ServerVersion) -> None:
    """Raise `CrmError` for a version on which nothing may be written."""
    if support(version) is Support.REFUSED:
        raise CrmError(
            _(
                "Ce CRM est un Odoo {text}, où mist ne protégerait pas les dossiers : rien n’est écrit."
            ).format(text=version.text),
            todo=_("Il faut Odoo 19.0, ou une version de mist faite pour cet Odoo-là."),
        )
