"""Somebody with all rights who opens a door by hand, and the kind of finding that must name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mist_connector.crm.port import Crm

Values = Mapping[str, Any]


class Hand:
    """Somebody with all rights who changes things by hand."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def ref(self, xmlid: str) -> int:
        """Return the number of what an external id names."""
        module, _, name = xmlid.partition(".")
        domain = [["module", "=", module], ["name", "=", name]]
        return int(
            self.crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])[0]["res_id"]
        )

    def ours(self, name: str) -> int:
        """Return the number of a record of ours."""
        return self.ref(f"mist_connector.{name}")

    def make(self, model: str, /, **values: Any) -> int:  # noqa: ANN401 - as the CRM takes them
        """Create a record."""
        return int(self.crm.call(model, "create", vals_list=[values])[0])

    def write(self, model: str, row_id: int, /, **values: Any) -> None:  # noqa: ANN401 - as the CRM takes them
        """Change a record."""
        self.crm.call(model, "write", ids=[row_id], vals=values)

    def account(self, login: str, *groups: str, **more: Any) -> int:  # noqa: ANN401 - as the CRM takes them
        """Make an account in some groups."""
        ids = [self.ref(group) for group in groups]
        login = f"{login}@mist.invalid"
        values = {"name": login, "login": login, "group_ids": [[6, 0, ids]], **more}
        [made] = self.crm.call("res.users", "create", vals_list=[values], context={"no_reset_password": True})
        return int(made)

    def elevated(self, code: str) -> None:
        """Run code with all rights, which is what an installed module may do, and leave nothing of it."""
        model = self.ref("base.model_res_partner")
        action = self.make("ir.actions.server", name="once", model_id=model, state="code", code=code)
        self.crm.call("ir.actions.server", "run", ids=[action])
        self.crm.call("ir.actions.server", "unlink", ids=[action])


Change = Callable[[Hand], object]


@dataclass(frozen=True)
class Opening:
    """A change, the kind of finding that names it, and what the finding's sentence must say."""

    kind: str
    says: str
    change: Change

    @property
    def by_baseline(self) -> bool:
        """Tell whether only what was answered for tells it from what may be there."""
        return self.kind.partition(":")[0] in {"new", "changed", "gone"}


def ours(model: str, name: str, **values: Any) -> Change:  # noqa: ANN401 - as the CRM takes them
    """Change a record of ours."""
    return lambda hand: hand.write(model, hand.ours(name), **values)


def parameter(key: str, value: str) -> Change:
    """Set a parameter of the CRM's."""
    return lambda hand: hand.crm.call("ir.config_parameter", "set_param", key=key, value=value)


def made(model: str, /, **values: Any) -> Change:  # noqa: ANN401 - as the CRM takes them
    """Make a record of the CRM's own; a value that starts with `@` is the number of what it names."""

    def change(hand: Hand) -> int:
        filled = {
            key: hand.ref(value[1:]) if isinstance(value, str) and value.startswith("@") else value
            for key, value in values.items()
        }
        return hand.make(model, **filled)

    return change


def member(group: str, login: str, *groups: str, **more: Any) -> Change:  # noqa: ANN401 - as above
    """Make an account that comes into a group from the group's side."""

    def change(hand: Hand) -> None:
        user = hand.account(login, *(groups or ("base.group_user",)), **more)
        hand.write("res.groups", hand.ref(group), user_ids=[[4, user]])

    return change


def several(login: str, number: int, *groups: str) -> Change:
    """Make several accounts."""
    return lambda hand: [hand.account(f"{login}{each}", *groups) for each in range(number)]


def attachment(**values: Any) -> Change:  # noqa: ANN401 - as the CRM takes them
    """Hang a file on a record of ours, with all rights."""
    code = (
        f"env['ir.attachment'].sudo().create({{'name': 'a', 'raw': 'x', **{values!r},"
        " 'res_model': 'x_mist_association', 'res_id': env.ref('mist_connector.association').id})"
    )
    return lambda hand: hand.elevated(code)


def code(model: str, name: str, text: str) -> Change:
    """Make a server action."""
    return made("ir.actions.server", name=name, model_id=f"@{model}", state="code", code=text)


def field(model: str, name: str, **values: Any) -> Change:  # noqa: ANN401 - as the CRM takes them
    """Add a field to a model."""
    return made("ir.model.fields", name=name, model_id=f"@{model}", field_description=name, **values)


def right(name: str, model: str, **values: Any) -> Change:  # noqa: ANN401 - as the CRM takes them
    """Give a right on a model."""
    return made("ir.model.access", name=name, model_id=f"@{model}", perm_read=True, **values)
