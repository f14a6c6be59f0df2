"""Doors that are opened in the CRM's own parts, and by accounts."""

from __future__ import annotations

from collections.abc import Mapping

from .hand import Opening, made, member, parameter, right, several

PERSON, FILE, PARTNER = (
    "mist_connector.model_person",
    "mist_connector.model_file",
    "base.model_res_partner",
)
USER, STAFF = "base.group_user", "mist_connector.group_staff"
ARCH = '<data><field name="x_name" position="after"><field name="create_uid"/></field></data>'


OF_THE_CRM: Mapping[str, Opening] = {
    "a right for everybody on a table of the CRM's": Opening(
        "for_everybody", "grande", right("grande", PARTNER)
    ),
    "a right on the queue of mails": Opening(
        "delicate", "boîte", right("boîte", "mail.model_mail_mail", group_id=f"@{USER}")
    ),
    "routes that answer JSON": Opening("parameter", "web.json.enabled", parameter("web.json.enabled", "1")),
    "attachments kept elsewhere": Opening(
        "storage", "s3", parameter("ir_attachment.location", "s3://ailleurs")
    ),
    "reports made elsewhere": Opening(
        "report_url", "ailleurs", parameter("report.url", "https://ailleurs.invalid")
    ),
    "links in mails that lead elsewhere": Opening(
        "base_url", "ailleurs", parameter("web.base.url", "https://ailleurs.invalid")
    ),
    "a mail server that nobody knows": Opening(
        "mail_server",
        "relais.ailleurs.invalid",
        made("ir.mail_server", name="relais", smtp_host="relais.ailleurs.invalid"),
    ),
    "a second company": Opening("company", "Autre", made("res.company", name="Autre")),
    "a portal account": Opening(
        "portal", "portail@", lambda hand: hand.account("portail", "base.group_portal")
    ),
    "a third administrator": Opening("settings", "settings", several("chef", 2, USER, "base.group_system")),
    "a third holder of access rights": Opening(
        "access_rights", "acces0", several("acces", 3, USER, "base.group_erp_manager")
    ),
    "a second connector": Opening(
        "connectors", "tourne0", several("tourne", 2, USER, "mist_connector.group_connector")
    ),
    "a connector that may export and read files": Opening(
        "connector_rights",
        "mist_connector.group_staff",
        lambda hand: hand.account("trop", USER, "mist_connector.group_connector", STAFF),
    ),
    "an administrator who opens the register": Opening(
        "both", "deux@", lambda hand: hand.account("deux", USER, "base.group_system", STAFF)
    ),
    "an archived account in a group of ours": Opening(
        "archived_member", "partie@", lambda hand: hand.account("partie", USER, STAFF, active=False)
    ),
    "an account put into a group from the group's side": Opening(
        "member", "glissee@", member("mist_connector.group_direction", "glissee")
    ),
    "an account that may export": Opening(
        "exports", "copieuse@", lambda hand: hand.account("copieuse", USER, "base.group_allow_export")
    ),
    "an account with technical features": Opening(
        "technical", "technicienne@", lambda hand: hand.account("technicienne", USER, "base.group_no_one")
    ),
    "an account that writes templates which run as code": Opening(
        "writes_code",
        "redactrice@",
        lambda hand: hand.account("redactrice", USER, "mail.group_mail_template_editor"),
    ),
    # The last ones: they make members of many.
    "technical features back for everybody": Opening(
        "restore:mist.setting",
        "base.group_no_one",
        lambda hand: hand.write(
            "res.groups", hand.ref(USER), implied_ids=[[4, hand.ref("base.group_no_one")]]
        ),
    ),
    "a group that brings ours along": Opening(
        "restore:res.groups",
        "Équipe",
        lambda hand: hand.write(
            "res.groups", hand.ref("base.group_partner_manager"), implied_ids=[[4, hand.ours("group_staff")]]
        ),
    ),
    "a group of ours that brings another along": Opening(
        "restore:res.groups",
        "Pilotage",
        lambda hand: hand.write(
            "res.groups", hand.ours("group_direction"), implied_ids=[[4, hand.ref("base.group_erp_manager")]]
        ),
    ),
}
