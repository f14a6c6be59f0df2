"""Server actions of ours: code that the CRM runs with its own rights, for named groups of accounts only."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from mist_connector.blueprint.records import MODULE
from mist_connector.errors import AccessRefused

from .port import Crm

# What each connection was told of the actions of each model: a sync runs several of one model.
_told: WeakKeyDictionary[Crm, dict[str, dict[str, int]]] = WeakKeyDictionary()


def find_server_action(crm: Crm, model: str, key: str) -> int:
    """Return the number of the action of this key among those `listed` for a model of the CRM.

    It is known by its external id, which nobody but an administrator can give to something else. Raises
    AccessRefused where the account may not run it, or where it is not deployed.
    """
    told, name = _told.setdefault(crm, {}), f"{MODULE}.action_{key}"
    if name not in told.get(model, {}):
        told[model] = _listed(crm, model)
    if name not in told[model]:
        raise AccessRefused(
            f"Le compte {crm.login} ne peut pas lancer l'action « {key} » du CRM.",
            todo="utilisez le compte du connecteur, et vérifiez que « mist apply » est passé",
        )
    return told[model][name]


def _listed(crm: Crm, model: str) -> dict[str, int]:
    """Return the numbers of a model's actions, by external id."""
    bindings = crm.call("ir.actions.actions", "get_bindings", model_name=model)
    ids = [each["id"] for each in bindings.get("action", [])]
    names = crm.call("ir.actions.server", "get_external_id", ids=ids) if ids else {}
    return {str(name): int(row_id) for row_id, name in names.items()}
