"""How many mails leave on which day, where the host lets only so many leave in one."""

from __future__ import annotations

from mist_connector.language import _


def spread(mails: int, limit: int, already: int) -> list[int]:
    """Return how many of these mails leave today and on each day after it; `already` left today."""
    days: list[int] = []
    left = mails
    room = max(limit - already, 0)
    while left > 0 or not days:
        days.append(min(room, left))
        left -= days[-1]
        room = limit
    return days


def spread_told(mails: int, limit: int, already: int) -> str:
    """Say it in a few words; nothing where all leave today."""
    days = spread(mails, limit, already)
    if len(days) == 1:
        return ""
    named = (_("aujourd'hui"), _("demain"), _("après-demain"))
    if len(days) <= len(named):
        told = ", ".join(f"{count} {day}" for count, day in zip(days, named, strict=False))
    else:
        told = _("{day} aujourd'hui, puis {limit} par jour pendant {days} jours").format(
            day=days[0], limit=limit, days=len(days) - 1
        )
    return _("{told} (l'hébergeur en laisse partir {limit} par jour)").format(told=told, limit=limit)
