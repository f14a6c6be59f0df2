"""A proof as a page to read: the matrix in green and red, dated, with its figures; nothing to run in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from mist_connector.bylaws.matrix import Matrix

from .outcome import FAILURES, Outcome, Verdict
from .personas import PERSONAS, Persona
from .prove import Proof
from .record import Difference, figures

_VERDICTS = {
    Verdict.ALLOWED: "ouvert, comme prévu",
    Verdict.DENIED: "refusé (voie vivante)",
    Verdict.KNOWN: "limite connue",
    Verdict.DEAD: "voie morte",
    Verdict.TOO_LITTLE: "trop peu",
    Verdict.LEAK: "FUITE",
}
_FIGURES = {
    "channels": "voies",
    "models": "modèles balayés",
    "personas": "personnages",
    "probes": "essais",
    "requests": "requêtes",
    "seconds": "secondes",
}
_TIERS = {"register": "Registre", "personal": "Dossier personnel", "investigation": "Enquêtes"}
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: 1rem 0 2rem; width: 100%; }
th, td { border: 1px solid #bbb; padding: .4rem .6rem; text-align: left; vertical-align: top; }
th { background: #f1f1f1; }
.good { background: #e3f4e3; } .bad { background: #fbdcdc; font-weight: bold; } .none { color: #666; }
.known { background: #fdf3d0; }
"""


def page(proof: Proof, matrix: Matrix, changed: Sequence[Difference] = ()) -> str:
    """Return the page, whole in itself."""
    holds = "Chacun lit ce que le règlement lui ouvre, et rien d'autre."
    fails = (
        f"{len(proof.failures) + len(proof.unclassified) + len(proof.named)} essais ne sont pas comme prévu."
    )
    parts = [
        "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Preuve de confidentialité</title>",
        f"<style>{_STYLE}</style></head><body>",
        "<h1>Preuve de confidentialité</h1>",
        f"<p>Base {escape(proof.database)}, le {proof.at:%d/%m/%Y à %H:%M} UTC. ",
        "Ce qui est prouvé l'est pour ce jour.</p>",
        f"<p class='{'good' if proof.holds else 'bad'}'>{holds if proof.holds else fails}</p>",
        _table(
            ("", ""), [(_FIGURES.get(name, _verdict(name)), str(n)) for name, n in figures(proof).items()]
        ),
        "<h2>Qui lit quoi</h2>",
        _matrix(proof, matrix),
        *_closure(proof),
        *_section("Ce qui n'est pas comme prévu", proof.failures, reasons=False),
        *_changes(changed),
        *_section("Limites connues", _once(proof.outcomes), reasons=True),
        "<h2>Voies essayées</h2><p>",
        escape(", ".join(sorted({each.fr for each in proof.outcomes}))),
        "</p></body></html>",
    ]
    return "\n".join(part for part in parts if part)


def _matrix(proof: Proof, matrix: Matrix) -> str:
    readers = {reader.id: reader.fr for reader in matrix.readers}
    tiers = [tier for tier in _TIERS if any(each.tier == tier for each in proof.outcomes)]
    titles = ("Personnage", "Ligne de la matrice", *(_TIERS[tier] for tier in tiers))
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    rows = []
    for persona in (each for each in PERSONAS if any(one.persona == each.id for one in proof.outcomes)):
        lines = ", ".join(readers[row] for row in (persona.reader, *persona.also))
        cells = "".join(_cell(proof, persona, tier) for tier in tiers)
        rows.append(f"<tr><th>{escape(persona.fr)}</th><td>{escape(lines)}</td>{cells}</tr>")
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _cell(proof: Proof, persona: Persona, tier: str) -> str:
    mine = [each for each in proof.outcomes if each.persona == persona.id and each.tier == tier]
    if not mine:
        return "<td class='none'>–</td>"
    failed = [each for each in mine if each.verdict in FAILURES]
    opened = sum(each.verdict is Verdict.ALLOWED for each in mine)
    denied = sum(each.verdict is Verdict.DENIED for each in mine)
    said = f"{opened} ouverts, {denied} refusés" if opened else f"fermé : {denied} refusés"
    if failed:
        return f"<td class='bad'>{len(failed)} à revoir ; {said}</td>"
    return f"<td class='good'>{said}</td>"


def _section(title: str, outcomes: Sequence[Outcome], *, reasons: bool) -> list[str]:
    if not outcomes:
        return []
    rows = [
        (
            _VERDICTS[each.verdict] if each.verdict else "",
            "toutes" if reasons and each.verdict is Verdict.KNOWN and not each.seen else each.persona,
            each.fr,
            _TIERS.get(each.tier, each.tier),
            each.reason,
        )
        for each in outcomes
    ]
    return [f"<h2>{escape(title)}</h2>", _table(("Verdict", "Personnage", "Voie", "Niveau", "Raison"), rows)]


def _closure(proof: Proof) -> list[str]:
    paths = [(f"{path.model}.{path.field}", path.to) for path in proof.unclassified]
    named = [(key, "la référence affichée n'est pas un code neutre") for key in proof.named]
    if not (paths or named):
        return [
            "<p class='good'>Aucun champ du serveur ne mène à une personne sans être dans les règles.</p>"
        ]
    return [
        "<h2>Chemins que les règles ne connaissent pas</h2>",
        _table(("Champ", "Mène à"), [*paths, *named]),
    ]


def _changes(changed: Sequence[Difference]) -> list[str]:
    if not changed:
        return []
    rows = [
        (each.persona, each.channel, each.tier, _verdict(each.before), _verdict(each.after))
        for each in changed
    ]
    return [
        "<h2>Depuis la dernière preuve</h2>",
        _table(("Personnage", "Voie", "Niveau", "Avant", "Maintenant"), rows),
    ]


def _verdict(name: str) -> str:
    return _VERDICTS.get(Verdict(name), name) if name in set(Verdict) else name or "(pas essayé)"


def _once(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return one outcome for each known limit."""
    known = {(each.channel, each.reason): each for each in outcomes if each.verdict is Verdict.KNOWN}
    return list(known.values())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "<tr>" + "".join(f"<th>{escape(each)}</th>" for each in head) + "</tr>" if any(head) else ""
    body = "".join("<tr>" + "".join(f"<td>{escape(each)}</td>" for each in row) + "</tr>" for row in rows)
    return f"<table>{top}{body}</table>"
