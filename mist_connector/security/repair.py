"""Close the doors that can be closed safely, and say which ones somebody must decide about.

What is ours is put back by an apply. A setting that somebody made is taken away, one of the CRM's own is put
right. Nothing that holds somebody's words is ever deleted, no field, no message, no account; and neither the
last administrator nor the account at work here ever loses a right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mist_connector.crm.elevated import Elevated
from mist_connector.crm.port import Crm
from mist_connector.errors import CrmError

from .finding import Closing, SecurityFinding
from .holders import SETTINGS, read_holders

NAME = "fermeture"
# Run with all rights, for tables that the CRM keeps even its administrator out of.
_MENDED = """
payload = env.context['mist_work']
for model, row_id, values in payload['rows']:
    if model in ('ir.attachment', 'mail.followers', 'res.users.apikeys'):
        record = env[model].sudo().browse(row_id).exists()
        if values:
            record.write(values)
        else:
            record.unlink()
action = {'closed': len(payload['rows'])}
"""


@dataclass(frozen=True)
class Mending:
    """What can be closed by a program, and what somebody must decide about."""

    doable: tuple[SecurityFinding, ...]
    by_hand: tuple[SecurityFinding, ...]

    @property
    def applies(self) -> bool:
        """Whether something of ours must be put back."""
        return any(each.closing is Closing.APPLY for each in self.doable)


def sort_out(crm: Crm, findings: Iterable[SecurityFinding]) -> Mending:
    """Tell what can be closed by a program from what cannot."""
    spared = frozenset(_spared(crm))
    sorted_out = tuple(_careful(each, spared) for each in findings)
    return Mending(
        tuple(each for each in sorted_out if each.closing is not Closing.HAND),
        tuple(each for each in sorted_out if each.closing is Closing.HAND),
    )


def close_doors(crm: Crm, mending: Mending) -> Iterator[tuple[SecurityFinding, str]]:
    """Close everything that is not ours; yield what the CRM refused to have closed, with its words."""
    for each in mending.doable:
        try:
            match each.closing:
                case Closing.REMOVE:
                    crm.call(each.model, "unlink", ids=[each.id])
                case Closing.WRITE:
                    crm.call(each.model, "write", ids=[each.id], vals=dict(each.values))
                case _:
                    continue
        except CrmError as error:
            yield each, error.what
    kept = [each for each in mending.doable if each.closing is Closing.ELEVATED]
    if kept:
        with Elevated.opened(crm, NAME, _MENDED) as elevated:
            elevated.run(_MENDED, {"rows": [[each.model, each.id, dict(each.values)] for each in kept]})


def _spared(crm: Crm) -> Iterator[int]:
    """Yield the accounts from which nothing is taken: the one at work, and the last administrator's."""
    yield crm.uid()
    chiefs = [each for each in read_holders(crm).accounts if each.active and SETTINGS in each.groups]
    if len(chiefs) == 1:
        yield chiefs[0].id


def _careful(finding: SecurityFinding, spared: frozenset[int]) -> SecurityFinding:
    if finding.model != "res.users" or finding.id not in spared:
        return finding
    return replace(finding, closing=Closing.HAND)
