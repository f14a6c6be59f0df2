"""How long-running work tells its progress, without knowing who shows it."""

from __future__ import annotations

from typing import Protocol


class Reporter(Protocol):
    """Something that shows progress to a person; the library itself never prints."""

    def step(self, sentence: str) -> None:
        """Say, in plain French, what begins now."""

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Show that `done` of `total` units (bytes, records, steps; None: unknown) are finished."""


class Silent:
    """A reporter that shows nothing."""

    def step(self, sentence: str) -> None:
        """Do nothing."""

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Do nothing."""
