"""A plan brought into the CRM: one data module, one call, one transaction, and a look at the result."""

from __future__ import annotations

import base64
import json
import random
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from secrets import token_hex

from mist_connector.blueprint.compile_identity import COLUMN as IDENTITY
from mist_connector.blueprint.compile_identity import recounting
from mist_connector.blueprint.datamodule import Content, Removal, data_module
from mist_connector.blueprint.records import Record
from mist_connector.crm.port import Crm
from mist_connector.errors import (
    CrmError,
    OutcomeUnknown,
    PlanStale,
    RequestInvalid,
    ServerFailed,
    Unverified,
    WriteRefused,
)
from mist_connector.language import _
from mist_connector.planning.changes import Act
from mist_connector.planning.digest import digests, fingerprint
from mist_connector.planning.observed import Deployed, Observed
from mist_connector.planning.plan import Plan, build_plan
from mist_connector.reporting import Reporter, Silent

from .observe import PARAMETER, observe_deployed, read_deployed, read_parameters
from .turn import applying, giving_back

# Said by the CRM inside the transaction, and recognised here; never shown.
_CHANGED = "mist: another apply came in between"
# What the CRM's trace holds where its database undid an import because of another write at the same moment.
_COLLIDED = (
    "SerializationFailure",
    "DeadlockDetected",
    "LockNotAvailable",
    "UniqueViolation",
    "InFailedSqlTransaction",
    "concurrent",
    # The server's threads share its registry, which another import is changing at that moment.
    "KeyError: 'x_mist_",
    "dictionary changed size during iteration",
    "(RuntimeError)",
    "(KeyError)",
    "(AttributeError)",
)
# It may be such a collision too, which the CRM's importer then names no further.
_UNEXPLAINED = "somewhere inside"
_LOOKS = (1.0, 2.0, 4.0, 8.0, 15.0)  # seconds between looks at whether an import has happened after all
_PAUSES = ((1.0, 3.0), (3.0, 9.0), (9.0, 27.0))  # seconds before an import is tried again: least and most


@dataclass(frozen=True)
class Manifest:
    """What the module says of itself in the CRM's list of modules; its import ends with the `conclusion`."""

    title: str
    version: str
    depends: tuple[str, ...]
    conclusion: str = ""


def deploy(crm: Crm, plan: Plan, manifest: Manifest, *, reporter: Reporter | None = None) -> Plan:
    """Apply a plan; return what is left to do, which is nothing unless somebody else was at work.

    Where another apply is at work it waits, and tells `reporter` so.
    Raises PlanStale where another apply came in between, WriteRefused where the CRM refuses a record:
    in both cases nothing at all has changed. Raises Unverified where the plan is applied, and the look at the
    result failed.
    """
    deployed, token = _noted(plan.desired), token_hex(8)
    # At the end: until then nobody who asks for the turn waits for this import, holding what it still needs.
    conclusion = f"{manifest.conclusion}{giving_back(token)}"
    content = data_module(
        _content(plan, deployed, conclusion),
        title=manifest.title,
        version=manifest.version,
        depends=manifest.depends,
    )
    encoded = base64.b64encode(content).decode()
    with applying(crm, reporter or Silent(), token):
        try:
            _import(crm, encoded, _PAUSES)
        except OutcomeUnknown:
            if not _arrived(crm, deployed, reporter or Silent()):
                raise
    return build_plan(plan.desired, _verified(crm, plan, deployed))


def _verified(crm: Crm, plan: Plan, deployed: Deployed) -> Observed:
    """Return what the CRM holds after the import, which is committed by now."""
    try:
        known = () if _names_change(plan) else plan.observed.external_ids
        observed = observe_deployed(crm, desired=plan.desired, deployed=deployed, external_ids=known)
        _settle(crm, observed)
    except CrmError as error:
        raise Unverified(
            _("Le règlement est déployé, en entier ; le vérifier n'a pas réussi : {what}").format(
                what=error.what
            ),
            todo=_("{todo} ; puis « mist plan » dit s'il reste quelque chose").format(
                todo=error.todo or _("voyez « mist doctor »")
            ),
        ) from None
    return observed


def _settle(crm: Crm, observed: Observed) -> None:
    """Have the CRM forget the rights that it remembers.

    Whoever asked something while the import was not committed yet made the server remember the rights of
    before, and it would go by them until the next change of a right. Any write to one is such a change.
    """
    if observed.a_right is not None:
        crm.call("ir.model.access", "write", ids=[observed.a_right], vals={"active": True})


def _arrived(crm: Crm, deployed: Deployed, reporter: Reporter) -> bool:
    """Tell whether an import whose answer never came has happened, looking for a while."""
    reporter.step(_("La réponse n'est pas venue : on regarde si le CRM a fini."))
    for pause in _LOOKS:
        time.sleep(pause)
        found = read_deployed(read_parameters(crm, []))
        if found is not None and found.fingerprint == deployed.fingerprint:
            return True
    return False


