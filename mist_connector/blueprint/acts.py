"""Acts: buttons that open a short dialog, filled in as far as it can be, and say what came of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field as Bound

from mist_connector.bylaws.text import Text
from mist_connector.strict import Strict

from .keys import KEY


class Source(StrEnum):
    """What the CRM fills in by itself, at the moment at which the button is pushed."""

    TODAY = "today"
    MINE = "mine"  # the function that whoever pushes it holds today
    HERE = "here"  # the record on which the button stands
    PERSON = "person"  # the person on whose record, or on a record about whom, it stands


class Said(Strict):
    """A sentence that takes the place of the usual one where the record has these values; one may warn."""

    when: dict[str, str | int | bool]
    text: Text
    warns: bool = False


class Act(Strict):
    """A button that records a fact in one short dialog.

    `opens`: the model of the fact. `filled`: fields that the CRM fills in; a path after `here` follows links,
    as `here.person`. `given`: fields with a fixed value. `asks`: the fields of the dialog, in their order;
    `told`: those of them that nobody types. `explains`: a sentence above them. `does`: the dialog's own
    button. `done`: what is said afterwards, with the exceptions of `unless`.
    `settles`: the checks whose reminders about the person are done once the fact is recorded; a button on a
    reminder shows for these. `anytime`: above a list, it
    needs no ticked row. `turn`: the choices of the record during which the button shows on its form.
    """

    key: str = Bound(pattern=KEY)
    rule: str
    label: Text
    opens: str
    groups: tuple[str, ...]
    filled: dict[str, str] = Bound(default_factory=dict)
    given: dict[str, str | int | bool] = Bound(default_factory=dict)
    asks: tuple[str, ...]
    told: tuple[str, ...] = ()
    explains: Text | None = None
    does: Text
    done: Text
    unless: tuple[Said, ...] = ()
    anytime: bool = False
    turn: dict[str, tuple[str, ...]] = Bound(default_factory=dict)
    settles: tuple[str, ...] = ()
