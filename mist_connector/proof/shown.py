"""Ways of what the CRM shows to everybody: pages before a login, and what a colleague's browser loads."""

from __future__ import annotations

import re

from .channel import Channel, Try
from .doors import Visitor
from .planting import Planted, Target

_LOADED = re.compile(r"""(?:src|href)=["'](/web/(?:assets|webclient|content)/[^"']+)["']""")
_OK = "200 "


def _shown(path: str) -> Try:
    """Return a try that opens a page of the CRM's own and reads all of it."""

    def tried(who: Visitor, _it: Target, _planted: Planted) -> str:
        return who.web.get(path)

    return tried


def _with_what_it_loads(path: str) -> Try:
    """Return a try that opens a page and whatever it has a browser load: scripts, styles, translations."""

    def tried(who: Visitor, _it: Target, _planted: Planted) -> str:
        page = who.web.get(path)
        return " ".join([page, *(who.web.get(each) for each in sorted(set(_LOADED.findall(page))))])

    return tried


def _answered(tried: Try) -> Try:
    """Return the control of a page: the word, where the page itself came."""

    def control(who: Visitor, it: Target, planted: Planted) -> str:
        return it.word if tried(who, it, planted).startswith(_OK) else ""

    return control


def _way(name: str, fr: str, tried: Try) -> Channel:
    return Channel(name, fr, tried, control=_answered(tried))


# Before any login.
BEFORE: tuple[Channel, ...] = (
    _way("page_login", "page de connexion, et ce qu'elle charge", _with_what_it_loads("/web/login")),
    _way("page_manifest", "manifeste de l'application", _shown("/web/manifest.webmanifest")),
    _way("page_offline", "page hors ligne", _shown("/odoo/offline")),
    _way("page_health", "page de santé", _shown("/web/health")),
    _way("page_translations", "traductions", _shown("/web/webclient/translations?lang=fr_FR")),
    _way("page_logo", "logo de la société", _shown("/logo.png")),
    _way("page_robots", "page des robots", _shown("/robots.txt")),
)
# What the browser of a colleague without any function loads.
INSIDE: tuple[Channel, ...] = (
    _way("client_page", "page du client web, et ce qu'elle charge", _with_what_it_loads("/odoo")),
    _way("client_menus", "menus du client web", _shown("/web/webclient/load_menus")),
    _way("client_worker", "programme d'arrière-plan, connecté", _shown("/odoo/service-worker.js")),
)
SHOWN = {"anybody": BEFORE, "clerk": INSIDE}
