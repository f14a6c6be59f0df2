"""Doors that are told only from what somebody answered for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .hand import Change, Hand, Opening, code, field, made, parameter

TRANSLATED = "UPDATE ir_ui_view SET arch_db = arch_db || jsonb_build_object('fr_FR', %s::text) WHERE id = %s"
COMPUTED = "for one in self: one['x_calcul'] = 'x'"
PARTNER, USER = "base.model_res_partner", "base.group_user"
LOGIN = '<data><xpath expr="//form" position="inside"><p>x</p></xpath></data>'


def changed(model: str, xmlid: str, **values: Any) -> Change:  # noqa: ANN401 - as the CRM takes them
    """Change a record of the CRM's own."""
    return lambda hand: hand.write(model, hand.ref(xmlid), **values)


def forged(hand: Hand) -> None:
    """Make an action with an external id that says that a module of the CRM's shipped it."""
    action = code(PARTNER, "forgée", "pass")(hand)
    hand.make("ir.model.data", module="mail", name="action_forged", model="ir.actions.server", res_id=action)


def archived_rule(hand: Hand) -> None:
    """Archive a rule of the CRM's own."""
    hand.write("ir.rule", hand.ref("base.ir_default_user_rule"), active=False)


def page_changed(hand: Hand) -> None:
    """Add a line to the login page itself."""
    view = hand.ref("web.login")
    [row] = hand.crm.call("ir.ui.view", "read", ids=[view], fields=["arch_db"], context={"lang": "en_US"})
    arch = row["arch_db"].replace("</form>", "<p>x</p></form>", 1)
    hand.crm.call("ir.ui.view", "write", ids=[view], vals={"arch_db": arch}, context={"lang": "en_US"})


def french_only(hand: Hand) -> None:
    """Put code into the French text alone of a page of the CRM's own."""
    view, page = hand.ref("web.login_layout"), '<p><t t-out="env"/></p>'
    hand.elevated(f"env.cr.execute({TRANSLATED!r}, [{page!r}, {view}])")


