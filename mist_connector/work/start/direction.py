"""The first direction: a person, her agreement, her function, and the account that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.identity import identity_of
from mist_connector.crm.port import Crm
from mist_connector.crm.server_actions import find_server_action
from mist_connector.errors import MistError
from mist_connector.language import _

GIVE, ROLE = "give_functions", "direction"


@dataclass(frozen=True)
class FirstDirection:
    """Who directs, by what account, since when, and how long her confidentiality agreement holds."""

    first_name: str
    last_name: str
    login: str
    signed_on: date
    valid_months: int


def record_direction(install: Crm, run: Crm, blueprint: Blueprint, who: FirstDirection, *, on: date) -> str:
    """Record the first direction, and return her code; what an interrupted start recorded is taken up.

    The account that runs records the person and her agreement. The account that installs gives the function,
    which opens personal files: the connector may not. Raises MistError where two people have her names.
    """
    person, code = _person(run, blueprint, who)
    _agreement(run, blueprint, person, who)
    if not _given(run, blueprint, person, on):
        values = {"x_role": ROLE, "x_since": on.isoformat(), "x_login": who.login}
        _give(install, blueprint, code, values)
    return code


def _given(run: Crm, blueprint: Blueprint, person: int, on: date) -> bool:
    """Tell whether an interrupted start has given her the function already."""
    today = on.isoformat()
    domain = [
        *(["x_person_id", "=", person], ["x_role", "=", ROLE], ["x_since", "<=", today]),
        *("|", ["x_until", "=", False], ["x_until", ">=", today]),
    ]
    return bool(run.call(blueprint.model("function").technical, "search_count", domain=domain))


def _person(run: Crm, blueprint: Blueprint, who: FirstDirection) -> tuple[int, str]:
    model = blueprint.model("person").technical
    first, last = identity_of(blueprint).whole
    names = {first: who.first_name, last: who.last_name}
    domain = [[column, "=", value] for column, value in names.items()]
    found = run.call(model, "search_read", domain=domain, fields=["x_name"])
    if len(found) > 1:
        raise MistError(
            _("Deux personnes du registre portent ces nom et prénom."),
            todo=_("notez la fonction dans le CRM, avec le compte de la direction"),
        )
    if not found:
        [made] = run.call(model, "create", vals_list=[names])
        found = run.call(model, "search_read", domain=[["id", "=", made]], fields=["x_name"])
    return int(found[0]["id"]), str(found[0]["x_name"])


def _agreement(run: Crm, blueprint: Blueprint, person: int, who: FirstDirection) -> None:
    model = blueprint.model("agreement").technical
    since = who.signed_on.isoformat()
    if run.call(model, "search_count", domain=[["x_person_id", "=", person], ["x_since", "=", since]]):
        return
    until = who.signed_on + relativedelta(months=who.valid_months)
    values = {"x_person_id": person, "x_since": since, "x_until": until.isoformat()}
    run.call(model, "create", vals_list=[values])


def _give(install: Crm, blueprint: Blueprint, code: str, values: dict[str, str]) -> None:
    action = find_server_action(install, blueprint.model("function").technical, GIVE)
    context = {"mist_functions": [{"person": code, "values": values}]}
    answer = install.call("ir.actions.server", "run", ids=[action], context=context)
    if not isinstance(answer, dict) or answer.get("unknown") or not answer.get("new"):
        raise MistError(
            _("Le CRM n'a pas noté la fonction de direction."),
            todo=_("relancez « mist start » ; sinon, « mist check » dit ce qui manque"),
        )
