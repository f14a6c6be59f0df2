"""Asking again: only where repeating changes nothing, a few times, and told each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tenacity

from mist_connector.errors import Busy, MistError, NotReached, OutcomeUnknown
from mist_connector.language import _

# Methods of the CRM that write nothing: asked twice, they answer twice.
READING = frozenset(
    {
        "context_get",
        "fields_get",
        "get_bindings",
        "get_external_id",
        "has_group",
        "name_search",
        "read",
        "read_group",
        "search",
        "search_count",
        "search_read",
        "web_read",
        "web_search_read",
    }
)
_TIMES = 4
_PATIENCE = 90.0  # seconds after which nothing is asked again
Tell = Callable[[str], None]


def again(ask: Callable[[], Any], *, method: str, known: bool, tell: Tell) -> Any:  # noqa: ANN401 - the CRM's answer
    """Return what `ask` returns, asking again after a failure that leaves no doubt.

    `known`: the CRM has answered before, so that its address is right, and it is about to come back. What was
    written, and may have happened, is never asked again here.
    """

    def repeatable(error: BaseException) -> bool:
        if isinstance(error, Busy):
            return (error.after or 0.0) <= _PATIENCE
        if isinstance(error, NotReached):
            return known
        return isinstance(error, OutcomeUnknown) and known and method in READING

    def told(state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, MistError) and state.next_action is not None:
            place = f"{state.attempt_number + 1}/{_TIMES}"
            tell(
                _("{what} Nouvel essai dans {sleep:.0f} s ({place}).").format(
                    what=error.what, sleep=state.next_action.sleep, place=place
                )
            )

    asking = tenacity.Retrying(
        retry=tenacity.retry_if_exception(repeatable),
        wait=_wait,
        stop=tenacity.stop_after_attempt(_TIMES) | tenacity.stop_after_delay(_PATIENCE),
        before_sleep=told,
        reraise=True,
    )
    return asking(ask)


_GROWING = tenacity.wait_random_exponential(multiplier=1.0, max=10.0)


def _wait(state: tenacity.RetryCallState) -> float:
    """Return how long to wait: what the CRM asks for, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Busy) and error.after is not None:
        return error.after
    return float(_GROWING(state))
