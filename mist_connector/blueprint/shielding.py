"""What becomes of a contact's traces in the CRM once its identity is in the register."""

from __future__ import annotations

from pydantic import Field as Bound

from mist_connector.strict import Strict


class Shielding(Strict):
    """Models and fields of the CRM's own, by what is done with them; see `mappings/shield.yaml`.

    `goes`: records that are a contact's own, by the fields that lead to it. `empties`: words of records about
    one contact. `copies`: what the CRM notes by itself. `fleeting`: models that are emptied altogether.
    """

    batch: int = Bound(ge=1, le=200)
    mark: str = Bound(min_length=1, pattern=r"^[^'\\%<>&\"]+$")
    goes: dict[str, tuple[str, ...]]
    empties: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    copies: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    fleeting: tuple[str, ...] = ()
