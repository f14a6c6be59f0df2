"""A proof as a page to read: the matrix in green and red, dated, with its figures; nothing to run in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from mist_connector.bylaws.matrix import Matrix

from .outcome import FAILURES, Outcome, Verdict
from .page_style import FIGURES, READING, STYLE, TIERS, VERDICTS
from .personas import PERSONAS, Persona
from .prove import Proof
from .record import Difference, figures

_NAMES = {persona.id: persona.fr for persona in PERSONAS}
_WORST = (Verdict.LEAK, Verdict.TOO_LITTLE, Verdict.DEAD)


def page(proof: Proof, matrix: Matrix, changed: Sequence[Difference] = ()) -> str:
    """Return the page, whole in itself."""
    parts = [
        "<!doctype html><html lang='fr'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<title>Preuve de confidentialité</title><style>{STYLE}</style></head><body>",
        "<h1>Preuve de confidentialité</h1>",
        f"<p class='when'>Base {escape(proof.database)}, le {proof.at:%d/%m/%Y à %H:%M} UTC. ",
        "Ce qui est prouvé l'est pour ce jour.</p>",
        _answer(proof),
        _figures(proof),
        *_failures(proof),
        *_changes(proof, changed),
        "<h2>Qui lit quoi</h2>",
        f"<p>{READING}</p>",
        _matrix(proof, matrix),
        *_closure(proof),
        *_limits(proof.outcomes),
        _ways(proof),
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part)


def _answer(proof: Proof) -> str:
    if proof.holds:
        return "<p class='answer good'>Chacun lit ce que le règlement lui ouvre, et rien d'autre.</p>"
    counts = [(sum(each.verdict is verdict for each in proof.failures), verdict) for verdict in _WORST]
    told = [f"{count} × {VERDICTS[verdict]}" for count, verdict in counts if count]
    paths = len(proof.unclassified) + len(proof.named)
    told += [f"{paths} × chemin que les règles ne connaissent pas"] if paths else []
    return f"<p class='answer bad'>Ce n'est pas comme prévu : {escape(', '.join(told))}.</p>"


def _figures(proof: Proof) -> str:
    cards = [
        f"<div><b>{count:g}</b><span>{escape(FIGURES.get(name) or _verdict(name))}</span></div>"
        for name, count in figures(proof).items()
    ]
    return f"<div class='figures'>{''.join(cards)}</div>"


def _matrix(proof: Proof, matrix: Matrix) -> str:
    readers = {reader.id: reader.fr for reader in matrix.readers}
    tiers = [tier for tier in TIERS if any(each.tier == tier for each in proof.outcomes)]
    titles = ("Personnage", "Ligne de la matrice", *(TIERS[tier] for tier in tiers))
    head = "".join(f"<th scope='col'>{escape(title)}</th>" for title in titles)
    rows = []
    for persona in (each for each in PERSONAS if any(one.persona == each.id for one in proof.outcomes)):
        lines = ", ".join(readers[row] for row in (persona.reader, *persona.also))
        cells = "".join(_cell(proof, persona, tier) for tier in tiers)
        rows.append(f"<tr><th scope='row'>{escape(persona.fr)}</th><td>{escape(lines)}</td>{cells}</tr>")
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _cell(proof: Proof, persona: Persona, tier: str) -> str:
    mine = [each for each in proof.outcomes if each.persona == persona.id and each.tier == tier]
    if not mine:
        return "<td class='none'>–</td>"
    failed = sum(each.verdict in FAILURES for each in mine)
    opened = sum(each.verdict is Verdict.ALLOWED for each in mine)
    denied = sum(each.verdict is Verdict.DENIED for each in mine)
    state = "<b>ouvert</b>" if opened else "<b>fermé</b>"
    counts = f"{opened} lus, {denied} refusés" if opened else f"{denied} refusés"
    if failed:
        return f"<td class='bad'>{state} — {failed} à revoir<br><small>{counts}</small></td>"
    return f"<td class='{'open' if opened else 'good'}'>{state}<br><small>{counts}</small></td>"


def _failures(proof: Proof) -> list[str]:
    """Return what is not as expected, the worst first, one line a way."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for each in sorted(proof.failures, key=lambda one: _WORST.index(one.verdict or Verdict.DEAD)):
        key = (VERDICTS[each.verdict or Verdict.DEAD], each.fr, TIERS.get(each.tier, each.tier))
        lines.setdefault(key, []).append(_NAMES.get(each.persona, each.persona))
    if not lines:
        return []
    rows = [(*key, " ; ".join(dict.fromkeys(who))) for key, who in lines.items()]
    return ["<h2>Ce qui n'est pas comme prévu</h2>", _table(("Verdict", "Voie", "Niveau", "Qui"), rows)]


def _limits(outcomes: Iterable[Outcome]) -> list[str]:
    known = {(each.channel, each.reason): each for each in outcomes if each.verdict is Verdict.KNOWN}
    by_reason: dict[str, list[str]] = {}
    for each in known.values():
        by_reason.setdefault(each.reason, []).append(each.fr)
    if not by_reason:
        return []
    rows = [(", ".join(dict.fromkeys(ways)), reason) for reason, ways in by_reason.items()]
    return ["<h2>Limites connues</h2>", _table(("Voies", "Raison"), rows)]


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


def _changes(proof: Proof, changed: Sequence[Difference]) -> list[str]:
    """Return what came out otherwise than last time, one line a way and turn."""
    french = {each.channel: each.fr for each in proof.outcomes}
    lines: dict[tuple[str, str, str, str], list[str]] = {}
    for each in changed:
        turn = (_verdict(each.before), _verdict(each.after))
        key = (french.get(each.channel, each.channel), TIERS.get(each.tier, each.tier), *turn)
        lines.setdefault(key, []).append(_NAMES.get(each.persona, each.persona))
    if not lines:
        return []
    rows = [(*key, " ; ".join(dict.fromkeys(who))) for key, who in lines.items()]
    head = ("Voie", "Niveau", "Avant", "Maintenant", "Qui")
    return ["<h2>Depuis la dernière preuve</h2>", _table(head, rows)]


def _ways(proof: Proof) -> str:
    names = sorted({each.fr for each in proof.outcomes})
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return (
        f"<details><summary>Les {len(names)} voies essayées</summary><ul class='ways'>{items}</ul></details>"
    )


def _verdict(name: str) -> str:
    return VERDICTS.get(Verdict(name), name) if name in set(Verdict) else name or "(pas essayé)"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "<tr>" + "".join(f"<th scope='col'>{escape(each)}</th>" for each in head) + "</tr>"
    body = "".join("<tr>" + "".join(f"<td>{escape(each)}</td>" for each in row) + "</tr>" for row in rows)
    return f"<table>{top}{body}</table>"
