"""Scripts of the CRM's web pages: a file that the CRM serves, and its place among those of the pages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files

from .declaration import Blueprint
from .records import MODULE, Record, Reference

_SCRIPTS = ("names",)
_PAGES = "web.assets_backend"


def script_records(blueprint: Blueprint) -> Iterator[Record]:
    """Return a place and a file for each script.

    The address bears the digest of the content, so that no page keeps a script that was replaced.
    """
    for name in _SCRIPTS:
        content = files("mist_connector.server").joinpath(f"{name}.js").read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        address = f"/{MODULE}/static/src/{name}-{digest}.js"
        yield Record(
            f"place_{name}",
            "ir.asset",
            {
                "name": f"{blueprint.frame.application.fr}, {name}",
                "bundle": _PAGES,
                "directive": "append",
                "path": address,
                "target": None,
                "sequence": 16,
                "active": True,
            },
            (blueprint.frame.because.secrecy,),
        )
        yield Record(
            f"script_{name}",
            "ir.attachment",
            {
                "name": f"{name}.js",
                "type": "binary",
                "url": address,
                "mimetype": "text/javascript",
                "res_model": "ir.asset",  # so that one request reads both
                "res_id": Reference(f"{MODULE}.place_{name}"),
                "public": False,
                "datas": base64.b64encode(content).decode(),
            },
            (blueprint.frame.because.secrecy,),
        )
