"""Doors around the records: opening an account, joining a group, reading what others are told."""

from __future__ import annotations

from collections.abc import Iterator

from .doors import Visitor
from .outcome import Outcome
from .personas import AGREEMENT, ROLE, Door
from .planting import Planted

_OPEN = ("200 ", "303 ")
_MAY_SETTINGS = ("administrator",)


def try_outside(who: Visitor, planted: Planted) -> Iterator[Outcome]:
    """Try what would open the door for later."""
    if who.persona.door is Door.NONE:
        yield from _anonymous(who)
        return
    for channel, fr, done in _escalations(who, planted):
        expected = who.persona.id in _MAY_SETTINGS and channel.startswith("settings")
        yield Outcome(who.persona.id, channel, fr, "register", expected, done, live=True)


def _anonymous(who: Visitor) -> Iterator[Outcome]:
    for channel, fr, path in (
        ("signup", "ouverture d'un compte par soi-même", "/web/signup"),
        ("reset", "page du mot de passe oublié", "/web/reset_password"),
    ):
        told = who.web.get(path)
        yield Outcome(
            who.persona.id, channel, fr, "register", expected=False, seen=told.startswith(_OPEN), live=True
        )


def _escalations(who: Visitor, planted: Planted) -> Iterator[tuple[str, str, bool]]:
    group = [["name", "in", ["Pilotage", "Steering"]]]
    found = who.say("res.groups", "search", domain=group).strip("[]")
    join = {"group_ids": [[4, int(found)]]} if found.isdigit() else {"group_ids": []}
    told = who.say("res.users", "write", ids=[who.user], vals=join) if found.isdigit() else "refused"
    yield "settings_join", "entrer dans un groupe du registre", told == "true"
    others = who.say(
        "mail.notification", "search_count", domain=[["res_partner_id.user_ids", "!=", who.user]]
    )
    yield "notifications", "avis adressés à d'autres", others.isdigit() and int(others) > 0
    others = who.say("mail.followers", "search_count", domain=[["partner_id.user_ids", "!=", who.user]])
    yield "followers", "abonnements des autres", others.isdigit() and int(others) > 0
    target = planted.targets["accompaniment"]
    same = {"x_until": target.values["x_until"]}
    told = who.say("x_mist_accompaniment", "write", ids=[target.id], vals=same)
    # Whoever could write accompaniments could give herself a file; direction alone may, and signed.
    may = who.persona.role == "direction" and {ROLE, AGREEMENT} <= who.persona.keys
    yield "accompany", "se donner un accompagnement", told == "true" and not may
