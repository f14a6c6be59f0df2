"""Numbers of the bylaws that the CRM is told with its rules: a plan says in words which ones change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mist_connector.bylaws.text import Text
from mist_connector.strict import Strict


class BylawNumber(Strict):
    """A number by its short name; `said`: how a change of it is told, with `{before}` and `{after}`."""

    name: str
    value: int
    said: Text


def told(numbers: Iterable[BylawNumber]) -> str:
    """Return the numbers as one line, which the CRM keeps beside the digest of the mappings."""
    return " ".join(f"{each.name}={each.value}" for each in numbers)


def changed(numbers: Iterable[BylawNumber], before: str) -> Iterator[Text]:
    """Yield a sentence for each number that is another one in a line that the CRM kept."""
    known = dict(word.split("=", 1) for word in before.split() if "=" in word)
    for each in numbers:
        was = known.get(each.name)
        if was is not None and was != str(each.value):
            yield Text(
                fr=each.said.fr.format(before=was, after=each.value),
                en=each.said.en.format(before=was, after=each.value),
            )
