"""The association's own address and mail servers, written into the text of `hardening.yaml`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

SENDER, SERVERS = "sender", "mail_servers"


@dataclass(frozen=True)
class OwnSender:
    """Whom mails come from, where undelivered ones go, other addresses of the CRM's domain, mail servers."""

    address: str
    returns_to: str
    also: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()


def with_sender(text: str, own: OwnSender) -> str:
    """Return the text with this sender and these mail servers in place of those that it names.

    Comments and everything else stay as they are. Raises KeyError where the text names no sender.
    """
    manifest = _entries(_entries(yaml.compose(text))["hardening"])
    rule = _entries(manifest[SENDER])["rule"].value
    written = {
        "address": own.address,
        "answers_to": own.address,
        "returns_to": own.returns_to,
        "also": list(own.also),
        "rule": rule,
    }
    places: list[tuple[yaml.Node, object]] = [(manifest[SENDER], written)]
    if SERVERS in manifest:
        known = [str(node.value) for node in manifest[SERVERS].value]
        places.append((manifest[SERVERS], list(dict.fromkeys([*known, *own.servers]))))
    for node, value in sorted(places, key=lambda place: -place[0].start_mark.index):
        text = _put(text, node, _flow(value))
    return text


def _entries(node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise KeyError(SENDER)
    return {str(key.value): value for key, value in node.value}


def _put(text: str, node: yaml.Node, written: str) -> str:
    return f"{text[: node.start_mark.index]}{written}{text[_end(node) :]}"


def _end(node: yaml.Node) -> int:
    """Return where a node's text ends; in block style with its last word, before comments that follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _flow(value: object) -> str:
    """Write a value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)