BY_BASELINE: Mapping[str, Opening] = {
    "code that spells nothing": Opening(
        "new:ir.actions.server",
        "muette",
        code(PARTNER, "muette", "m = 'x_' 'mist'"),
    ),
    "a forged external id": Opening("new:ir.actions.server", "n'a pas changé", forged),
    "the login page": Opening(
        "new:ir.ui.view",
        "accueil",
        made(
            "ir.ui.view", name="accueil", type="qweb", inherit_id="@web.login", mode="extension", arch=LOGIN
        ),
    ),
    "a page of the CRM's own": Opening(
        "changed:ir.ui.view",
        "Login",
        page_changed,
    ),
    "code in a translation": Opening("changed:ir.ui.view", "Login Layout", french_only),
    "an asset": Opening(
        "new:ir.asset",
        "posé",
        made("ir.asset", name="posé", bundle="web.assets_backend", path="web/static/src/x.js"),
    ),
    "a file at an address": Opening(
        "new:ir.attachment",
        "script",
        made("ir.attachment", name="script", url="/x.js", raw="alert(1)", type="binary", public=True),
    ),
    "a public page as a file": Opening(
        "new:ir.attachment",
        "page",
        made("ir.attachment", name="page", raw="<p>x</p>", mimetype="text/html", public=True),
    ),
    "a mail template": Opening(
        "new:mail.template",
        "lettre",
        made("mail.template", name="lettre", model_id=f"@{PARTNER}", body_html="<p>x</p>"),
    ),
    "a mail template of the CRM's own": Opening(
        "changed:mail.template",
        "",
        lambda hand: hand.write(
            "mail.template", hand.ref("auth_signup.set_password_email"), email_to="ailleurs@ailleurs.invalid"
        ),
    ),
    "a webhook": Opening(
        "new:base.automation",
        "clochette",
        made("base.automation", name="clochette", model_id=f"@{PARTNER}", trigger="on_webhook"),
    ),
    "a scheduled action": Opening(
        "new:ir.cron",
        "nocturne",
        made(
            "ir.cron",
            name="nocturne",
            model_id=f"@{PARTNER}",
            state="code",
            code="pass",
            interval_number=1,
            interval_type="days",
        ),
    ),
    "a field that computes": Opening(
        "new:ir.model.fields",
        "x_calcul",
        field(
            PARTNER, "x_calcul", ttype="char", compute="for one in self: one['x_calcul'] = 'x'", store=False
        ),
    ),
    "a related field": Opening(
        "new:ir.model.fields",
        "x_relie",
        field(PARTNER, "x_relie", ttype="char", related="parent_id.name", store=False),
    ),
    "a right": Opening(
        "new:ir.model.access",
        "large",
        made(
            "ir.model.access",
            name="large",
            model_id="@mail.model_mail_mail",
            group_id=f"@{USER}",
            perm_read=True,
        ),
    ),
    "a rule of the CRM's own, archived": Opening("changed:ir.rule", "Defaults", archived_rule),
    "a group that gives another": Opening(
        "changed:res.groups",
        "",
        lambda hand: hand.write(
            "res.groups", hand.ref(USER), implied_ids=[[4, hand.ref("base.group_partner_manager")]]
        ),
    ),
    "a parameter": Opening("new:ir.config_parameter", "quelque.chose", parameter("quelque.chose", "1")),
    "a parameter changed": Opening(
        "changed:ir.config_parameter",
        "base.login_cooldown_after",
        parameter("base.login_cooldown_after", "100000"),
    ),
    "a mail server": Opening(
        "new:ir.mail_server",
        "passage",
        made("ir.mail_server", name="passage", smtp_host="passage.ailleurs.invalid"),
    ),
    "a mailbox that is fetched": Opening(
        "new:fetchmail.server",
        "boite",
        made(
            "fetchmail.server",
            name="boite",
            server_type="imap",
            server="ailleurs.invalid",
            object_id=f"@{PARTNER}",
        ),
    ),
    "an address that receives": Opening(
        "new:mail.alias",
        "",
        made("mail.alias", alias_name="recu", alias_model_id=f"@{PARTNER}"),
    ),
    "a mail domain": Opening(
        "new:mail.alias.domain",
        "ailleurs.invalid",
        made(
            "mail.alias.domain",
            name="ailleurs.invalid",
            bounce_alias="b",
            catchall_alias="c",
            default_from="d",
        ),
    ),
    "a company's address": Opening(
        "changed:res.company",
        "",
        changed("res.company", "base.main_company", email="ailleurs@ailleurs.invalid"),
    ),
    "a menu": Opening("new:ir.ui.menu", "posé", made("ir.ui.menu", name="posé")),
    "a window": Opening(
        "new:ir.actions.act_window",
        "fenêtre",
        made("ir.actions.act_window", name="fenêtre", res_model="res.partner"),
    ),
    "an action to an address": Opening(
        "new:ir.actions.act_url",
        "dehors",
        made("ir.actions.act_url", name="dehors", url="https://ailleurs.invalid"),
    ),
    "a report": Opening(
        "new:ir.actions.report",
        "imprimée",
        made(
            "ir.actions.report",
            name="imprimée",
            model="res.partner",
            report_name="web.x",
            report_type="qweb-html",
        ),
    ),
    "a shared filter": Opening(
        "new:ir.filters",
        "montré",
        made("ir.filters", name="montré", model_id="res.partner", user_ids=[[5]]),
    ),
    "a default value": Opening(
        "new:ir.default",
        "",
        lambda hand: hand.crm.call(
            "ir.default", "set", model_name="res.partner", field_name="city", value="Inventée"
        ),
    ),
    "a tip of the digest": Opening(
        "changed:digest.tip",
        "",
        lambda hand: hand.write(
            "digest.tip", hand.ref("digest.digest_tip_digest_0"), tip_description="<p>x</p>"
        ),
    ),
    "a subtype that subscribes": Opening(
        "new:mail.message.subtype",
        "abonne",
        made("mail.message.subtype", name="abonne", res_model="res.partner", default=True),
    ),
}
