"""What the mappings say that the CRM must hold, before it is compiled to the CRM's own records."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator
from pydantic import Field as Bound

from mist_connector.bylaws.conditions import DECIDED, Condition, Requirement
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.strict import Strict

from .hardening import Hardening

KEY = r"^[a-z][a-z0-9_]*$"


def _known(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError(f"fuseau horaire inconnu «\xa0{zone}\xa0»\xa0; on attend par exemple Europe/Paris")
    return zone


Zone = Annotated[str, AfterValidator(_known)]


class FieldType(StrEnum):
    """The kinds of value that a field of ours may hold."""

    TEXT = "text"
    NOTE = "note"
    DATE = "date"
    FLAG = "flag"
    NUMBER = "number"
    CHOICE = "choice"
    LINK = "link"
    MANY = "many"
    JOINED = "joined"
    SHOWN = "shown"
    KEPT = "kept"
    APART = "apart"


class Operation(StrEnum):
    """What somebody may do with a record."""

    READ = "read"
    WRITE = "write"
    CREATE = "create"
    DELETE = "delete"


class Tone(StrEnum):
    """The colour that a choice is shown in."""

    GOOD = "success"
    NEWS = "info"
    CARE = "warning"
    GRAVE = "danger"
    PAST = "muted"


class Choice(Strict):
    """One entry of a closed list: what is stored, and what is shown."""

    id: str = Bound(pattern=KEY)
    label: Text
    rule: str | None = None


class Computed(Strict):
    """What the CRM computes a stored field from, in its own words: columns that it depends on, and code."""

    depends: tuple[str, ...] = Bound(min_length=1)
    code: str


class Kept(Strict):
    """When the CRM sets a flag by itself: once one condition holds, and for as long as another goes on."""

    once: Condition
    during: Condition


class Ended(Strict):
    """The facts with which the CRM itself ends something, in the write that records them.

    A date falls to the earliest of theirs; a choice becomes `becomes`. `by` is a condition on facts, or for a
    date `any` of several, each alone or, in an `all`, after what must hold of the record itself.
    """

    rule: str
    by: Condition
    becomes: str | None = None


class Field(Strict):
    """One field of a model of ours; `to` is a model's key, or a technical name of the CRM's own.

    `joins`, for a joined field: groups of text fields; the first group that is filled in is shown, joined.
    `of`, for a shown field: the path to a text field of another model, read with the rights of who looks; for
    a choice: the path to the same choice of another model, which it always follows.
    `computed`: the CRM sets it by itself. `lets_go`, for a link: the record behind it may be deleted.
    `kept`, for a kept field: when the flag is set. `ended`: what ends it, by itself.

    A field of the type `apart` is no field of the CRM's: conditions may ask about the records behind it, but
    whoever reads this model must not come to them, so nothing leads there.
    """

    key: str = Bound(pattern=KEY)
    type: FieldType
    label: Text
    help: Text | None = None
    required: bool = False
    choices: str | None = None
    to: str | None = None
    joins: tuple[tuple[str, ...], ...] = ()
    of: str | None = None
    computed: Computed | None = None
    lets_go: bool = False
    kept: Kept | None = None
    ended: Ended | None = None
    rule: str | None = None
    decision: str | None = None

    @property
    def column(self) -> str:
        """The field's technical name in the CRM."""
        if self.type is FieldType.LINK:
            return f"x_{self.key}_id"
        if self.type is FieldType.MANY:
            return f"x_{self.key.removesuffix('s')}_ids"
        return f"x_{self.key}"


class FormGroup(Strict):
    """Fields shown together on a form, under a title."""

    label: Text
    fields: tuple[str, ...]


class Form(Strict):
    """What a form shows: a status bar, a title, groups of fields, and a tab for each list of facts.

    `told`: fields that buttons and commands fill in, and nobody types.
    """

    status: str | None = None
    title: str | None = None
    groups: tuple[FormGroup, ...] = ()
    tabs: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class Entry(Strict):
    """A place in the menu."""

    under: str
    order: int


