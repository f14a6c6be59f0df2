"""Which values of the CRM's own records we answer for, model by model, and of what kind they are."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """How a value is written in a data module and read back."""

    WORDS = "words"  # a text with a translation
    TEXT = "text"  # a text without one; absent and empty are the same
    FLAG = "flag"
    NUMBER = "number"
    LINK = "link"  # a many2one
    LINKS = "links"  # a many2many
    ARCH = "arch"  # XML with words in it
    PARAGRAPH = "paragraph"  # HTML of one element with words in it
    POINTER = "pointer"  # a reference field: model and id in one


_RIGHTS = {f"perm_{right}": Kind.FLAG for right in ("read", "write", "create", "unlink")}

KINDS: dict[str, dict[str, Kind]] = {
    "res.groups.privilege": {"name": Kind.WORDS},
    "res.groups": {
        "name": Kind.WORDS,
        "comment": Kind.TEXT,  # which mappings are deployed, for every account with a group of ours to read
        "privilege_id": Kind.LINK,
        "implied_ids": Kind.LINKS,
        "implied_by_ids": Kind.LINKS,  # a group that implies ours hands our rights to its members
    },
    "ir.model": {"model": Kind.TEXT, "name": Kind.WORDS, "order": Kind.TEXT},
    "ir.model.fields": {
        "model_id": Kind.LINK,
        "name": Kind.TEXT,
        "ttype": Kind.TEXT,
        "field_description": Kind.WORDS,
        "help": Kind.WORDS,
        "required": Kind.FLAG,
        "readonly": Kind.FLAG,
        "store": Kind.FLAG,
        "copied": Kind.FLAG,
        "index": Kind.FLAG,
        "relation": Kind.TEXT,
        "relation_field": Kind.TEXT,
        "on_delete": Kind.TEXT,
        "compute": Kind.TEXT,
        "depends": Kind.TEXT,
        "domain": Kind.TEXT,
    },
    "ir.model.fields.selection": {
        "field_id": Kind.LINK,
        "value": Kind.TEXT,
        "name": Kind.WORDS,
        "sequence": Kind.NUMBER,
    },
    "ir.model.access": {
        "name": Kind.TEXT,
        "model_id": Kind.LINK,
        "group_id": Kind.LINK,
        "active": Kind.FLAG,
        **_RIGHTS,
    },
    "ir.rule": {
        "name": Kind.TEXT,
        "model_id": Kind.LINK,
        "groups": Kind.LINKS,
        "domain_force": Kind.TEXT,
        "active": Kind.FLAG,
        **_RIGHTS,
    },
    "ir.actions.server": {
        "name": Kind.WORDS,
        "model_id": Kind.LINK,
        "binding_model_id": Kind.LINK,
        "binding_view_types": Kind.TEXT,
        "state": Kind.TEXT,
        "code": Kind.TEXT,
        "group_ids": Kind.LINKS,
    },
    "ir.ui.view": {
        "name": Kind.TEXT,
        "model": Kind.TEXT,
        "type": Kind.TEXT,
        "priority": Kind.NUMBER,
        "active": Kind.FLAG,
        "arch_db": Kind.ARCH,
    },
    "ir.actions.act_window": {
        "name": Kind.WORDS,
        "res_model": Kind.TEXT,
        "view_mode": Kind.TEXT,
        "domain": Kind.TEXT,
        "context": Kind.TEXT,
        "help": Kind.PARAGRAPH,
        "group_ids": Kind.LINKS,
        "cache": Kind.FLAG,
    },
    "ir.ui.menu": {
        "name": Kind.WORDS,
        "parent_id": Kind.LINK,
        "sequence": Kind.NUMBER,
        "active": Kind.FLAG,
        "group_ids": Kind.LINKS,
        "action": Kind.POINTER,
        "web_icon": Kind.TEXT,
    },
    # A script of the web pages, and its place among theirs.
    "ir.attachment": {
        "name": Kind.TEXT,
        "type": Kind.TEXT,
        "url": Kind.TEXT,
        "mimetype": Kind.TEXT,
        "res_model": Kind.TEXT,
        "res_id": Kind.LINK,
        "public": Kind.FLAG,
        "datas": Kind.TEXT,
    },
    "ir.asset": {
        "name": Kind.TEXT,
        "bundle": Kind.TEXT,
        "directive": Kind.TEXT,
        "path": Kind.TEXT,
        "target": Kind.TEXT,
        "sequence": Kind.NUMBER,
        "active": Kind.FLAG,
    },
    "mist.setting": {
        "name": Kind.TEXT,
        "value": Kind.TEXT,
        "group_id": Kind.LINK,
        "implied_id": Kind.LINK,
    },
    "ir.config_parameter": {"key": Kind.TEXT, "value": Kind.TEXT},
    # Our own single record; the connector has no right to read it, so its being there is all we compare.
    "x_mist_association": {},
}
