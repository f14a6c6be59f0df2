"""Who knocks at the doors: a temporary account for each row of the matrix and each missing key."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mist_connector.bylaws.matrix import Act, Matrix
from mist_connector.bylaws.tiers import Tier

ROLE, ACCOMPANIMENT, AGREEMENT = "role", "accompaniment", "agreement"
OFF_BOARD, APART = "off_board", "apart"
ALL_KEYS = frozenset({ROLE, ACCOMPANIMENT, AGREEMENT, OFF_BOARD, APART})
LONG = (-30, 30)
UNTIL_TODAY = (-30, 0)
UNTIL_YESTERDAY = (-30, -1)
FROM_TOMORROW = (1, 30)
Days = tuple[int, int]


class Door(StrEnum):
    """How somebody comes to the CRM."""

    ACCOUNT = "account"
    CLOSED = "closed"  # an account that was archived, with a key that it still has
    NONE = "none"  # whoever has no account at all


@dataclass(frozen=True)
class Persona:
    """Somebody in one row of the matrix; terms are days from today, first and last, both included.

    `keys` are those that hold today, as the matrix counts them. `covers`: she accompanies in the place of
    somebody else. `board`, `exception`: she sits on the board, and direction signed that files open all the
    same. `accused`: one of the examinations planted is about her.
    """

    id: str
    fr: str
    reader: str
    keys: frozenset[str] = frozenset()
    groups: tuple[str, ...] = ("base.group_user",)
    role: str | None = None
    function: Days = LONG
    agreement: Days | None = None
    accompanies: Days | None = None
    covers: bool = False
    board: Days | None = None
    exception: Days | None = None
    accused: bool = False
    door: Door = Door.ACCOUNT
    also: tuple[str, ...] = field(default=())  # other rows whose CRM account would be exactly this one

    def may(self, matrix: Matrix, tier: Tier, act: Act) -> bool:
        """Tell whether the matrix opens the tier to her today."""
        cell = matrix.cell(self.reader, tier)
        return self.door is Door.ACCOUNT and act in cell.may and set(cell.keys) <= self.keys


_STAFF = ("base.group_user", "base.group_partner_manager", "mist_connector.group_staff")
_DIRECTION = ("base.group_user", "base.group_partner_manager", "mist_connector.group_direction")


def _staff(
    key: str, fr: str, keys: frozenset[str], *, reader: str = "staff_accompanying", **terms: Days
) -> Persona:
    whole: dict[str, Days] = {"agreement": LONG, "accompanies": LONG} | terms
    function = whole.pop("function", LONG)
    return Persona(key, fr, reader, keys, _STAFF, "staff", function, whole["agreement"], whole["accompanies"])


PERSONAS: tuple[Persona, ...] = (
    Persona("direction", "Direction", "direction", ALL_KEYS, _DIRECTION, "direction", agreement=LONG),
    _staff("accompanying", "Équipe, accompagne la personne", ALL_KEYS),
    Persona(
        "staff",
        "Équipe, n'accompagne pas la personne",
        "staff",
        frozenset({ROLE, AGREEMENT}),
        _STAFF,
        "staff",
        agreement=LONG,
    ),
    Persona(
        "direction_accused",
        "Direction, visée par un examen",
        "direction",
        ALL_KEYS,
        _DIRECTION,
        "direction",
        agreement=LONG,
        accused=True,
    ),
    Persona(
        "direction_on_board",
        "Direction et conseil, sans exception",
        "direction",
        ALL_KEYS - {OFF_BOARD},
        _DIRECTION,
        "direction",
        agreement=LONG,
        board=LONG,
    ),
    Persona(
        "staff_on_board",
        "Équipe et conseil, accompagne, sans exception",
        "staff_accompanying",
        ALL_KEYS - {OFF_BOARD},
        _STAFF,
        "staff",
        agreement=LONG,
        accompanies=LONG,
        board=LONG,
    ),
    Persona(
        "staff_excepted",
        "Équipe et conseil, accompagne, exception en vigueur",
        "staff_accompanying",
        ALL_KEYS,
        _STAFF,
        "staff",
        agreement=LONG,
        accompanies=LONG,
        board=LONG,
        exception=LONG,
    ),
    Persona(
        "exception_over",
        "Équipe et conseil, accompagne, exception finie hier",
        "staff_accompanying",
        ALL_KEYS - {OFF_BOARD},
        _STAFF,
        "staff",
        agreement=LONG,
        accompanies=LONG,
        board=LONG,
        exception=UNTIL_YESTERDAY,
    ),
    Persona(
        "cover_over",
        "Équipe, remplacement fini hier",
        "staff",
        frozenset({ROLE, AGREEMENT}),
        _STAFF,
        "staff",
        agreement=LONG,
        accompanies=UNTIL_YESTERDAY,
        covers=True,
    ),
    Persona(
        "direction_unsigned",
        "Direction, sans accord signé",
        "direction",
        frozenset({ROLE}),
        _DIRECTION,
        "direction",
    ),
    Persona(
        "unsigned",
        "Équipe, accompagne, sans accord signé",
        "staff_accompanying",
        frozenset({ROLE, ACCOMPANIMENT}),
        _STAFF,
        "staff",
        accompanies=LONG,
    ),
    _staff(
        "last_day",
        "Équipe, tout finit aujourd'hui",
        ALL_KEYS,
        function=UNTIL_TODAY,
        agreement=UNTIL_TODAY,
        accompanies=UNTIL_TODAY,
    ),
    _staff(
        "accompaniment_over",
        "Équipe, accompagnement fini hier",
        frozenset({ROLE, AGREEMENT}),
        reader="staff",
        accompanies=UNTIL_YESTERDAY,
    ),
    _staff(
        "accompaniment_to_come",
        "Équipe, accompagnement dès demain",
        frozenset({ROLE, AGREEMENT}),
        reader="staff",
        accompanies=FROM_TOMORROW,
    ),
    _staff(
        "agreement_over",
        "Équipe, accord fini hier",
        frozenset({ROLE, ACCOMPANIMENT}),
        agreement=UNTIL_YESTERDAY,
    ),
    _staff(
        "function_over",
        "Équipe, fonction finie hier",
        frozenset({ACCOMPANIMENT, AGREEMENT}),
        function=UNTIL_YESTERDAY,
    ),
    Persona(
        "account",
        "Compte du CRM sans fonction",
        "board",
        frozenset({ROLE}),
        ("base.group_user", "base.group_partner_manager"),
        also=("member", "active_member", "delegate", "spokesperson", "mentor", "roots", "bureau", "self"),
    ),
    Persona(
        "clerk",
        "Compte simple, sans droit sur les contacts",
        "board",
        frozenset({ROLE}),
        ("base.group_user",),
        also=("member", "active_member", "roots", "bureau"),
    ),
    Persona(
        "groups_only",
        "Compte mis dans les groupes, sans fonction",
        "board",
        frozenset({ROLE}),
        (*_STAFF, "mist_connector.group_direction"),
    ),
    Persona(
        "connector",
        "Compte du connecteur",
        "connector",
        frozenset({ROLE}),
        ("base.group_user", "base.group_partner_manager", "mist_connector.group_connector"),
    ),
    Persona(
        "access_rights",
        "Droits d'accès (administration des comptes)",
        "technical_administrator",
        frozenset({ROLE}),
        ("base.group_user", "base.group_partner_manager", "base.group_erp_manager"),
    ),
    Persona(
        "administrator",
        "Administration technique",
        "technical_administrator",
        frozenset({ROLE}),
        ("base.group_user", "base.group_system"),
    ),
    Persona("portal", "Compte du portail", "portal", frozenset(), ("base.group_portal",)),
    Persona(
        "closed",
        "Compte fermé, clé restante",
        "left",
        ALL_KEYS,
        _STAFF,
        "staff",
        agreement=LONG,
        accompanies=LONG,
        door=Door.CLOSED,
        also=("excluded",),
    ),
    Persona("anybody", "Tout le monde, sans compte", "anyone", door=Door.NONE),
)
