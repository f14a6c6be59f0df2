"""The shapes of the blueprint's mapping files, and what they may refer to elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field

from mist_connector.blueprint.acts import Act
from mist_connector.blueprint.declaration import Choice, Frame, Free, Hook, Model, Sound
from mist_connector.blueprint.picks import Pick
from mist_connector.blueprint.screen import ServerAction
from mist_connector.bylaws.decisions import Decision
from mist_connector.bylaws.matrix import Matrix
from mist_connector.bylaws.offices import Office
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.conditions.spelling import Condition
from mist_connector.conditions.stated import Stated
from mist_connector.strict import Strict


class FrameFile(Strict):
    """The shape of `blueprint/crm.yaml`."""

    crm: Frame


class ModelFile(Strict):
    """The shape of a file in `blueprint/models/`."""

    model: Model


class ActionsFile(Strict):
    """The shape of `blueprint/actions.yaml`."""

    actions: tuple[ServerAction, ...]


class ActsFile(Strict):
    """The shape of `blueprint/acts.yaml`."""

    acts: tuple[Act, ...]
    picks: tuple[Pick, ...] = ()


class HooksFile(Strict):
    """The shape of `blueprint/hooks.yaml`.

    `conditions`: those that several hooks name. `offices`: the sentence said where what a rule sets of an
    office is not kept, part by part; `office`, `value` and `others` are filled in.
    `free`: what a rule forbids to refuse. `sound`: what can never be right, whatever the rules say.
    """

    sound: Sound
    free: tuple[Free, ...] = ()
    conditions: dict[str, Condition] = Field(default_factory=dict)
    offices: dict[str, Text] = Field(default_factory=dict)
    hooks: tuple[Hook, ...]


@dataclass(frozen=True)
class Known:
    """What other mapping files declare and the blueprint refers to."""

    statuses: tuple[StatusRule, ...]
    vocabularies: Mapping[str, tuple[Choice, ...]]
    section_titles: Mapping[str, Text]  # rule id → title of its section
    decisions: Mapping[str, Decision]
    offices: tuple[Office, ...]
    matrix: Matrix
    stated: Stated
