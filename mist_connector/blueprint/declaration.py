"""What the mappings say that the CRM must hold, before it is compiled to the CRM's own records."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator
from pydantic import Field as Bound

from mist_connector.bylaws.provisions import Plausible
from mist_connector.bylaws.requirements import Requirement
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.bylaws.tiers import Tier
from mist_connector.conditions.spelling import DECIDED, Condition
from mist_connector.strict import Strict

from .acts import Act
from .hardening import Hardening
from .keys import KEY
from .numbers import BylawNumber
from .picks import Pick
from .screen import Entry, Filter, Form, ServerAction
from .server_files import FieldCode


@cache
def _zones() -> frozenset[str]:
    """Return the names of all time zones; listing them walks a whole folder."""
    return frozenset(available_timezones())


def _known(zone: str) -> str:
    if zone not in _zones():
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
    FOLDED = "folded"
    SHOWN = "shown"
    KEPT = "kept"
    APART = "apart"
    MISSING = "missing"


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
    """What the CRM computes a stored field from: columns that it depends on, and code.

    `code`: the name of a file of `server/fields`, or code.

    Nobody else writes it, be it together with what it depends on, unless it is `written` too. `entered`: it
    is worked out when that is entered, and stays so whatever the mappings say later.
    """

    depends: tuple[str, ...] = Bound(min_length=1)
    code: FieldCode
    written: bool = False
    entered: bool = False


class Kept(Strict):
    """When the CRM sets a flag by itself: once one condition holds, and for as long as another goes on."""

    once: Condition
    during: Condition


class Ended(Strict):
    """The facts with which the CRM itself ends something, in the write that records them.

    A date falls to the earliest of theirs; a choice becomes `becomes`. `by` is a condition on facts, or for a
    date `any` of several, each alone or, in an `all`, after what must hold of the record itself. `from`: the
    field with the planned date, which people write; without the facts it holds again. `kept_in`: where the
    CRM keeps what a choice was, which it becomes again without the facts.
    """

    rule: str
    by: Condition
    becomes: str | None = None
    kept_in: str | None = None
    planned: str | None = Bound(default=None, alias="from")


class First(Strict):
    """The facts whose earliest date a field follows, while the record has one of these statuses."""

    facts: Condition
    status: tuple[str, ...] = Bound(min_length=1)


class IdentityKind(StrEnum):
    """What a field tells of who somebody is."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


class Field(Strict):
    """One field of a model of ours; `to` is a model's key, or a technical name of the CRM's own.

    `joins`, for a joined field: groups of text fields; the first group that is filled in is shown, joined.
    `folds`, for a folded field: the fields that are searched in it, without regard to accents and case.
    `of`, for a shown field: the path to a text field of another model, read with the rights of who looks; for
    a choice: the path to the same choice of another model, which it always follows.
    `computed`: the CRM sets it by itself. For a link, `lets_go`: the record behind it may be deleted and this
    one stays, without the link; `goes_with`: this one is deleted with it.
    `address`, for a text: it is an e-mail address. `another`, for a link: it leads to somebody else than
    `person`. `kept`, for a kept field: when the flag is set. `ended`: what ends it, by itself. `first`, for a
    date: the facts whose earliest date it follows.
    `identity`: what it tells of who somebody is; whatever shields, searches, names or erases follows it.

    A field of the type `apart` is no field of the CRM's: conditions may ask about the records behind it, but
    whoever reads this model must not come to them, so nothing leads there. One of the type `missing` says
    what a person lacks for the status that comes next; it is worked out for whoever looks, and not stored.
    """

    key: str = Bound(pattern=KEY)
    type: FieldType
    label: Text
    help: Text | None = None
    required: bool = False
    choices: str | None = None
    to: str | None = None
    joins: tuple[tuple[str, ...], ...] = ()
    folds: tuple[str, ...] = ()
    of: str | None = None
    computed: Computed | None = None
    lets_go: bool = False
    goes_with: bool = False
    address: bool = False
    another: bool = False
    kept: Kept | None = None
    ended: Ended | None = None
    first: First | None = None
    identity: IdentityKind | None = None
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


