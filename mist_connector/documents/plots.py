"""Bars drawn from a table that is already on the page: a plot cannot know more than what is printed there."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pygal
from pygal.style import Style

from .page_tree import Element

# The library leaves a finder for its plugins, of a form that Python no longer knows: every import would warn.
sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != pygal.__name__]

_INK = "#000000"
_BAR = "#4a4a4a"
_WIDTH, _ROW, _EDGE = 640, 34, 16
_NUMBER = re.compile(r"\d{1,3}(?:[,\N{NARROW NO-BREAK SPACE}]\d{3})*|\d+")


@dataclass(frozen=True)
class Bar:
    """A row of the table: its label, what is printed beside it, and that as a number; None: it is masked."""

    label: str
    printed: str

    @property
    def value(self) -> int | None:
        """The printed number, if it is one."""
        found = _NUMBER.fullmatch(self.printed)
        return int(re.sub(r"\D", "", found[0])) if found else None

    @property
    def words(self) -> str:
        """The row in words."""
        return f"{self.label} {self.printed}"


def bars_of(table: Element) -> list[Bar]:
    """Return the rows of a table as bars."""
    rows = [row.elements for row in table.below() if row.tag == "tr"]
    return [Bar(cells[0].words, cells[1].words) for cells in rows if len(cells) > 1]


def alternative(caption: str, bars: Sequence[Bar]) -> str:
    """Return what the plot shows, in words."""
    return f"{caption}. {' ; '.join(each.words for each in bars)}."


def draw(bars: Sequence[Bar]) -> str:
    """Return a vector drawing in one ink, each bar labelled with its number; none where it is masked."""
    plot = pygal.HorizontalBar(
        style=_style(),
        width=_WIDTH,
        height=_EDGE + _ROW * len(bars),
        range=(0, max((each.value or 0 for each in bars), default=0) or 1),
        show_legend=False,
        show_x_labels=False,
        show_x_guides=False,
        explicit_size=True,
        no_prefix=True,
        margin=4,
        spacing=6,
        js=[],
    )
    # The library counts from the bottom; a page is read from the top.
    plot.x_labels = [each.words for each in reversed(bars)]
    plot.add("", [each.value for each in reversed(bars)])
    drawn: str = plot.render(is_unicode=True)
    # Its comments say when it was drawn, and with what.
    return re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)


def _style() -> Style:
    return Style(
        background="transparent",
        plot_background="transparent",
        foreground=_INK,
        foreground_strong=_INK,
        foreground_subtle=_INK,
        colors=(_BAR,),
        font_family="Libertinus Serif",
        label_font_size=16,
        major_label_font_size=16,
        opacity="1",
    )