class Model(Strict):
    """A model of ours: its tier, its fields, who may do what with it, and how it is shown.

    `sort`: the fields that a list is sorted by, `-` before one that goes down. `tones`: colours of
    choices. `empty`: what an empty list says. `begins_with`: the choices that the list is narrowed to at
    first. `buttons`: actions above the list and the form.
    """

    key: str = Bound(pattern=KEY)
    label: Text
    plural: Text
    tier: Tier
    prefix: str = Bound(pattern=r"^[A-Z]{1,2}$")
    fields: tuple[Field, ...]
    access: dict[str, tuple[Operation, ...]] = Bound(default_factory=dict)
    shown: tuple[str, ...] = Bound(default=(), alias="list")
    sort: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    tones: dict[str, dict[str, Tone]] = Bound(default_factory=dict)
    empty: Text | None = None
    begins_with: dict[str, str] = Bound(default_factory=dict)
    buttons: tuple[str, ...] = ()
    form: Form | None = None
    menu: Entry | None = None
    hooks: tuple[str, ...] = ()

    @property
    def technical(self) -> str:
        """The model's technical name in the CRM."""
        return f"x_mist_{self.key}"

    def field(self, key: str) -> Field:
        """Return a field by its key; KeyError if there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


class Group(Strict):
    """A group of accounts; its name is neutral, since the CRM prints it in access errors."""

    key: str = Bound(pattern=KEY)
    label: Text


class Lease(Strict):
    """A right that holds only while facts hold; without `holds`, as long as the account is in the group.

    `reader` is the row of the access matrix that the lease serves, and may never exceed. `decided`: it is
    there only while that answer to an open question is in force; `settled`: and the association gave it.
    """

    key: str = Bound(pattern=KEY)
    reader: str
    group: str
    rule: str
    holds: Condition | None = None
    decided: str | None = Bound(default=None, pattern=DECIDED)
    settled: bool = False


class Menu(Strict):
    """A heading of the application's menu."""

    key: str = Bound(pattern=KEY)
    label: Text


class ServerAction(Strict):
    """Code that the CRM runs with its own rights, for named groups of accounts only.

    `listed`: the CRM names it among the actions of its model, by which the connector's account finds it.
    `turn`: the choices of the record during which its button shows on the form; it refuses at other times.
    """

    key: str = Bound(pattern=KEY)
    label: Text
    model: str
    groups: tuple[str, ...]
    listed: bool = False
    turn: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    code: str


class Frame(Strict):
    """What frames everything: groups, leases, menus, and the modules that must be there first.

    `icon`: a sign of the CRM's own icon font, its colour and the one behind it, as `fa fa-x,#ffffff,#000000`.
    `timezone`: where midnight is, at which what somebody may read begins and ends.
    """

    application: Text
    icon: str | None = Bound(default=None, pattern=r"^fa fa-[a-z-]+,#[0-9a-f]{6},#[0-9a-f]{6}$")
    timezone: Zone = "Europe/Paris"
    depends: tuple[str, ...]
    groups: tuple[Group, ...]
    conditions: dict[str, Condition] = Bound(default_factory=dict)
    leases: tuple[Lease, ...]
    menus: tuple[Menu, ...]


class Hook(Strict):
    """A requirement on every record of a model, checked by the CRM whenever a field it names changes.

    `watching`: fields whose change has it checked again, beside those that it names. `on_entry`: only when
    the record itself is entered or changed. Facts recorded later break nothing then: a departure is never
    refused for the mandate that it ends.
    """

    key: str = Bound(pattern=KEY)
    model: str
    on_entry: bool = False
    watching: tuple[str, ...] = ()
    requirement: Requirement


class Free(Strict):
    """Records that a rule forbids to refuse: no hook may stand on their model."""

    rule: str
    model: str


class Blueprint(Strict):
    """Everything that the CRM must hold, references resolved.

    `waiting` are the leases that no answer in force calls for: nothing of them is in the CRM.
    """

    frame: Frame
    waiting: tuple[Lease, ...] = ()
    models: tuple[Model, ...]
    vocabularies: dict[str, tuple[Choice, ...]]
    statuses: tuple[StatusRule, ...]
    hooks: tuple[Hook, ...]
    free: tuple[Free, ...] = ()
    actions: tuple[ServerAction, ...]
    hardening: Hardening = Hardening()
    section_titles: dict[str, Text]  # rule id → title of its section, said with every refusal

    def model(self, key: str) -> Model:
        """Return a model by its key; KeyError if there is none."""
        for model in self.models:
            if model.key == key:
                return model
        raise KeyError(key)
