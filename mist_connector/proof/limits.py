"""Ways that show nothing, or show more than the matrix asks for, and why that is known and accepted."""

from __future__ import annotations

from collections.abc import Mapping

_NO_THREAD = "nos fiches n'ont ni fil de discussion, ni abonnés, ni destinataires"
_SHELL = "la page ne contient que le programme du client web ; il lit les fiches par ses propres requêtes"
_EXPORT = (
    "le droit d'exporter vaut pour tout ce que l'on lit ; Odoo ne le refuse pas modèle par modèle, "
    "et qui peut lire peut copier"
)
# By way, tier and persona; `*` for any. A leak is never excused for « any persona ».
KNOWN: Mapping[tuple[str, str, str], str] = {
    ("mail_thread", "*", "*"): _NO_THREAD,
    ("mail_data", "*", "*"): _NO_THREAD,
    ("mail_recipients", "*", "*"): _NO_THREAD,
    ("mail_view", "*", "*"): _NO_THREAD,
    ("odoo", "*", "*"): _SHELL,
    ("json", "*", "*"): "les pages JSON d'Odoo ne sont pas activées",
    ("web_button", "*", "*"): "un bouton ne rend que des actions, jamais des valeurs",
    ("web_field", "*", "*"): "nos fiches n'ont aucun champ qui soit un fichier",
    **{
        (way, tier, persona): _EXPORT
        for way in ("export_data", "web_csv", "web_xlsx")
        for tier in ("personal", "investigation")
        for persona in ("direction", "direction_accused")
    },
}
