"""What the CRM must have before anything of ours is deployed, and how it gets it."""

from __future__ import annotations

from collections.abc import Sequence

from mist_connector.crm.port import Crm
from mist_connector.errors import CrmError, MistError
from mist_connector.language import _

FRENCH = "fr_FR"


def activate_french(crm: Crm) -> None:
    """Activate French with the CRM's own wizard, which loads the words of all installed modules.

    Raises MistError where the server does not know French.
    """
    context = {"active_test": False}
    found = crm.call("res.lang", "search", domain=[["code", "=", FRENCH]], context=context)
    if not found:
        raise MistError(
            _("Ce serveur ne connaît pas le français."), todo=_("demandez à l'hébergeur la langue « fr_FR »")
        )
    values = {"lang_ids": [[6, 0, list(found)]], "overwrite": False}
    wizard = crm.call("base.language.install", "create", vals_list=[values])
    crm.call("base.language.install", "lang_install", ids=list(wizard))


def install_modules(crm: Crm, names: Sequence[str]) -> None:
    """Install modules of the CRM's own that ours stands on, which the CRM does in its own time.

    Raises MistError where it refuses; nothing of ours is there then.
    """
    ids = crm.call("ir.module.module", "search", domain=[["name", "in", list(names)]])
    try:
        crm.call("ir.module.module", "button_immediate_install", ids=ids)
    except CrmError as error:
        raise MistError(
            _("Le CRM n'a pas installé {names} : {what} Rien du règlement n'a changé.").format(
                names=", ".join(names), what=error.what
            ),
            todo=_("installez-les dans le CRM, menu Applications, puis relancez « mist apply »"),
        ) from None
