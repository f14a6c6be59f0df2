"""The only place that prints: sentences, tables, JSON, progress bars, errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from mist_connector.errors import MistError
from mist_connector.language import _

# Where nobody reads along (a pipe, a file), nothing is cut to the width of a screen.
_WIDE = None if sys.stdout.isatty() else 160
_out = Console(highlight=False, markup=False, soft_wrap=True, width=_WIDE)
_err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def say(text: str = "", *, style: str | None = None) -> None:
    """Print one sentence on standard output."""
    _out.print(text, style=style)


def note(text: str) -> None:
    """Print one sentence on standard error: progress and hints, never results."""
    _err.print(text, style="dim")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None) -> None:
    """Print a table on standard output; on a narrow screen words are folded, and nothing is cut off."""
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for header in headers:
        shown.add_column(header, overflow="fold")
    for row in rows:
        shown.add_row(*row)
    _out.print(shown)


def to_json(value: object) -> str:
    """Return a value as JSON, the same each time for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str) + "\n"


def emit_json(value: object) -> None:
    """Print a value as JSON."""
    sys.stdout.write(to_json(value))


def fail(error: MistError) -> None:
    """Print an error on standard error: what happened, then what to do."""
    _err.print(_("Erreur : {error.what}").format(error=error), style="bold red")
    if error.todo:
        _err.print(_("À faire : {error.todo}").format(error=error))


class ConsoleReporter:
    """Shows steps as lines and progress as bars, on standard error so that results stay clean."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._bars: dict[str, TaskID] = {}

    def step(self, sentence: str) -> None:
        """Say what begins now."""
        self._stop()
        _err.print(f"• {sentence}")

    def progress(self, label: str, done: int, total: int | None) -> None:
        """Draw or move the bar of `label`."""
        if not _err.is_terminal:
            return
        bars = self._running()
        if label not in self._bars:
            self._bars[label] = bars.add_task(label, total=total)
        bars.update(self._bars[label], completed=done, total=total)
        if total is not None and done >= total:
            self._stop()

    def _running(self) -> Progress:
        if self._progress is None:
            columns = (
                TextColumn("  {task.description}"),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
            )
            self._progress = Progress(*columns, TimeElapsedColumn(), console=_err, transient=True)
            self._progress.start()
        return self._progress

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._progress = None
        self._bars.clear()


def reporter() -> ConsoleReporter:
    """Return a reporter that shows progress on this console."""
    return ConsoleReporter()
