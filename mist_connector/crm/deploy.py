"""A plan brought into the CRM: one data module, one call, one transaction, and a look at the result."""

from __future__ import annotations

import base64
import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from mist_connector.blueprint.datamodule import Content, Removal, data_module
from mist_connector.blueprint.records import MODULE, Record
from mist_connector.errors import (
    ConnectionRefused,
    CrmError,
    MistError,
    PlanStale,
    RequestInvalid,
    ServerFailed,
    WriteRefused,
)
from mist_connector.planning.changes import Act
from mist_connector.planning.digest import digests, fingerprint
from mist_connector.planning.observed import Deployed, Observed
from mist_connector.planning.plan import Plan, build_plan
from mist_connector.reporting import Reporter, Silent

from .elevated import Elevated
from .observe import PARAMETER, observe_deployed
from .port import Crm
from .settings import give_back

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
CLAIM = f"{MODULE}.applying"
# At the end: until then nobody who asks for the turn waits for this import, holding what it still needs.
_GIVE_BACK = f"env['ir.config_parameter'].sudo().search([('key', '=', '{CLAIM}')]).unlink()"
_TURN = 2.0  # seconds between two looks at whether another apply has finished
_ABANDONED = 120.0  # seconds after which an apply that still holds the turn counts as one that was killed
_PAUSES = ((1.0, 3.0), (3.0, 9.0), (9.0, 27.0))  # seconds before an import is tried again: least and most


@dataclass(frozen=True)
class Manifest:
    """What the module says of itself in the CRM's list of modules."""

    title: str
    version: str
    depends: tuple[str, ...]


def deploy(crm: Crm, plan: Plan, manifest: Manifest, *, reporter: Reporter | None = None) -> Plan:
    """Apply a plan; return what is left to do, which is nothing unless somebody else was at work.

    Where another apply is at work it waits, and tells `reporter` so.
    Raises PlanStale where another apply came in between, WriteRefused where the CRM refuses a record:
    in both cases nothing at all has changed.
    """
    deployed = _noted(plan.desired)
    content = data_module(
        _content(plan, deployed), title=manifest.title, version=manifest.version, depends=manifest.depends
    )
    encoded = base64.b64encode(content).decode()
    with _turn(crm, reporter or Silent()):
        _import(crm, encoded, _PAUSES)
    observed = observe_deployed(crm, desired=plan.desired, deployed=deployed)
    _settle(crm, observed)
    return build_plan(plan.desired, observed)


def _settle(crm: Crm, observed: Observed) -> None:
    """Have the CRM forget the rights that it remembers.

    Whoever asked something while the import was not committed yet made the server remember the rights of
    before, and it would go by them until the next change of a right. Any write to one is such a change.
    """
    if observed.a_right is not None:
        crm.call("ir.model.access", "write", ids=[observed.a_right], vals={"active": True})


@contextmanager
def _turn(crm: Crm, reporter: Reporter) -> Iterator[None]:
    """Wait until no other apply is at work, and keep others waiting.

    Two imports at once undo each other: they share the registry of the server's threads, and each waits for
    tables that the other holds. The import itself gives the turn back, in its own transaction; where the CRM
    did not answer, it may still be at work.
    """
    held, waited = _take(crm), 0.0
    if held:
        reporter.step("Un autre déploiement est en cours : on l'attend. (Another apply is at work: waiting.)")
    while held:
        time.sleep(_TURN)
        before, waited = held, waited + _TURN
        if waited >= _ABANDONED:
            with suppress(CrmError):  # another that waited may have done it
                crm.call("ir.config_parameter", "unlink", ids=list(held))
        held = _take(crm)
        waited = waited if held == before else 0.0
    try:
        yield
    except MistError as error:
        if not isinstance(error, ConnectionRefused):
            crm.call("ir.config_parameter", "unlink", ids=list(_claimed(crm)))
        raise


def _take(crm: Crm) -> Sequence[int]:
    """Take the turn; where another has it, return its claim."""
    claim = [{"key": CLAIM, "value": "1"}]
    try:
        crm.call("ir.config_parameter", "create", vals_list=claim)
    except (WriteRefused, RequestInvalid, ServerFailed):
        if claimed := _claimed(crm):
            return claimed
        # The other ended meanwhile; or the CRM refuses for a reason of its own, and says it again.
        crm.call("ir.config_parameter", "create", vals_list=claim)
    return ()


def _claimed(crm: Crm) -> Sequence[int]:
    found: Sequence[int] = crm.call("ir.config_parameter", "search", domain=[["key", "=", CLAIM]])
    return found


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


def install_missing(crm: Crm, names: Sequence[str]) -> None:
    """Install modules of the CRM's own that ours stands on, which the CRM does in its own time."""
    ids = crm.call("ir.module.module", "search", domain=[["name", "in", list(names)]])
    crm.call("ir.module.module", "button_immediate_install", ids=ids)


def destroy(crm: Crm) -> None:
    """Remove everything that was ever deployed, with its data."""
    ids = crm.call("ir.module.module", "search", domain=[["name", "=", MODULE]])
    if ids:
        _silence(crm)
        give_back(crm)
        crm.call("ir.module.module", "button_immediate_uninstall", ids=ids)


# The clock's activities are the CRM's own, and nobody but whom they are for comes to them.
_SILENCE = """
if 'x_mist_reminder' in env and 'x_activity_id' in env['x_mist_reminder']._fields:
    told = env['x_mist_reminder'].sudo().search([]).mapped('x_activity_id')
    told.with_context(mail_activity_quick_update=True).unlink()
action = {'done': True}
"""


def _silence(crm: Crm) -> None:
    """Take away what the clock shows of our reminders: it would lead nowhere once they are gone."""
    with Elevated.opened(crm, "mist : rappels", _SILENCE) as elevated:
        elevated.run(_SILENCE, {})


def _noted(desired: Sequence[Record]) -> Deployed:
    named = digests(desired)
    return Deployed(fingerprint(named), named)


def _content(plan: Plan, deployed: Deployed) -> Content:
    written = [change.record for change in plan.changes if change.record is not None]
    gone = plan.of(Act.REMOVE, Act.REVOKE)
    return Content(
        expectation=_expectation(plan.observed.deployed),
        unbound=plan.unbound,
        records=[*written, _note(deployed)],
        created=_created(plan, written),
        removals=[Removal(change.model, None if change.id else change.name, change.id) for change in gone],
        translated=plan.desired,
        conclusion=_GIVE_BACK,
    )


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
    if _came_between(error) or _collided(error):
        return PlanStale(
            "Un autre déploiement est passé entre-temps ; rien n'a été changé.", todo="relancez « mist plan »"
        )
    return WriteRefused(_reason(error.what), todo="rien n'a été changé ; corrigez, puis relancez")


def _reason(trace: str) -> str:
    """Return what follows the CRM's word « while parsing »: the reason, without the trace or its paths."""
    _, _, reported = trace.partition("while parsing ")
    lines = [line.strip() for line in (reported or trace).splitlines() if line.strip()]
    said = lines[1:2] if reported else lines[-1:]
    if said and said[0].endswith(":"):  # of a view: its text comes next, then what is wrong with it
        said += [line for line in lines[2:] if not line.startswith("<")][:1]
    return "Le CRM refuse le module : " + " ".join(said)
