"""Whose vote counts at a moment, and in whose hands it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

from mist_connector.declared.assembly import Proxies

from .electorate import Electorate
from .presence import Stays, has_come, present


@dataclass(frozen=True)
class Proxy:
    """Somebody absent gives her vote to somebody else: for one item, or for all (None)."""

    giver: str
    receiver: str
    item: str | None = None


@dataclass(frozen=True)
class Room:
    """An assembly under way: who may vote, who came and left, who gave her vote to whom, in this order."""

    electorate: Electorate
    stays: Stays
    proxies: Sequence[Proxy] = ()
    rule: Proxies | None = None

    def present(self, moment: time) -> frozenset[str]:
        """Return who of those with a vote is there."""
        return present(self.stays, moment) & self.electorate.voters

    def hands(self, moment: time, item: str) -> Mapping[str, str]:
        """Return each vote that counts, and whose hand casts it: one's own, or the receiver's.

        A proxy is void once its giver has come, where its receiver is not there or has no vote, beyond what
        one person may carry, and wherever the statutes say nothing of proxies.
        """
        here = self.present(moment)
        return MappingProxyType({**{code: code for code in here}, **self._carried(here, moment, item)})

    def _carried(self, here: frozenset[str], moment: time, item: str) -> dict[str, str]:
        if self.rule is None:
            return {}
        carried: dict[str, str] = {}
        load: Counter[str] = Counter()
        for proxy in self._latest(item):
            absent = proxy.giver in self.electorate.voters and not has_come(
                self.stays.get(proxy.giver, ()), moment
            )
            if absent and proxy.receiver in here and load[proxy.receiver] < self.rule.per_receiver:
                carried[proxy.giver] = proxy.receiver
                load[proxy.receiver] += 1
        return carried

    def _latest(self, item: str) -> Sequence[Proxy]:
        """Return the last proxy of each giver for an item, in the order in which they were given."""
        last = {proxy.giver: proxy for proxy in self.proxies if proxy.item in {None, item}}
        return [proxy for proxy in self.proxies if last.get(proxy.giver) is proxy]
