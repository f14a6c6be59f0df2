"""How far the consents of a person in force today let her name be told; a picture is another matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from .facts import Consent, Facts
from .in_force import in_force

# Of `visibility_limits`. A consent for chosen media covers neither a mail nor a list in the CRM.
FULL_NAME = frozenset({"no_picture", "full"})
FIRST_NAME = "first_name"


class Naming(StrEnum):
    """How much of a name may stand somewhere; a name of use stands for either."""

    FIRST = "first"
    FULL = "full"


def consented(consents: Iterable[Consent], on: date) -> Naming | None:
    """Return how much of her name the consents in force on a day cover: the narrowest that names her."""
    limits = {each.limits for each in in_force(consents, on)}
    if FIRST_NAME in limits:
        return Naming.FIRST
    return Naming.FULL if limits & FULL_NAME else None


def on_contact(facts: Facts, accounts: Iterable[str], on: date) -> Naming | None:
    """Return how much of her name her contact shows: by consent, or by an account held for a function.

    `accounts` are the codes of the functions that have one. Her own limits hold for that, too.
    """
    named = consented(facts.consents, on)
    held = set(accounts) & {function.code for function in in_force(facts.functions, on)}
    return named or (Naming.FULL if held else None)