def _import(crm: Crm, encoded: str, pauses: Sequence[tuple[float, float]]) -> None:
    """Hand in the module; where another write collided with it, wait and try again.

    Trying again is safe: the import begins with a look at whether the CRM is still as the plan saw it.
    Pauses differ by chance, since two that wait equally long collide again each time.
    """
    for pause in (*pauses, None):
        try:
            wizard = crm.call("base.import.module", "create", vals_list=[{"module_file": encoded}])
            crm.call("base.import.module", "import_module", ids=list(wizard))
        except (WriteRefused, RequestInvalid, ServerFailed) as error:
            again = _collided(error) or _UNEXPLAINED in error.what
            if pause is None or _came_between(error) or not again:
                raise _refusal(error) from None
        else:
            return
        time.sleep(random.uniform(*pause))  # noqa: S311 - no secret


def _came_between(error: CrmError) -> bool:
    # As raised; the importer also quotes the code that would raise it, where something else failed.
    return f"UserError: {_CHANGED}" in error.what


def _collided(error: CrmError) -> bool:
    return not _came_between(error) and any(sign in error.what for sign in _COLLIDED)


def _noted(desired: Sequence[Record]) -> Deployed:
    named = digests(desired)
    return Deployed(fingerprint(named), named)


def _content(plan: Plan, deployed: Deployed, conclusion: str) -> Content:
    written = [change.record for change in plan.changes if change.record is not None]
    created = _created(plan, written)
    gone = plan.of(Act.REMOVE, Act.REVOKE)
    return Content(
        expectation=_expectation(plan.observed.deployed),
        unbound=plan.unbound,
        records=[*written, _note(deployed)],
        created=created,
        removals=[Removal(change.model, None if change.id else change.name, change.id) for change in gone],
        translated=plan.desired,
        conclusion=f"{recounting(_told_apart_anew(written, created))}{conclusion}",
    )


def _told_apart_anew(written: Sequence[Record], created: Collection[str]) -> set[str]:
    """Return the models of which something else than before tells records apart."""
    fields = [each for each in written if each.model == "ir.model.fields" and each.name not in created]
    return {
        f"x_mist_{each.name.removeprefix('field_').partition('__')[0]}"
        for each in fields
        if each.values["name"] == IDENTITY
    }


def _names_change(plan: Plan) -> bool:
    """Tell whether an apply makes records, takes some away, or has names let go of theirs."""
    made = any(change.name not in plan.observed.records for change in plan.changes)
    return made or bool(plan.of(Act.REMOVE, Act.REVOKE) or plan.unbound)


def _created(plan: Plan, written: Sequence[Record]) -> set[str]:
    names = {record.name for record in written}
    return (names - set(plan.observed.records)) | (names & set(plan.unbound))


def _expectation(deployed: Deployed | None) -> str:
    """Return code that stops the import, and so everything, if another apply came before."""
    expected = deployed.fingerprint if deployed else ""
    return (
        f"held = env['ir.config_parameter'].sudo().get_param('{PARAMETER}') or ''\n"
        f"if held.split(' ')[0] != '{expected}':\n"
        f"    raise UserError('{_CHANGED}')"
    )


def _note(deployed: Deployed) -> Record:
    value = f"{deployed.fingerprint} {json.dumps(dict(deployed.digests), sort_keys=True)}"
    return Record("deployed", "ir.config_parameter", {"key": PARAMETER, "value": value})


def _refusal(error: CrmError) -> CrmError | PlanStale:
    if _came_between(error):
        return PlanStale(
            _("Un autre déploiement est passé entre-temps ; rien n'a été changé."),
            todo=_("relancez « mist plan »"),
        )
    if _collided(error):
        return ServerFailed(
            _("Le CRM n'a pas pu prendre le module en {pauses} essais ; rien n'a été changé.").format(
                pauses=len(_PAUSES) + 1
            ),
            todo=_("relancez plus tard ; si cela se répète, le journal du serveur du CRM dit pourquoi"),
        )
    return WriteRefused(_reason(error.what), todo=_("rien n'a été changé ; corrigez, puis relancez"))


def _reason(trace: str) -> str:
    """Return what follows the CRM's word « while parsing »: the reason, without the trace or its paths."""
    _before, _words, reported = trace.partition("while parsing ")
    lines = [line.strip() for line in (reported or trace).splitlines() if line.strip()]
    said = lines[1:2] if reported else lines[-1:]
    if said and said[0].endswith(":"):  # of a view: its text comes next, then what is wrong with it
        said += [line for line in lines[2:] if not line.startswith("<")][:1]
    return _("Le CRM refuse le module : ") + " ".join(said)
