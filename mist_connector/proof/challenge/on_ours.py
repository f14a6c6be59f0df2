"""Doors that are opened by adding something to what is ours."""

from __future__ import annotations

from collections.abc import Mapping

from .hand import Hand, Opening, attachment, code, field, made, ours, right

PERSON, FILE, PARTNER = (
    "mist_connector.model_person",
    "mist_connector.model_file",
    "base.model_res_partner",
)
USER, STAFF = "base.group_user", "mist_connector.group_staff"
ARCH = '<data><field name="x_name" position="after"><field name="create_uid"/></field></data>'


def copying(hand: Hand) -> None:
    """Have a field of another model count our records."""
    code = "for one in self: one['x_copy'] = str(self.env['x_mist_person'].search_count([]))"
    field("base.model_res_partner", "x_copy", ttype="char", compute=code, store=False)(hand)


ON_OURS: Mapping[str, Opening] = {
    "a permissive rule": Opening(
        "revoke:ir.rule", "ouverte", made("ir.rule", name="ouverte", model_id=f"@{FILE}", domain_force="[]")
    ),
    "a right on ours for everybody": Opening("revoke:ir.model.access", "tous", right("tous", FILE)),
    "a right on ours for another group": Opening(
        "revoke:ir.model.access", "ailleurs", right("ailleurs", PERSON, group_id=f"@{USER}")
    ),
    "an action on ours": Opening("revoke:ir.actions.server", "sur-fiche", code(FILE, "sur-fiche", "pass")),
    "an action that posts ours to the web": Opening(
        "revoke:ir.actions.server",
        "dehors",
        made(
            "ir.actions.server",
            name="dehors",
            model_id=f"@{PERSON}",
            state="webhook",
            webhook_url="https://ailleurs.invalid",
        ),
    ),
    "code elsewhere that reads ours": Opening(
        "code", "curieuse", code(PARTNER, "curieuse", "records = env['x_mist_file'].sudo().search([])")
    ),
    "code that goes to the database itself": Opening(
        "escape", "directe", code(PARTNER, "directe", "env.cr.execute('SELECT 1')")
    ),
    "a scheduled action that reads ours": Opening(
        "scheduled",
        "nocturne",
        made(
            "ir.cron",
            name="nocturne",
            model_id=f"@{PARTNER}",
            state="code",
            code="env['x_mist_person'].sudo().search([])",
            interval_number=1,
            interval_type="days",
        ),
    ),
    "an automation on ours": Opening(
        "automation",
        "guetteuse",
        made("base.automation", name="guetteuse", model_id=f"@{PERSON}", trigger="on_create_or_write"),
    ),
    "an automation fired from outside": Opening(
        "hooked",
        "sonnette",
        made("base.automation", name="sonnette", model_id=f"@{PARTNER}", trigger="on_webhook"),
    ),
    "a link to a person on a third model": Opening(
        "undeclared",
        "res.partner.x_whom",
        field(PARTNER, "x_whom", ttype="many2one", relation="x_mist_person"),
    ),
    "a link to a file on a model of ours": Opening(
        "undeclared",
        "x_mist_person.x_story",
        field(PERSON, "x_story", ttype="many2one", relation="x_mist_file"),
    ),
    "a model named like ours": Opening(
        "undeclared", "x_mist_copy", made("ir.model", model="x_mist_copy", name="Copie")
    ),
    "a field on ours that copies a name": Opening(
        "field",
        "x_also",
        field("mist_connector.model_signature", "x_also", ttype="char", related="x_person_id.x_last_name"),
    ),
    "a field elsewhere that computes from ours": Opening("copied", "x_copy", copying),
    "a thread": Opening("thread", "x_mist_vote", ours("ir.model", "model_vote", is_mail_thread=True)),
    "activities": Opening("thread", "x_mist_step", ours("ir.model", "model_step", is_mail_activity=True)),
    "a report of ours": Opening(
        "report",
        "imprimée",
        made(
            "ir.actions.report",
            name="imprimée",
            model="x_mist_person",
            report_name="web.x",
            report_type="qweb-html",
        ),
    ),
    "a mail template of ours": Opening(
        "template", "lettre", made("mail.template", name="lettre", model_id=f"@{PERSON}")
    ),
    "a mail template elsewhere that reads ours": Opening(
        "template",
        "circulaire",
        made(
            "mail.template",
            name="circulaire",
            model_id=f"@{PARTNER}",
            body_html="<p t-out=\"env['x_mist_person']\"/>",
        ),
    ),
    "a window of ours": Opening(
        "window", "fenêtre", made("ir.actions.act_window", name="fenêtre", res_model="x_mist_person")
    ),
    "an embedded action": Opening(
        "embedded",
        "n°",
        lambda hand: hand.make(
            "ir.embedded.actions",
            name="posée",
            parent_action_id=hand.ours("window_person"),
            parent_res_model="x_mist_person",
            action_id=hand.ours("window_file"),
        ),
    ),
    "a view that shows more": Opening(
        "view",
        "indiscrète",
        made(
            "ir.ui.view",
            name="indiscrète",
            model="x_mist_person",
            inherit_id="@mist_connector.view_person_list",
            arch=ARCH,
        ),
    ),
    "a page that speaks of ours": Opening(
        "page",
        "affiche",
        made(
            "ir.ui.view",
            name="affiche",
            type="qweb",
            arch='<t t-name="x"><t t-set="m" t-value="\'x_mist_person\'"/></t>',
        ),
    ),
    "a shared export list": Opening(
        "saved_export", "liste", made("ir.exports", name="liste", resource="x_mist_person")
    ),
    "a filter shown to all": Opening(
        "filter", "n°", made("ir.filters", name="f", model_id="x_mist_person", user_ids=[[5]])
    ),
    "a default value that tells": Opening(
        "default",
        "n°",
        lambda hand: hand.crm.call(
            "ir.default", "set", model_name="x_mist_person", field_name="x_last_name", value="Inventée"
        ),
    ),
    "a published attachment": Opening("published", "publique", attachment(public=True)),
    "an attachment with a token": Opening("shared", "jeton", attachment(access_token="00000000-1111")),  # noqa: S106 - invented
    "a follower of ours": Opening(
        "followed",
        "suit",
        lambda hand: hand.elevated(
            "env['mail.followers'].sudo().create({'res_model': 'x_mist_person', 'res_id': 1,"
            " 'partner_id': env.user.partner_id.id})"
        ),
    ),
    "a message on ours": Opening(
        "message",
        "message",
        lambda hand: hand.elevated(
            "env['mail.message'].sudo().create({'model': 'x_mist_person', 'res_id': 1, 'body': 'x'})"
        ),
    ),
}
