"""What each persona may do with each model, against what the mappings give."""

from __future__ import annotations

from collections.abc import Iterator

from mist_connector.blueprint.declaration import Model, Operation

from .doors import Visitor
from .outcome import Outcome
from .personas import ACCOMPANIMENT, AGREEMENT, OFF_BOARD, ROLE, Door, Persona
from .planting import Planted, Target

_WORDS = {
    Operation.READ: "lire",
    Operation.WRITE: "modifier",
    Operation.CREATE: "créer",
    Operation.DELETE: "supprimer",
}
# The bylaws' own sentence: she had the right, and the fact itself was refused.
_BYLAWS = "refused: Règlement"
_DIRECTION = frozenset({"direction", "direction_apart", "direction_not_herself", "direction_warned"})
_SECRETS = frozenset({"direction_file", "direction_examines"})
_STAFF = frozenset({"staff", "staff_apart", "staff_not_herself"})


def leases_of(persona: Persona) -> frozenset[str]:
    """Return the leases that a persona holds today."""
    if persona.door is not Door.ACCOUNT:
        return frozenset()
    if persona.id == "connector":
        return frozenset({"connector"})
    if not {ROLE, AGREEMENT} <= persona.keys or persona.role is None:
        return frozenset()
    if persona.role == "direction":
        return _DIRECTION | _SECRETS if OFF_BOARD in persona.keys else _DIRECTION
    return _STAFF | {"accompanying_staff"} if {ACCOMPANIMENT, OFF_BOARD} <= persona.keys else _STAFF


def given(persona: Persona, model: Model, operation: Operation) -> bool:
    """Tell whether the mappings let a persona do something with the planted record of a model."""
    return any(operation in model.access.get(lease, ()) for lease in leases_of(persona))


def try_deeds(who: Visitor, planted: Planted) -> Iterator[Outcome]:
    """Try everything that does no harm: what she may delete or create, she is believed to."""
    for target in planted.targets.values():
        for operation in Operation:
            expected = (
                given(who.persona, target.model, operation) and who.persona.id not in target.hidden_from
            )
            if expected and operation in {Operation.CREATE, Operation.DELETE}:
                continue
            yield Outcome(
                persona=who.persona.id,
                channel=f"{operation.value}:{target.key}",
                fr=f"{_WORDS[operation]} : {target.model.label.fr}",
                tier=target.model.tier.value,
                expected=expected,
                seen=_done(who, target, operation),
                # The table of rights itself is what is tried: reading it shows that the model answers.
                live=True,
            )


def _done(who: Visitor, it: Target, operation: Operation) -> bool:
    model = it.model.technical
    match operation:
        case Operation.READ:
            return who.say(model, "search", domain=[["id", "=", it.id]]) == f"[{it.id}]"
        case Operation.WRITE:
            told = who.say(model, "write", ids=[it.id], vals=dict(list(it.values.items())[:1]))
            return told == "true" or told.startswith(_BYLAWS)
        case Operation.CREATE:
            told = who.say(model, "create", vals_list=[dict(it.values)])
            return told.startswith("[")
        case Operation.DELETE:
            return who.say(model, "unlink", ids=[it.id]) == "true"
