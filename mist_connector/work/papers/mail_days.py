"""How many mails leave on which day, where the host lets only so many leave in one."""

from __future__ import annotations

_DAYS = ("aujourd'hui", "demain", "après-demain")


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
    if len(days) <= len(_DAYS):
        told = ", ".join(f"{count} {day}" for count, day in zip(days, _DAYS, strict=False))
    else:
        told = f"{days[0]} aujourd'hui, puis {limit} par jour pendant {len(days) - 1} jours"
    return f"{told} (l'hébergeur en laisse partir {limit} par jour)"
