"""What a hand may do to a CRM in which the bylaws are deployed, each with the finding that must name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Hand:
    """Somebody with all rights who changes things by hand."""

    def __init__(self, crm):
        self.crm = crm

    def ref(self, xmlid):
        module, _, name = xmlid.partition(".")
        domain = [["module", "=", module], ["name", "=", name]]
        return self.crm.call("ir.model.data", "search_read", domain=domain, fields=["res_id"])[0]["res_id"]

    def ours(self, name):
        return self.ref(f"mist_connector.{name}")

    def make(self, model, /, **values):
        return self.crm.call(model, "create", vals_list=[values])[0]

    def write(self, model, row_id, /, **values):
        self.crm.call(model, "write", ids=[row_id], vals=values)

    def account(self, login, *groups, **more):
        ids = [self.ref(group) for group in groups]
        login = f"{login}@mist.invalid"
        return self.make("res.users", name=login, login=login, group_ids=[[6, 0, ids]], **more)

    def elevated(self, code):
        """Run code with all rights, which is what an installed module may do, and leave nothing of it."""
        model = self.ref("base.model_res_partner")
        action = self.make("ir.actions.server", name="once", model_id=model, state="code", code=code)
        self.crm.call("ir.actions.server", "run", ids=[action])
        self.crm.call("ir.actions.server", "unlink", ids=[action])


@dataclass(frozen=True)
class Mutation:
    """A change, the kind of finding that names it, and what the finding's sentence must say."""

    kind: str
    says: str
    change: Callable[[Hand], object]


def ours(model, name, **values):
    return lambda hand: hand.write(model, hand.ours(name), **values)


def parameter(key, value):
    return lambda hand: hand.crm.call("ir.config_parameter", "set_param", key=key, value=value)


def made(model, /, **values):
    """A record of the CRM's own; a value that starts with `@` is the number of what it names."""

    def change(hand):
        filled = {
            key: hand.ref(value[1:]) if isinstance(value, str) and value.startswith("@") else value
            for key, value in values.items()
        }
        return hand.make(model, **filled)

    return change


def member(group, login, *groups, **more):
    """An account that comes into a group from the group's side."""

    def change(hand):
        user = hand.account(login, *(groups or ("base.group_user",)), **more)
        hand.write("res.groups", hand.ref(group), user_ids=[[4, user]])

    return change


def several(login, number, *groups):
    return lambda hand: [hand.account(f"{login}{each}", *groups) for each in range(number)]


def attachment(**values):
    code = (
        f"env['ir.attachment'].sudo().create({{'name': 'a', 'raw': 'x', **{values!r},"
        " 'res_model': 'x_mist_association', 'res_id': env.ref('mist_connector.association').id})"
    )
    return lambda hand: hand.elevated(code)


def code(model, name, text):
    return made("ir.actions.server", name=name, model_id=f"@{model}", state="code", code=text)


def field(model, name, **values):
    return made("ir.model.fields", name=name, model_id=f"@{model}", field_description=name, **values)


def right(name, model, **values):
    return made("ir.model.access", name=name, model_id=f"@{model}", perm_read=True, **values)


def repointed(hand):
    domain = [["module", "=", "mist_connector"], ["name", "=", "rule_vote__delete"]]
    [row] = hand.crm.call("ir.model.data", "search", domain=domain) or hand.crm.call(
        "ir.model.data",
        "search",
        domain=[["module", "=", "mist_connector"], ["name", "=like", "rule_vote__%"]],
        limit=1,
    )
    hand.write("ir.model.data", row, res_id=hand.ours("rule_hardening__groups"))


def copying(hand):
    code = "for one in self: one['x_copy'] = str(self.env['x_mist_person'].search_count([]))"
    field("base.model_res_partner", "x_copy", ttype="char", compute=code, store=False)(hand)


def named_by_hand(hand):
    hand.write("ir.model.fields", hand.ours("field_person__x_name"), compute=False, depends=False)


PERSON, FILE, PARTNER = (
    "mist_connector.model_person",
    "mist_connector.model_file",
    "base.model_res_partner",
)
USER, STAFF = "base.group_user", "mist_connector.group_staff"
ARCH = '<data><field name="x_name" position="after"><field name="create_uid"/></field></data>'

