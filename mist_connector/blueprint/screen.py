"""What the mappings say of the CRM's pages: forms, filters, places in the menu, and what buttons run."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field as Bound

from mist_connector.bylaws.text import Text
from mist_connector.strict import Strict

from .keys import KEY
from .server_files import ActionCode


class FormGroup(Strict):
    """Fields shown together on a form, under a title."""

    label: Text
    fields: tuple[str, ...]


class Form(Strict):
    """What a form shows: a status bar, a title, groups of fields, and a tab for each list of facts.

    `acts`: those that stand above the list of a tab. `quiet`: tabs that show once something is in them.
    `told`: fields that buttons and commands fill in, and nobody types.
    """

    status: str | None = None
    title: str | None = None
    groups: tuple[FormGroup, ...] = ()
    tabs: tuple[str, ...] = ()
    acts: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    quiet: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class Filter(Strict):
    """What a list may be narrowed to by one click, in the CRM's own words."""

    key: str = Bound(pattern=KEY)
    label: Text
    domain: str


class Entry(Strict):
    """A place in the menu."""

    under: str
    order: int


class Stands(StrEnum):
    """The only place where a button stands, if not in both."""

    LIST = "list"
    FORM = "form"


class ServerAction(Strict):
    """Code that the CRM runs with its own rights, for named groups of accounts only.

    `listed`: the CRM names it among the actions of its model, by which the connector's account finds it.
    `hidden`: no menu of a view shows it. `turn`: the choices of the record during which its button shows on
    the form; it refuses at other times.
    `needs`: a field without which its button does not show. `stands`: the only place of its button.
    `code`: the name of a file of `server/actions`, or code.
    """

    key: str = Bound(pattern=KEY)
    label: Text
    model: str
    groups: tuple[str, ...]
    listed: bool = False
    hidden: bool = False
    turn: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    needs: str | None = None
    stands: Stands | None = None
    code: ActionCode
