"""The hardening manifest as records: rules of ours on the CRM's models, and settings that are not ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mist_connector.bylaws.text import Text

from .compile_access import RIGHTS
from .declaration import Blueprint
from .hardening import Apart, ForeignGuard, ForeignRule, Membership, Parameter
from .records import MODULE, Record, Reference, Value

# A value of the CRM's own that we change and do not own: no record of the CRM's, handled by `settings_code`.
SETTING = "mist.setting"
KEPT_APART = "no"
_FIELD = {
    "help": None,
    "required": False,
    "readonly": True,
    "store": True,
    "copied": False,
    "index": False,
    "relation": None,
    "relation_field": None,
    "on_delete": None,
    "domain": "[]",
}
_GUARD = Text(fr="Contrôle des accès", en="Check of access")
_REFUSAL = (
    "Règlement intérieur (%s) : seuls les paramètres et le connecteur changent un compte lié au registre.",
    "Bylaws (%s): only the connector and the settings change an account that opens the register.",
)
_SETTINGS_ONLY = (
    "Règlement intérieur (%s) : seuls les paramètres du CRM changent ce qui garde le registre.",
    "Bylaws (%s): only the settings of the CRM change what guards the register.",
)
_FOREIGN = """allowed = self.env.uid == 1 or self.env.user.has_group('base.group_system')
for record in self:
    if not allowed:
        french = (self.env.lang or self.env.user.lang or 'fr_FR').startswith('fr')
        action = self.env.ref('%s.action_refuse').sudo()
        action.with_context(mist_refusal=%r if french else %r).run()
    record['x_mist_guard'] = 'ok'"""
# A link by which a password is set is asked for by these accounts alone, and serves once: `asked` till then.
_MEMBERSHIP = """named = [('module', '=', %r), ('model', '=', 'res.groups')]
kept = self.env['ir.model.data'].sudo().search(named).mapped('res_id')
kept = kept + [self.env.ref(name).id for name in %r]
allowed = self.env.uid == 1 or any([self.env.user.has_group(name) for name in %r])
for record in self:
    held = any([group.id in kept for group in record.group_ids])
    asked = record.partner_id.signup_type
    served = record.x_mist_guard == 'asked' and not asked
    if held and not allowed and not served:
        french = (self.env.lang or self.env.user.lang or 'fr_FR').startswith('fr')
        action = self.env.ref('%s.action_refuse').sudo()
        action.with_context(mist_refusal=%r if french else %r).run()
    record['x_mist_guard'] = ('asked' if asked else 'kept') if held else 'ok'"""


def hardening_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return what the manifest adds to the CRM's own models, and the settings that it asks for."""
    hardening = blueprint.hardening
    for rule in hardening.rules:
        yield _rule(rule, blueprint)
    for guard in hardening.guards:
        yield _guard(guard)
    if hardening.membership is not None:
        yield _membership(hardening.membership)
    for parameter in hardening.parameters:
        yield _parameter(parameter)
    for apart in hardening.apart:
        yield _apart(apart)


def setting_name(*parts: str) -> str:
    """Return the name of the record that stands for a setting."""
    return "_".join(["setting", *(re.sub(r"[^a-z0-9]+", "_", part) for part in parts)])


def _rule(rule: ForeignRule, blueprint: Blueprint) -> Record:
    values: dict[str, Value] = {
        right: operation.value in rule.operations for operation, right in RIGHTS.items()
    }
    values |= {
        "name": f"mist.{rule.key}",
        "model_id": Reference(rule.model),
        "groups": frozenset(),
        "domain_force": _with_hands(rule.domain, blueprint),
        "active": True,
    }
    return Record(f"rule_hardening__{rule.key}", "ir.rule", values, (rule.rule,), rule.module)


def _with_hands(domain: str, blueprint: Blueprint) -> str:
    """Return a domain in which `{HAND}` is whether the account is in one of the groups of that hand."""
    for hand, groups in blueprint.frame.hands.items():
        named = " or ".join(f"user.has_group('{MODULE}.group_{group}')" for group in groups)
        domain = domain.replace(f"{{{hand}}}", named)
    return domain


def _said(sentences: tuple[str, ...], rule: str) -> tuple[str, ...]:
    """Return sentences with the rule that they come from."""
    return tuple(each % rule for each in sentences)


def _guard(guard: ForeignGuard) -> Record:
    values: dict[str, Value] = {
        **_FIELD,
        "model_id": Reference(guard.model),
        "name": "x_mist_guard",
        "ttype": "char",
        "field_description": _GUARD,
        "compute": _FOREIGN % (MODULE, *_said(_SETTINGS_ONLY, guard.rule)),
        "depends": ",".join(guard.watching),
    }
    return Record(f"field_hardening__{guard.key}", "ir.model.fields", values, (guard.rule,))


def _membership(membership: Membership) -> Record:
    may = [name if "." in name else f"{MODULE}.group_{name}" for name in membership.groups]
    said = _said(_REFUSAL, membership.rule)
    values: dict[str, Value] = {
        **_FIELD,
        "model_id": Reference("base.model_res_users"),
        "name": "x_mist_guard",
        "ttype": "char",
        "field_description": _GUARD,
        "compute": _MEMBERSHIP % (MODULE, list(membership.also), may, MODULE, *said),
        "depends": "group_ids,partner_id.signup_type",
    }
    return Record("field_hardening__membership", "ir.model.fields", values, (membership.rule,))


def _parameter(parameter: Parameter) -> Record:
    values: dict[str, Value] = {"name": parameter.key, "value": parameter.value}
    return Record(setting_name(parameter.key), SETTING, values, (parameter.rule,))


def _apart(apart: Apart) -> Record:
    values: dict[str, Value] = {
        "name": f"{apart.group} → {apart.without}",
        "value": KEPT_APART,
        "group_id": Reference(apart.group),
        "implied_id": Reference(apart.without),
    }
    return Record(setting_name(apart.group, apart.without), SETTING, values, (apart.rule,))
