"""On which versions mist writes."""

from __future__ import annotations

import pytest

from mist_connector.crm.gate import Support, require_supported, support
from mist_connector.crm.port import ServerVersion
from mist_connector.errors import CrmError


@pytest.mark.parametrize(
    ("numbers", "known"),
    [
        ((17, 0), Support.REFUSED),
        ((18, 4), Support.REFUSED),
        ((19, 0), Support.TRIED),
        ((19, 1), Support.UNTRIED),
        ((19, 3), Support.UNTRIED),
        ((19, 4), Support.REFUSED),
        ((20, 0), Support.REFUSED),
    ],
)
def test_what_is_known_of_a_version(numbers, known):
    version = ServerVersion(*numbers, text="version")
    assert support(version) is known
    if known is Support.REFUSED:
        with pytest.raises(CrmError, match="rien n’est écrit"):
            require_supported(version)
    else:
        require_supported(version)
