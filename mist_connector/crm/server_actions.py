"""Server actions of ours: code that the CRM runs with its own rights, for named groups of accounts only."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from mist_connector.blueprint.records import MODULE
from mist_connector.errors import AccessRefused
from mist_connector.language import _

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
            _("Le compte {login} ne peut pas lancer l'action « {key} » du CRM.").format(
                login=crm.login, key=key
            ),
            todo=_("utilisez le compte du connecteur, et vérifiez que « mist apply » est passé"),
        )
    return told[model][name]


def _listed(crm: Crm, model: str) -> dict[str, int]:
    """Return the numbers of a model's actions, by external id.

    Each bears its external id among the kinds of view that list it (`binding_view_types`), which the CRM
    tells whoever may run it. Asked for external ids, the CRM answers with numbers as keys, which XML-RPC
    cannot carry. Raises AccessRefused where two bear the same.
    """
    bindings = crm.call("ir.actions.actions", "get_bindings", model_name=model)
    found: dict[str, int] = {}
    for each in bindings.get("action", []):
        for name in _names(each["binding_view_types"]):
            if name in found:
                raise AccessRefused(
                    _(
                        "Deux actions du CRM portent le nom « {name} » : l'une est une copie faite à la main."
                    ).format(name=name),
                    todo=_("« mist plan » la montre ; « mist apply » la retire"),
                )
            found[name] = int(each["id"])
    return found


def _names(kinds_of_view: str | bool) -> list[str]:  # noqa: FBT001 - as the CRM answers an empty text
    return [kind for kind in str(kinds_of_view).split(",") if kind.startswith(f"{MODULE}.")]
