"""Server actions of ours: code that the CRM runs with its own rights, for named groups of accounts only."""

from __future__ import annotations

from mist_connector.blueprint.records import MODULE
from mist_connector.errors import AccessRefused

from .port import Crm


def find_server_action(crm: Crm, model: str, key: str) -> int:
    """Return the number of the action of this key among those `listed` for a model of the CRM.

    It is known by its external id, which nobody but an administrator can give to something else. Raises
    AccessRefused where the account may not run it, or where it is not deployed.
    """
    bindings = crm.call("ir.actions.actions", "get_bindings", model_name=model)
    ids = [each["id"] for each in bindings.get("action", [])]
    names = crm.call("ir.actions.server", "get_external_id", ids=ids) if ids else {}
    for row_id, name in names.items():
        if name == f"{MODULE}.action_{key}":
            return int(row_id)
    raise AccessRefused(
        f"Le compte {crm.login} ne peut pas lancer l'action « {key} » du CRM.",
        todo="utilisez le compte du connecteur, et vérifiez que « mist apply » est passé",
    )
