"""The minutes' record of a closed assembly: made once with the close, read again, corrected by a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mist_connector.assembly.record import digest, next_number
from mist_connector.bylaws.text import Text
from mist_connector.crm.batches import Row, create_all, read_all, write_all
from mist_connector.crm.port import Crm

from .assemblies import ASSEMBLY, AssemblyRecord

RECORD = "x_mist_record"


@dataclass(frozen=True)
class Version:
    """A version of the minutes: their number, its day, the digest of what they rest on, what it corrects."""

    number: str
    version: int
    written_on: date
    digest: str
    correction: Text | None


def content_digest(assembly: AssemblyRecord) -> str:
    """Return the digest of an assembly's items, candidacies, presences and proxies, in any order."""
    items = sorted(
        [
            each.id, each.title.fr, each.title.en, each.kind, each.office, each.secret, each.second_round,
            each.voted_at, each.ballots, each.blank, each.votes_for, each.votes_against, each.state,
            each.reason, each.follow_up, each.due_on, each.position,
            sorted([one.person, one.accepted_on, one.votes, one.elected] for one in each.candidacies),
        ]
        for each in assembly.items
    )  # fmt: skip
    invitees = sorted(
        [each.person, each.entitled, each.presence, each.proxy_to or "", each.proxy_item or 0]
        for each in assembly.invitees
    )
    return digest([assembly.code, assembly.on, assembly.hour, assembly.seal, items, invitees])


def close(crm: Crm, assembly: AssemblyRecord, *, on: date) -> str:
    """Note that the assembly is over, and make its record in the same write; return the minutes' number.

    `assembly` is as it stands after its results were written: nothing of it changes from then on.
    """
    rows = read_all(crm, ASSEMBLY, ["x_minutes"], domain=[["x_minutes", "!=", False]])
    number = next_number((row["x_minutes"] for row in rows), assembly.on)
    record = _values(assembly, number, 1, content_digest(assembly), on)
    behind = [[0, 0, record]]
    write_all(
        crm, ASSEMBLY, [assembly.id], {"x_state": "closed", "x_minutes": number, "x_record_ids": behind}
    )
    return number


def versions(crm: Crm, assembly: AssemblyRecord) -> tuple[Version, ...]:
    """Return the versions of an assembly's minutes, the first one first."""
    columns = ("x_number", "x_version", "x_written_on", "x_digest", "x_correction", "x_correction_en")
    rows = read_all(crm, RECORD, columns, domain=[["x_assembly_id", "=", assembly.id]])
    return tuple(sorted(map(_version, rows), key=lambda each: each.version))


def correct(crm: Crm, assembly: AssemblyRecord, correction: Text, *, on: date) -> Version:
    """Add a version of the minutes that says what it corrects; what they rest on stays as it was."""
    latest = versions(crm, assembly)[-1]
    values = _values(assembly, latest.number, latest.version + 1, latest.digest, on)
    words = {"x_correction": correction.fr, "x_correction_en": correction.en}
    create_all(crm, RECORD, [{**values, **words, "x_assembly_id": assembly.id}])
    return Version(latest.number, latest.version + 1, on, latest.digest, correction)


def _values(assembly: AssemblyRecord, number: str, version: int, seal: str, on: date) -> dict[str, object]:
    assert assembly.frozen_on is not None  # noqa: S101 - no assembly is open before its list is frozen
    return {
        "x_number": number,
        "x_version": version,
        "x_written_on": on.isoformat(),
        "x_on": assembly.on.isoformat(),
        "x_hour": assembly.hour,
        "x_frozen_on": assembly.frozen_on.isoformat(),
        "x_answer": assembly.answer,
        "x_seal": assembly.seal,
        "x_digest": seal,
        "x_item_count": len(assembly.items),
        "x_invitee_count": len(assembly.invitees),
    }


def _version(row: Row) -> Version:
    return Version(
        number=row["x_number"],
        version=row["x_version"],
        written_on=date.fromisoformat(row["x_written_on"]),
        digest=row["x_digest"],
        correction=_correction(row),
    )


def _correction(row: dict[str, object]) -> Text | None:
    french = row["x_correction"]
    return Text(fr=str(french), en=str(row["x_correction_en"] or french)) if french else None