class Model(Strict):
    """A model of ours: its tier, its fields, who may do what with it, and how it is shown.

    `identity`: the fields that no two records have alike (`name` is the code); empty where two may be alike.
    `sort`: the fields that a list is sorted by, `-` before one that goes down. `tones`: colours of
    choices. `empty`: what an empty list says. `begins_with`: the choices that the list is narrowed to at
    first; `starts_as`: those that a new record made from the list has. `buttons`: actions above the list and
    the form; `rows`: those that each row of the list has. `late`: the day after which a row that the list
    begins with is red. `cards`: the fields of a card, which the list is made of on a telephone.
    `withheld`: readers whom the matrix lets read this tier and to whom the model is closed, each with a
    reason. `counts`: a record is a fact for all conditions only while this holds. `by_another`: fields that
    nobody writes of herself.
    """

    key: str = Bound(pattern=KEY)
    label: Text
    plural: Text
    tier: Tier
    prefix: str = Bound(pattern=r"^[A-Z]{1,2}$")
    fields: tuple[Field, ...]
    identity: tuple[str, ...] = ()
    access: dict[str, tuple[Operation, ...]] = Bound(default_factory=dict)
    withheld: dict[str, Text] = Bound(default_factory=dict)
    shown: tuple[str, ...] = Bound(default=(), alias="list")
    sort: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    tones: dict[str, dict[str, Tone]] = Bound(default_factory=dict)
    empty: Text | None = None
    begins_with: dict[str, str] = Bound(default_factory=dict)
    starts_as: dict[str, str] = Bound(default_factory=dict)
    buttons: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    late: str | None = None
    cards: tuple[str, ...] = ()
    form: Form | None = None
    menu: Entry | None = None
    hooks: tuple[str, ...] = ()
    counts: Condition | None = None
    by_another: tuple[str, ...] = ()

    @property
    def technical(self) -> str:
        """The model's technical name in the CRM."""
        return f"x_mist_{self.key}"

    @property
    def last(self) -> str | None:
        """The column of the last day of a term; `ends` where something may shorten `until`; None: no term."""
        keys = {field.key for field in self.fields}
        return next((f"x_{key}" for key in ("ends", "until") if key in keys and "since" in keys), None)

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


class Because(Strict):
    """The rules behind what no single rule asks for: neutral codes and groups, functions, leases, terms."""

    secrecy: str
    functions: str
    leases: tuple[str, ...] = Bound(min_length=1)
    terms: tuple[str, ...] = Bound(min_length=1)


class Frame(Strict):
    """What frames everything: groups, leases, menus, and the modules that must be there first.

    `icon`: a sign of the CRM's own icon font, its colour and the one behind it, as `fa fa-x,#ffffff,#000000`.
    `timezone`: where midnight is, at which what somebody may read begins and ends. `hands`: which groups of
    accounts `machinery.yaml` and `hardening.yaml` speak of, by the words that they use for them. `because`:
    the rules that what every association needs comes from.
    """

    application: Text
    icon: str | None = Bound(default=None, pattern=r"^fa fa-[a-z-]+,#[0-9a-f]{6},#[0-9a-f]{6}$")
    timezone: Zone = "Europe/Paris"
    depends: tuple[str, ...]
    because: Because
    groups: tuple[Group, ...]
    hands: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
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


class Sound(Strict):
    """What can never be right, and what is said of it; `field` is filled in: a year, an order, an address.

    `ahead`, `taken`: said after a refusal, of a day that lies ahead, and of who holds the seats.
    """

    earliest: int = Bound(ge=1)
    plausible: Plausible = Plausible()
    year: Text
    order: Text
    address: Text
    another: Text
    herself: Text
    ahead: Text
    taken: Text


class Free(Strict):
    """Records that a rule forbids to refuse: no hook may stand on their model."""

    rule: str
    model: str


class Blueprint(Strict):
    """Everything that the CRM must hold, references resolved.

    `waiting` are the leases that no answer in force calls for: nothing of them is in the CRM. `digest` is
    that of the mapping files, which the CRM is told, so that no command acts by others unseen. `numbers`:
    those whose change a plan tells in words. `mailed`: the statuses that some document is mailed to.
    """

    frame: Frame
    waiting: tuple[Lease, ...] = ()
    models: tuple[Model, ...]
    vocabularies: dict[str, tuple[Choice, ...]]
    statuses: tuple[StatusRule, ...]
    hooks: tuple[Hook, ...]
    sound: Sound
    free: tuple[Free, ...] = ()
    actions: tuple[ServerAction, ...]
    acts: tuple[Act, ...] = ()
    picks: tuple[Pick, ...] = ()
    hardening: Hardening = Hardening()
    digest: str = ""
    numbers: tuple[BylawNumber, ...] = ()
    mailed: tuple[str, ...] = ()
    section_titles: dict[str, Text]  # rule id → title of its section, said with every refusal

    def model(self, key: str) -> Model:
        """Return a model by its key; KeyError if there is none."""
        for model in self.models:
            if model.key == key:
                return model
        raise KeyError(key)
