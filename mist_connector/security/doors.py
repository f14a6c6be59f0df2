"""What opens a door in the CRM today, whoever opened it: looked for from outside, nothing written.

It takes an administrator's account. What it sees without one of ours being changed is a question to the CRM's
own tables; what is ours is compared with the mappings, as a plan does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mist_connector.blueprint.compile_hardening import SETTING
from mist_connector.blueprint.compiling import compile_blueprint
from mist_connector.blueprint.declaration import Blueprint
from mist_connector.blueprint.records import MODULE
from mist_connector.crm.port import Crm
from mist_connector.planning.changes import Change
from mist_connector.planning.plan import Plan, build_plan
from mist_connector.work.module.observe import observe

from .changes import Unanswered, unanswered
from .finding import UNKNOWN, Closing, SecurityFinding, Trace, trace_of, traces
from .holders import read_holders
from .looking import Look, look
from .questions import QUESTIONS, Known, Question
from .undeclared import unclassified
from .watch import watched

_CONTEXT = {"active_test": False, "lang": "fr_FR"}
# Modules of this kind are made by hand, through the CRM's own pages.
_BY_HAND = frozenset({"__export__", "__import__", "__custom__", "studio_customization"})
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Doors:
    """Doors that stand open whatever anybody answered for, what nobody answered for, and the look itself."""

    open: tuple[SecurityFinding, ...]
    unanswered: Unanswered
    look: Look | None

    @property
    def findings(self) -> tuple[SecurityFinding, ...]:
        """Return all findings; a record that is named by an open door is not named again."""
        named = {(each.model, each.id) for each in self.open if each.id}
        new = (each for each in self.unanswered.findings if not each.id or (each.model, each.id) not in named)
        return (*self.open, *new)


def look_for_doors(
    crm: Crm, blueprint: Blueprint, *, address: str | None = None, secret: bytes | None = None
) -> Doors:
    """Look for doors, and for what differs from the baseline that was signed with a secret."""
    seen = look(crm)
    changed = unanswered(crm, seen, secret) if seen is not None else Unanswered((), (), None)
    return Doors(security_findings(crm, blueprint, address=address), changed, seen)


def security_findings(
    crm: Crm, blueprint: Blueprint, *, address: str | None = None
) -> tuple[SecurityFinding, ...]:
    """Return every door that is open and should not be, whatever anybody answered for.

    `address` is the one by which the CRM is reached: it must be the one that it writes into its mails.
    """
    holders = read_holders(crm)
    return (
        *_changed(crm, security_plan(crm, blueprint)),
        *_asked(crm),
        *_undeclared(crm, blueprint),
        *holders.findings(),
        *watched(crm, holders),
        *_installed(crm, blueprint),
        *_mail(crm, blueprint),
        *_elsewhere(crm, address),
    )


def security_plan(crm: Crm, blueprint: Blueprint) -> Plan:
    """Compare what is ours in the CRM with the mappings."""
    desired = compile_blueprint(blueprint)
    return build_plan(desired, observe(crm, desired=desired, depends=blueprint.frame.depends))


def _changed(crm: Crm, plan: Plan) -> Iterator[SecurityFinding]:
    if plan.empty:
        return
    traced = dict(_traced(crm, plan.changes))
    for change in plan.changes:
        kind = f"{change.act.value}:{change.model}"
        trace = traced.get(change.name, UNKNOWN)
        yield SecurityFinding(kind, change.sentence(), "mist apply", Closing.APPLY, trace=trace)


def _traced(crm: Crm, changes: Iterable[Change]) -> Iterator[tuple[str, Trace]]:
    """Yield who changed what is ours, as far as the CRM knows: what was deleted has no trace."""
    by_model: dict[str, dict[int, str]] = defaultdict(dict)
    ours = [change.name for change in changes if change.id is None]
    domain = [["module", "=", MODULE], ["name", "in", ours]]
    for row in crm.call("ir.model.data", "search_read", domain=domain, fields=["name", "model", "res_id"]):
        by_model[row["model"]][row["res_id"]] = row["name"]
    for change in changes:
        if change.id is not None:
            by_model[change.model][change.id] = change.name
    for model, names in by_model.items():
        if not model.startswith("x_"):
            for row_id, trace in traces(crm, model, list(names)).items():
                yield names[row_id], trace
    keys = {change.label: change.name for change in changes if change.model == SETTING}
    if keys:
        fields = ["key", "write_uid", "write_date"]
        domain = [["key", "in", list(keys)]]
        for row in crm.call("ir.config_parameter", "search_read", domain=domain, fields=fields):
            yield keys[row["key"]], trace_of(row)


def _asked(crm: Crm) -> Iterator[SecurityFinding]:
    domain = [["model", "in", sorted({question.model for question in QUESTIONS})]]
    there = {row["model"] for row in crm.call("ir.model", "search_read", domain=domain, fields=["model"])}
    answers = [(question, _rows(crm, question)) for question in QUESTIONS if question.model in there]
    owners = _owners(crm, answers)
    for question, rows in answers:
        for row in rows:
            modules = owners.get((question.model, row["id"]), set())
            known = modules - _BY_HAND if question.known is Known.MODULES else modules & {MODULE}
            if question.known is Known.NOBODY or not known:
                yield SecurityFinding(
                    question.kind,
                    question.what.format(row[question.label]),
                    question.mend,
                    question.closing,
                    question.model,
                    row["id"],
                    question.values,
                    trace_of(row),
                )


def _rows(crm: Crm, question: Question) -> Rows:
    fields = list({question.label, "write_uid", "write_date"} - {"id"})
    if question.model == "res.users.apikeys":
        fields = []  # the CRM notes nothing about who made a key
    domain = list(question.domain)
    rows: Rows = crm.call(question.model, "search_read", domain=domain, fields=fields, context=_CONTEXT)
    return rows


def _owners(crm: Crm, answers: Iterable[tuple[Question, Rows]]) -> Mapping[tuple[str, int], set[str]]:
    """Return the modules that brought each record that a question found, in one request."""
    ids: dict[str, set[int]] = defaultdict(set)
    for question, rows in answers:
        if question.known is not Known.NOBODY:
            ids[question.model].update(row["id"] for row in rows)
    terms = [["&", ["model", "=", model], ["res_id", "in", sorted(found)]] for model, found in ids.items()]
    if not terms:
        return {}
    domain = [*["|"] * (len(terms) - 1), *(part for term in terms for part in term)]
    found = crm.call("ir.model.data", "search_read", domain=domain, fields=["module", "model", "res_id"])
    owners: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in found:
        owners[row["model"], row["res_id"]].add(row["module"])
    return owners


def _undeclared(crm: Crm, blueprint: Blueprint) -> Iterator[SecurityFinding]:
    for path in unclassified(crm, blueprint):
        what = f"le champ {path.model}.{path.field} mène à {path.to}, et les règles ne le connaissent pas"
        mend = "déclarez-le dans les règles, ou supprimez-le"
        yield SecurityFinding("undeclared", what, mend, trace=path.trace)


def _installed(crm: Crm, blueprint: Blueprint) -> Iterator[SecurityFinding]:
    unwanted = {each.name: each.because for each in blueprint.hardening.modules}
    domain = [["name", "in", list(unwanted)], ["state", "in", ["installed", "to upgrade", "to install"]]]
    fields = ["name", "write_uid", "write_date"]
    for row in crm.call("ir.module.module", "search_read", domain=domain, fields=fields):
        what = f"le module {row['name']} est installé : {unwanted[row['name']]}"
        yield SecurityFinding("module", what, "désinstallez-le", trace=trace_of(row))


def _mail(crm: Crm, blueprint: Blueprint) -> Iterator[SecurityFinding]:
    domain = [["active", "=", True], ["smtp_host", "not in", list(blueprint.hardening.mail_servers)]]
    fields = ["name", "smtp_host", "write_uid", "write_date"]
    for row in crm.call("ir.mail_server", "search_read", domain=domain, fields=fields):
        what = f"les courriels sortent par « {row['smtp_host']} », que les règles ne connaissent pas"
        mend = "archivez ce serveur, ou déclarez-le (hardening.yaml, mail_servers)"
        yield SecurityFinding(
            "mail_server",
            what,
            mend,
            Closing.WRITE,
            "ir.mail_server",
            row["id"],
            {"active": False},
            trace_of(row),
        )


def _elsewhere(crm: Crm, address: str | None) -> Iterator[SecurityFinding]:
    """Find a CRM that writes another address into its mails than the one by which it is reached."""
    if address is None:
        return
    domain = [["key", "=", "web.base.url"]]
    fields = ["value", "write_uid", "write_date"]
    for row in crm.call("ir.config_parameter", "search_read", domain=domain, fields=fields):
        if urlsplit(row["value"] or "").netloc.lower() != urlsplit(address).netloc.lower():
            what = f"les liens des courriels mènent à {row['value']}, et le CRM est à {address}"
            mend = "remettez le paramètre web.base.url"
            yield SecurityFinding(
                "base_url",
                what,
                mend,
                Closing.WRITE,
                "ir.config_parameter",
                row["id"],
                {"value": address},
                trace_of(row),
            )
