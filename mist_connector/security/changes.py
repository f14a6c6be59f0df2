"""What is not as somebody answered for it, in words: who changed it, when, what it opens, how to close it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mist_connector.crm.port import Crm

from .baseline import Act, Difference, Record, State, compare, read
from .finding import UNKNOWN, Closing, SecurityFinding, Trace, trace_of
from .kinds import BY_MODEL
from .looking import Look

SYSTEM = 1  # the CRM's own account, as which it loads what a module ships
_ACTS = {Act.NEW: "ajout", Act.CHANGED: "changement", Act.GONE: "disparition"}
_ANSWER = "relisez, puis répondez-en (mist check --security --acknowledge RAISON)"
_OURS = "x_mist"


@dataclass(frozen=True)
class Row:
    """What the CRM says of a record that differs: its name, who wrote it, whether it speaks of ours."""

    told: str = ""
    trace: Trace = UNKNOWN
    by: int = 0
    speaks: bool = False


@dataclass(frozen=True)
class Unanswered:
    """What nobody has answered for: findings, and the differences behind each, in the same order."""

    findings: tuple[SecurityFinding, ...]
    behind: tuple[tuple[Difference, ...], ...]
    record: Record | None


def unanswered(crm: Crm, look: Look, secret: bytes | None) -> Unanswered:
    """Compare the CRM with its baseline; one request more for each table in which something differs."""
    if not look.kept:
        lost = () if secret is None else (_lost(),)
        return Unanswered(lost, ((),) * len(lost), None)
    record = read(look.kept, secret, look.database)
    if record is None:
        return Unanswered((_forged(),), ((),), None)
    known = record.baseline.state
    found = compare(known, look.state)
    rows = _rows(crm, found)
    pairs = list(_told(found, rows, known, look.state))
    if not record.trusted:
        pairs.insert(0, (_forged() if secret is not None else _unread(), ()))
    return Unanswered(tuple(each for each, _ in pairs), tuple(behind for _, behind in pairs), record)


def _told(
    found: Sequence[Difference], rows: Mapping[tuple[str, int], Row], known: State, today: State
) -> Iterator[tuple[SecurityFinding, tuple[Difference, ...]]]:
    """Yield a finding for each module that changed, with all that it ships, and for each other record."""
    moved = {
        name
        for name in {*known.modules, *today.modules}
        if known.modules.get(name) != today.modules.get(name)
    }
    shipped: dict[str, list[Difference]] = defaultdict(list)
    for each in found:
        if each.module in moved and _loaded(each, rows):
            shipped[each.module].append(each)
    for name in sorted(moved):
        yield _moved(name, shipped[name], known, today), tuple(shipped[name])
    for each in found:
        if each not in shipped[each.module]:
            yield _changed(each, rows.get((each.model, each.id), Row()), today), (each,)


def _loaded(each: Difference, rows: Mapping[tuple[str, int], Row]) -> bool:
    """Tell whether the CRM itself wrote a record last, as it does where it loads a module."""
    return each.act is Act.GONE or rows.get((each.model, each.id), Row()).by == SYSTEM


def _moved(name: str, shipped: Sequence[Difference], known: State, today: State) -> SecurityFinding:
    before, after = known.modules.get(name), today.modules.get(name)
    counts: dict[str, int] = defaultdict(int)
    for each in shipped:
        counts[each.model] += 1
    brought = ", ".join(f"{model} {count}" for model, count in sorted(counts.items())) or "rien d'ouvrant"
    if before is None:
        what = f"le module {name} est installé ({after}) : {brought}"
    elif after is None:
        what = f"le module {name} n'est plus installé : {brought}"
    else:
        what = f"le module {name} est passé de {before} à {after} : {brought}"
    return SecurityFinding("upgrade", what, _ANSWER, module=name)


def _changed(each: Difference, row: Row, today: State) -> SecurityFinding:
    kind = BY_MODEL[each.model]
    what = f"{_ACTS[each.act]} : {kind.what} « {row.told or each.id} » ; {kind.opens}"
    if row.speaks:
        what += " ; nos fiches y sont nommées"
    if each.module and each.act is not Act.GONE:
        version = today.modules.get(each.module)
        shown = (
            f"le module {each.module} ({version}) n'a pas changé"
            if version
            else f"{each.module} n'est pas un module"
        )
        what += f" ; son nom externe dit « {each.module} », et {shown}"
    closing = kind.closing if each.act is Act.NEW else Closing.HAND
    mend = {Closing.HAND: _ANSWER}.get(closing, f"fermez (--repair), ou {_ANSWER}")
    return SecurityFinding(
        f"{each.act.value}:{each.model}", what, mend, closing, each.model, each.id, kind.values, row.trace
    )


def _rows(crm: Crm, found: Iterable[Difference]) -> dict[tuple[str, int], Row]:
    """Return what the CRM says of the records that differ, one request a table."""
    ids: dict[str, list[int]] = defaultdict(list)
    for each in found:
        if each.act is not Act.GONE:
            ids[each.model].append(each.id)
    rows: dict[tuple[str, int], Row] = {}
    for model, numbers in ids.items():
        domain = [["id", "in", numbers]]
        for values in crm.call(model, "search_read", domain=domain, fields=_asked(model), context=_ALL):
            rows[model, values["id"]] = _row(values, BY_MODEL[model].told)
    return rows


_ALL = {"active_test": False, "lang": "fr_FR"}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "ir.actions.server": ("code",),
    "ir.ui.view": ("arch_db",),
    "mail.template": ("body_html",),
    "ir.model.fields": ("compute", "related", "relation"),
    "ir.rule": ("domain_force",),
}
_UNTRACED = {"res.users.apikeys"}  # the CRM notes nothing about who made a key


def _asked(model: str) -> list[str]:
    traced = [] if model in _UNTRACED else ["write_uid", "write_date"]
    told = BY_MODEL[model].told
    return [*({told} - {"id"}), *traced, *_WORDS.get(model, ())]


def _row(values: Mapping[str, Any], told: str) -> Row:
    shown = values.get(told)
    by = values.get("write_uid")
    said = " ".join(str(value) for value in values.values())
    return Row(
        str(shown[1] if isinstance(shown, list) else shown or ""),
        trace_of(values),
        int(by[0]) if by else 0,
        _OURS in said,
    )


def _forged() -> SecurityFinding:
    what = "l'état de référence n'est pas celui que ce connecteur a signé : quelqu'un l'a changé"
    return SecurityFinding("baseline", what, "relisez tout, puis : mist check --security --baseline RAISON")


def _unread() -> SecurityFinding:
    what = (
        "la signature de l'état de référence ne peut pas être vérifiée ici : le secret n'est pas sur ce poste"
    )
    mend = "donnez MIST_SIGNING_SECRET, ou regardez depuis le poste qui a noté l'état de référence"
    return SecurityFinding("baseline", what, mend)


def _lost() -> SecurityFinding:
    what = "l'état de référence n'est plus dans le CRM : quelqu'un l'a retiré"
    return SecurityFinding("baseline", what, "relisez tout, puis : mist check --security --baseline RAISON")
