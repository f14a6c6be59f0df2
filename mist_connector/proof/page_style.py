"""How the page of a proof looks, and the words that it uses for figures, levels and verdicts."""

from __future__ import annotations

from .outcome import Verdict

VERDICTS = {
    Verdict.ALLOWED: "ouvert, comme prévu",
    Verdict.DENIED: "refusé, par une voie qui marche",
    Verdict.KNOWN: "limite connue",
    Verdict.DEAD: "voie morte",
    Verdict.TOO_LITTLE: "trop peu",
    Verdict.LEAK: "FUITE",
}
FIGURES = {
    "channels": "voies",
    "models": "modèles balayés",
    "personas": "personnages",
    "probes": "essais",
    "requests": "requêtes",
    "seconds": "secondes",
}
TIERS = {
    "register": "Registre",
    "personal": "Dossier personnel",
    "investigation": "Enquêtes",
    "settings": "Réglages",
}
READING = (
    "Chaque ligne est un compte temporaire, qui a essayé les voies ci-dessous vers des fiches inventées. "
    "« Fermé » : tout a été refusé, et quelqu'un d'autre passe par les mêmes voies, sans quoi le refus ne "
    "prouverait rien. « Ouvert » : elle a lu ce que la matrice lui ouvre ; ce qui lui est refusé là "
    "(exporter, entrer dans un groupe…) ne lui revient pas."
)
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; }
.when { color: #555; margin-top: .2rem; }
.answer { font-size: 1.25rem; padding: .8rem 1rem; border-left: .4rem solid; font-weight: 600; }
.answer.good { border-color: #2e7d32; } .answer.bad { border-color: #c62828; }
.figures { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; }
.figures div { border: 1px solid #ccc; border-radius: .4rem; padding: .4rem .8rem; min-width: 6.5rem; }
.figures b { display: block; font-size: 1.35rem; } .figures span { color: #555; font-size: .85rem; }
table { border-collapse: collapse; margin: 1rem 0 2rem; width: 100%; }
th, td { border: 1px solid #bbb; padding: .4rem .6rem; text-align: left; vertical-align: top; }
th { background: #f1f1f1; font-weight: 600; }
small { color: #444; }
.good { background: #e6f4e6; } .open { background: #e3eefb; }
.bad { background: #fbdcdc; } .none { color: #666; }
p.good { padding: .4rem .6rem; }
.ways { columns: 3; font-size: .9rem; }
details summary { cursor: pointer; font-weight: 600; margin-top: 2rem; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""
