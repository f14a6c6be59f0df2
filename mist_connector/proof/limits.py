"""Ways that show nothing, or show more than the matrix asks for, and why that is known and accepted."""

from __future__ import annotations

from collections.abc import Mapping

_NO_THREAD = "nos fiches n'ont ni fil de discussion, ni abonnés, ni destinataires"
_SHELL = "la page ne contient que le programme du client web ; il lit les fiches par ses propres requêtes"
_EXPORT = (
    "le droit d'exporter vaut pour tout ce que l'on lit ; Odoo ne le refuse pas modèle par modèle, "
    "et qui peut lire peut copier"
)
_NO_FORM = "le CRM ne rend rien d'une fiche que le formulaire ne change pas"
_NO_REPORT = "aucun rapport n'imprime nos fiches"
_NO_PICTURE = "nos fiches n'ont pas d'image ; une pièce jointe en texte n'en est pas une"
_NO_PORTAL = "le portail n'a aucune page sur nos fiches"
# By way, tier and persona; `*` for any. A leak is never excused for « any persona ».
KNOWN: Mapping[tuple[str, str, str], str] = {
    ("mail_thread", "*", "*"): _NO_THREAD,
    ("mail_data", "*", "*"): _NO_THREAD,
    ("mail_recipients", "*", "*"): _NO_THREAD,
    ("mail_view", "*", "*"): _NO_THREAD,
    ("boxes", "*", "*"): _NO_THREAD,
    ("chatter", "*", "*"): _NO_PORTAL,
    ("chatter_begun", "*", "*"): _NO_PORTAL,
    ("discuss", "*", "*"): "on n'y cherche que des comptes et des salons, jamais des fiches",
    ("pushed", "*", "*"): "le CRM ne pousse aucun avis sur nos fiches",
    **{
        (way, "*", "*"): "le client web n'en apprend que la structure des fiches, jamais leur contenu"
        for way in ("defined", "defined_bus", "exportable")
    },
    ("odoo", "*", "*"): _SHELL,
    ("json", "*", "*"): "les pages JSON d'Odoo ne sont pas activées",
    ("web_button", "*", "*"): "un bouton ne rend que des actions, jamais des valeurs",
    ("web_field", "*", "*"): "nos fiches n'ont aucun champ qui soit un fichier",
    **{
        (way, tier, persona): _EXPORT
        for way in ("export_data", "web_csv", "web_xlsx", "web_export_data")
        for tier in ("personal", "investigation")
        for persona in ("direction", "direction_accused")
    },
    ("reopened", "*", "*"): _NO_FORM,
    ("defaults", "*", "*"): _NO_FORM,
    ("invited", "*", "*"): _NO_THREAD,
    ("report_page", "*", "*"): _NO_REPORT,
    ("report_pdf", "*", "*"): _NO_REPORT,
    ("report_text", "*", "*"): _NO_REPORT,
    ("image_field", "*", "*"): _NO_PICTURE,
    ("image_size", "*", "*"): _NO_PICTURE,
    ("file_token", "*", "*"): "un jeton inventé n'ouvre rien, pas même à qui peut lire",
    ("portal_page", "*", "*"): _NO_PORTAL,
    ("scoped", "*", "*"): _SHELL,
    ("validated", "*", "*"): "juger un critère ne rend jamais ce qu'il trouve",
}
