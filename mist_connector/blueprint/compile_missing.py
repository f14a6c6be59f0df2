"""What is missing for the status that comes next, as a text that the CRM works out for whoever looks."""

from __future__ import annotations

from mist_connector.bylaws.requirements import Requirement
from mist_connector.bylaws.statuses import StatusRule
from mist_connector.bylaws.text import Text
from mist_connector.conditions.relations import relations

from .compile_status import facts_apart, holding, people_statements, requirements_of, status_triggers
from .declaration import Blueprint, FieldType, Model
from .records import Value
from .today import today_statement

# It is told only to whoever may note facts about her and may read every fact that it rests on: the sentences
# would tell others what the rules keep from them. What is kept apart is told where nothing else is missing.
_CODE = """french = (self.env.lang or self.env.user.lang or 'fr_FR').startswith('fr')
needs = {needs!r}
headings = {headings!r}
shown = self._origin._filtered_access('write')
for column in {relations!r}:
    facts = shown.sudo().mapped(column).with_user(self.env.uid)
    if not facts.browse().has_access('read') and not self.env.su:
        shown = shown.browse()
    elif facts and not self.env.su:
        shown -= (facts - facts._filtered_access('read')).sudo().mapped('x_person_id').with_user(self.env.uid)
{apart}for one in self:
    record = one._origin.sudo()
    lines = []
    if record.id in shown.ids:
{holds}        known = [{known}]
        status = record.x_status or ''
        missing = [each for each in needs.get(status, []) if not known[each[0]]]
        missing = [each for each in missing if not each[1]] or missing
        lines = ['– ' + (each[2] if french else each[3]) for each in missing]
        if lines:
            lines.insert(0, headings[status][0 if french else 1])
    one['x_missing'] = '\\n'.join(lines)"""


def missing(model: Model, blueprint: Blueprint) -> dict[str, Value]:
    """Return what makes the CRM say what is missing, to whoever looks; nothing is stored."""
    return {
        "compute": missing_code(model, blueprint),
        "depends": f"{status_triggers(model, blueprint)},x_status",
        "copied": False,
        "readonly": True,
        "store": False,
    }


def missing_code(model: Model, blueprint: Blueprint) -> str:
    """Return the Python that says what is missing, with the section of the bylaws."""
    requirements = requirements_of(blueprint.statuses)
    following = {each.id: _next(each, blueprint) for each in blueprint.statuses}
    after = {"": blueprint.statuses[-1], **{key: each for key, each in following.items() if each}}
    body = _CODE.format(
        needs={key: _needs(each, requirements, model, blueprint) for key, each in after.items()},
        headings={key: (_heading(each).fr, _heading(each).en) for key, each in after.items()},
        relations=_relations(requirements, model),
        apart=people_statements(requirements, model, blueprint),
        holds=holding(requirements, model, blueprint, indent=8),
        known=", ".join(f"holds_{place}" for place in range(len(requirements))),
    )
    return today_statement(blueprint) + body


def _next(status: StatusRule, blueprint: Blueprint) -> StatusRule | None:
    """Return the status that usually comes after one, if one does."""
    return next((each for each in blueprint.statuses if each.id == status.leads_to), None)


def _heading(status: StatusRule) -> Text:
    return Text(fr=f"Pour « {status.label.fr} » :", en=f"For “{status.label.en}”:")


def _needs(
    status: StatusRule, requirements: list[Requirement], model: Model, blueprint: Blueprint
) -> list[tuple[int, bool, str, str]]:
    """Return each requirement of a status: its place, whether it is kept apart, and its sentence."""
    return [
        (requirements.index(each), facts_apart(each, model) is not None, *_sentence(each, blueprint))
        for each in status.requires
    ]


def _sentence(requirement: Requirement, blueprint: Blueprint) -> tuple[str, str]:
    title, said = blueprint.section_titles[requirement.cited], requirement.otherwise
    return (
        f"{said.fr} (« {title.fr} », {requirement.cited})",
        f"{said.en} (“{title.en}”, {requirement.cited})",
    )


def _relations(requirements: list[Requirement], model: Model) -> list[str]:
    """Return the columns of the lists of facts that the requirements rest on, those kept apart aside."""
    keys = {key for each in requirements for key in relations(each.holds)}
    return sorted(
        field.column for field in model.fields if field.key in keys and field.type is FieldType.MANY
    )
