"""Doors that are opened by changing what is ours."""

from __future__ import annotations

from collections.abc import Mapping

from .hand import Hand, Opening, ours, parameter

PERSON, FILE, PARTNER = (
    "mist_connector.model_person",
    "mist_connector.model_file",
    "base.model_res_partner",
)
USER, STAFF = "base.group_user", "mist_connector.group_staff"
ARCH = '<data><field name="x_name" position="after"><field name="create_uid"/></field></data>'


def repointed(hand: Hand) -> None:
    """Point an external id of ours to another record."""
    domain = [["module", "=", "mist_connector"], ["name", "=", "rule_vote__delete"]]
    [row] = hand.crm.call("ir.model.data", "search", domain=domain) or hand.crm.call(
        "ir.model.data",
        "search",
        domain=[["module", "=", "mist_connector"], ["name", "=like", "rule_vote__%"]],
        limit=1,
    )
    hand.write("ir.model.data", row, res_id=hand.ours("rule_hardening__groups"))


OF_OURS: Mapping[str, Opening] = {
    "a rule archived": Opening(
        "restore:ir.rule",
        "mist.notifications",
        ours("ir.rule", "rule_hardening__notifications", active=False),
    ),
    "a rule's domain emptied": Opening(
        "restore:ir.rule", "file.read_write", ours("ir.rule", "rule_file__read_write", domain_force="[]")
    ),
    "a global rule given to a group": Opening(
        "restore:ir.rule",
        "person.read_create",
        lambda hand: hand.write(
            "ir.rule", hand.ours("rule_person__read_create"), groups=[[4, hand.ref(USER)]]
        ),
    ),
    "a rule that no longer looks at reading": Opening(
        "restore:ir.rule",
        "agreement.read",
        ours("ir.rule", "rule_agreement__read", perm_read=False, perm_write=True),
    ),
    "a rule deleted": Opening(
        "restore:ir.rule",
        "consent.delete",
        lambda hand: hand.crm.call("ir.rule", "unlink", ids=[hand.ours("rule_consent__delete")]),
    ),
    "an access right for everybody": Opening(
        "restore:ir.model.access",
        "person.staff",
        ours("ir.model.access", "access_person__staff", group_id=False),
    ),
    "an access right that also deletes": Opening(
        "restore:ir.model.access",
        "file.staff",
        ours("ir.model.access", "access_file__staff", perm_unlink=True),
    ),
    "an access right given to another group": Opening(
        "restore:ir.model.access",
        "incident.direction",
        lambda hand: hand.write(
            "ir.model.access", hand.ours("access_incident__direction"), group_id=hand.ref(USER)
        ),
    ),
    "a guard on accounts emptied": Opening(
        "restore:ir.model.fields",
        "Contrôle des accès",
        ours(
            "ir.model.fields",
            "field_hardening__membership",
            compute="for record in self:\n    record['x_mist_guard'] = 'ok'",
        ),
    ),
    "a guard that no longer wakes": Opening(
        "restore:ir.model.fields",
        "Contrôle du règlement (x_guard)",
        ours("ir.model.fields", "field_mandate__x_guard", depends="x_name"),
    ),
    "a neutral code that may be typed": Opening(
        "restore:ir.model.fields",
        "Référence (x_name)",
        ours("ir.model.fields", "field_person__x_name", readonly=False),
    ),
    "the moment at which a term closes, changed": Opening(
        "restore:ir.model.fields",
        "Ferme à (x_closes)",
        ours(
            "ir.model.fields",
            "field_agreement__x_closes",
            compute="for record in self:\n    record['x_closes'] = '2099-01-01 00:00:00'",
        ),
    ),
    "a hook's code emptied": Opening(
        "restore:ir.actions.server", "Refus", ours("ir.actions.server", "action_refuse", code="pass")
    ),
    "an elevated action offered to everybody": Opening(
        "restore:ir.actions.server",
        "Aligner les comptes",
        lambda hand: hand.write(
            "ir.actions.server", hand.ours("action_align_accounts"), group_ids=[[6, 0, [hand.ref(USER)]]]
        ),
    ),
    "a menu without groups": Opening(
        "restore:ir.ui.menu", "Dossiers personnels", ours("ir.ui.menu", "menu_of_file", group_ids=[[5]])
    ),
    "a window without groups": Opening(
        "restore:ir.actions.act_window",
        "Incidents",
        ours("ir.actions.act_window", "window_incident", group_ids=[[5]]),
    ),
    "a form changed": Opening(
        "restore:ir.ui.view",
        "x_mist_workgroup.list",
        ours(
            "ir.ui.view",
            "view_workgroup_list",
            arch='<list><field name="x_name"/><field name="create_uid"/></list>',
        ),
    ),
    "sign-up opened": Opening(
        "restore:mist.setting",
        "auth_signup.invitation_scope",
        parameter("auth_signup.invitation_scope", "b2c"),
    ),
    "password reset opened": Opening(
        "restore:mist.setting", "auth_signup.reset_password", parameter("auth_signup.reset_password", "True")
    ),
    "code in mail templates allowed": Opening(
        "restore:mist.setting",
        "mail.restrict.template.rendering",
        parameter("mail.restrict.template.rendering", "False"),
    ),
    "an external id pointed elsewhere": Opening("restore:ir.rule", "vote.", repointed),
}