MUTATIONS = {
    # What is ours, changed.
    "a rule archived": Mutation(
        "restore:ir.rule",
        "mist.notifications",
        ours("ir.rule", "rule_hardening__notifications", active=False),
    ),
    "a rule's domain emptied": Mutation(
        "restore:ir.rule", "file.read_write", ours("ir.rule", "rule_file__read_write", domain_force="[]")
    ),
    "a global rule given to a group": Mutation(
        "restore:ir.rule",
        "person.read_write_create",
        lambda hand: hand.write(
            "ir.rule", hand.ours("rule_person__read_write_create"), groups=[[4, hand.ref(USER)]]
        ),
    ),
    "a rule that no longer looks at reading": Mutation(
        "restore:ir.rule",
        "agreement.read",
        ours("ir.rule", "rule_agreement__read", perm_read=False, perm_write=True),
    ),
    "a rule deleted": Mutation(
        "restore:ir.rule",
        "consent.delete",
        lambda hand: hand.crm.call("ir.rule", "unlink", ids=[hand.ours("rule_consent__delete")]),
    ),
    "an access right for everybody": Mutation(
        "restore:ir.model.access",
        "person.staff",
        ours("ir.model.access", "access_person__staff", group_id=False),
    ),
    "an access right that also deletes": Mutation(
        "restore:ir.model.access",
        "file.staff",
        ours("ir.model.access", "access_file__staff", perm_unlink=True),
    ),
    "an access right given to another group": Mutation(
        "restore:ir.model.access",
        "incident.direction",
        lambda hand: hand.write(
            "ir.model.access", hand.ours("access_incident__direction"), group_id=hand.ref(USER)
        ),
    ),
    "a guard on accounts emptied": Mutation(
        "restore:ir.model.fields",
        "Contrôle des accès",
        ours(
            "ir.model.fields",
            "field_hardening__membership",
            compute="for record in self:\n    record['x_mist_guard'] = 'ok'",
        ),
    ),
    "a guard that no longer wakes": Mutation(
        "restore:ir.model.fields",
        "Contrôle du règlement (x_guard)",
        ours("ir.model.fields", "field_mandate__x_guard", depends="x_name"),
    ),
    "a neutral code that may be typed": Mutation(
        "restore:ir.model.fields",
        "Référence (x_name)",
        ours("ir.model.fields", "field_person__x_name", readonly=False),
    ),
    "the moment at which a term closes, changed": Mutation(
        "restore:ir.model.fields",
        "Ferme à (x_closes)",
        ours(
            "ir.model.fields",
            "field_agreement__x_closes",
            compute="for record in self:\n    record['x_closes'] = '2099-01-01 00:00:00'",
        ),
    ),
    "a hook's code emptied": Mutation(
        "restore:ir.actions.server", "Refus", ours("ir.actions.server", "action_refuse", code="pass")
    ),
    "an elevated action offered to everybody": Mutation(
        "restore:ir.actions.server",
        "Aligner les comptes",
        lambda hand: hand.write(
            "ir.actions.server", hand.ours("action_align_accounts"), group_ids=[[6, 0, [hand.ref(USER)]]]
        ),
    ),
    "a menu without groups": Mutation(
        "restore:ir.ui.menu", "Dossiers personnels", ours("ir.ui.menu", "menu_of_file", group_ids=[[5]])
    ),
    "a window without groups": Mutation(
        "restore:ir.actions.act_window",
        "Incidents",
        ours("ir.actions.act_window", "window_incident", group_ids=[[5]]),
    ),
    "a form changed": Mutation(
        "restore:ir.ui.view",
        "x_mist_workgroup.list",
        ours(
            "ir.ui.view",
            "view_workgroup_list",
            arch='<list><field name="x_name"/><field name="create_uid"/></list>',
        ),
    ),
    "sign-up opened": Mutation(
        "restore:mist.setting",
        "auth_signup.invitation_scope",
        parameter("auth_signup.invitation_scope", "b2c"),
    ),
    "password reset opened": Mutation(
        "restore:mist.setting", "auth_signup.reset_password", parameter("auth_signup.reset_password", "True")
    ),
    "code in mail templates allowed": Mutation(
        "restore:mist.setting",
        "mail.restrict.template.rendering",
        parameter("mail.restrict.template.rendering", "False"),
    ),
    "an external id pointed elsewhere": Mutation("restore:ir.rule", "vote.", repointed),
    # What was added to ours.
    "a permissive rule": Mutation(
        "revoke:ir.rule", "ouverte", made("ir.rule", name="ouverte", model_id=f"@{FILE}", domain_force="[]")
    ),
    "a right on ours for everybody": Mutation("revoke:ir.model.access", "tous", right("tous", FILE)),
    "a right on ours for another group": Mutation(
        "revoke:ir.model.access", "ailleurs", right("ailleurs", PERSON, group_id=f"@{USER}")
    ),
    "an action on ours": Mutation("revoke:ir.actions.server", "sur-fiche", code(FILE, "sur-fiche", "pass")),
    "an action that posts ours to the web": Mutation(
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
    "code elsewhere that reads ours": Mutation(
        "code", "curieuse", code(PARTNER, "curieuse", "records = env['x_mist_file'].sudo().search([])")
    ),
    "code that goes to the database itself": Mutation(
        "escape", "directe", code(PARTNER, "directe", "env.cr.execute('SELECT 1')")
    ),
    "a scheduled action that reads ours": Mutation(
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
    "an automation on ours": Mutation(
        "automation",
        "guetteuse",
        made("base.automation", name="guetteuse", model_id=f"@{PERSON}", trigger="on_create_or_write"),
    ),
    "an automation fired from outside": Mutation(
        "hooked",
        "sonnette",
        made("base.automation", name="sonnette", model_id=f"@{PARTNER}", trigger="on_webhook"),
    ),
    "a link to a person on a third model": Mutation(
        "undeclared",
        "res.partner.x_whom",
        field(PARTNER, "x_whom", ttype="many2one", relation="x_mist_person"),
    ),
    "a link to a file on a model of ours": Mutation(
        "undeclared",
        "x_mist_person.x_story",
        field(PERSON, "x_story", ttype="many2one", relation="x_mist_file"),
    ),
    "a model named like ours": Mutation(
        "undeclared", "x_mist_copy", made("ir.model", model="x_mist_copy", name="Copie")
    ),
    "a field on ours that copies a name": Mutation(
        "field",
        "x_also",
        field("mist_connector.model_signature", "x_also", ttype="char", related="x_person_id.x_last_name"),
    ),
    "a field elsewhere that computes from ours": Mutation("copied", "x_copy", copying),
    "a thread": Mutation("thread", "x_mist_vote", ours("ir.model", "model_vote", is_mail_thread=True)),
    "activities": Mutation("thread", "x_mist_step", ours("ir.model", "model_step", is_mail_activity=True)),
    "a report": Mutation(
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
    "a mail template": Mutation(
        "template", "lettre", made("mail.template", name="lettre", model_id=f"@{PERSON}")
    ),
    "a mail template elsewhere that reads ours": Mutation(
        "template",
        "circulaire",
        made(
            "mail.template",
            name="circulaire",
            model_id=f"@{PARTNER}",
            body_html="<p t-out=\"env['x_mist_person']\"/>",
        ),
    ),
    "a window": Mutation(
        "window", "fenêtre", made("ir.actions.act_window", name="fenêtre", res_model="x_mist_person")
    ),
    "an embedded action": Mutation(
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
    "a view that shows more": Mutation(
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
    "a page that speaks of ours": Mutation(
        "page",
        "affiche",
        made(
            "ir.ui.view",
            name="affiche",
            type="qweb",
            arch='<t t-name="x"><t t-set="m" t-value="\'x_mist_person\'"/></t>',
        ),
    ),
    "a shared export list": Mutation(
        "saved_export", "liste", made("ir.exports", name="liste", resource="x_mist_person")
    ),
    "a filter shown to all": Mutation(
        "filter", "n°", made("ir.filters", name="f", model_id="x_mist_person", user_ids=[[5]])
    ),
    "a default value that tells": Mutation(
        "default",
        "n°",
        lambda hand: hand.crm.call(
            "ir.default", "set", model_name="x_mist_person", field_name="x_last_name", value="Inventée"
        ),
    ),
    "a published attachment": Mutation("published", "publique", attachment(public=True)),
    "an attachment with a token": Mutation("shared", "jeton", attachment(access_token="00000000-1111")),  # noqa: S106 - invented
    "a follower of ours": Mutation(
        "followed",
        "suit",
        lambda hand: hand.elevated(
            "env['mail.followers'].sudo().create({'res_model': 'x_mist_person', 'res_id': 1,"
            " 'partner_id': env.user.partner_id.id})"
        ),
    ),
    "a message on ours": Mutation(
        "message",
        "message",
        lambda hand: hand.elevated(
            "env['mail.message'].sudo().create({'model': 'x_mist_person', 'res_id': 1, 'body': 'x'})"
        ),
    ),
    # The CRM's own parts.
    "a right for everybody on a table of the CRM's": Mutation(
        "for_everybody", "grande", right("grande", PARTNER)
    ),
    "a right on the queue of mails": Mutation(
        "delicate", "boîte", right("boîte", "mail.model_mail_mail", group_id=f"@{USER}")
    ),
    "routes that answer JSON": Mutation("parameter", "web.json.enabled", parameter("web.json.enabled", "1")),
    "attachments kept elsewhere": Mutation(
        "storage", "s3", parameter("ir_attachment.location", "s3://ailleurs")
    ),
    "reports made elsewhere": Mutation(
        "report_url", "ailleurs", parameter("report.url", "https://ailleurs.invalid")
    ),
    "links in mails that lead elsewhere": Mutation(
        "base_url", "ailleurs", parameter("web.base.url", "https://ailleurs.invalid")
    ),
    "a mail server that nobody knows": Mutation(
        "mail_server",
        "relais.ailleurs.invalid",
        made("ir.mail_server", name="relais", smtp_host="relais.ailleurs.invalid"),
    ),
    "a second company": Mutation("company", "Autre", made("res.company", name="Autre")),
    # Accounts.
    "a portal account": Mutation(
        "portal", "portail@", lambda hand: hand.account("portail", "base.group_portal")
    ),
    "a third administrator": Mutation("settings", "settings", several("chef", 2, USER, "base.group_system")),
    "a third holder of access rights": Mutation(
        "access_rights", "acces0", several("acces", 3, USER, "base.group_erp_manager")
    ),
    "a second connector": Mutation(
        "connectors", "tourne0", several("tourne", 2, USER, "mist_connector.group_connector")
    ),
    "a connector that may export and read files": Mutation(
        "connector_rights",
        "mist_connector.group_staff",
        lambda hand: hand.account("trop", USER, "mist_connector.group_connector", STAFF),
    ),
    "an administrator who opens the register": Mutation(
        "both", "deux@", lambda hand: hand.account("deux", USER, "base.group_system", STAFF)
    ),
    "an archived account in a group of ours": Mutation(
        "archived_member", "partie@", lambda hand: hand.account("partie", USER, STAFF, active=False)
    ),
    "an account put into a group from the group's side": Mutation(
        "member", "glissee@", member("mist_connector.group_direction", "glissee")
    ),
    "an account that may export": Mutation(
        "exports", "copieuse@", lambda hand: hand.account("copieuse", USER, "base.group_allow_export")
    ),
    "an account with technical features": Mutation(
        "technical", "technicienne@", lambda hand: hand.account("technicienne", USER, "base.group_no_one")
    ),
    "an account that writes templates which run as code": Mutation(
        "writes_code",
        "redactrice@",
        lambda hand: hand.account("redactrice", USER, "mail.group_mail_template_editor"),
    ),
    # The last ones: they make members of many.
    "technical features back for everybody": Mutation(
        "restore:mist.setting",
        "base.group_no_one",
        lambda hand: hand.write(
            "res.groups", hand.ref(USER), implied_ids=[[4, hand.ref("base.group_no_one")]]
        ),
    ),
    "a group that brings ours along": Mutation(
        "restore:res.groups",
        "Équipe",
        lambda hand: hand.write(
            "res.groups", hand.ref("base.group_partner_manager"), implied_ids=[[4, hand.ours("group_staff")]]
        ),
    ),
    "a group of ours that brings another along": Mutation(
        "restore:res.groups",
        "Pilotage",
        lambda hand: hand.write(
            "res.groups", hand.ours("group_direction"), implied_ids=[[4, hand.ref("base.group_erp_manager")]]
        ),
    ),
}
