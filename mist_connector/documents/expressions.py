"""The check of what a template reads, prints and compares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from jinja2 import nodes

from mist_connector.bylaws.tiers import Tier
from mist_connector.errors import Place, Problem

from .library import Library
from .meanings import PRINTED, Anything, Loop, Macro, Meaning, Module, ParentBlock, Scope, Site
from .permitted import FILTERS, LOOP_FIELDS, LOOP_WEIGHT, MOST_JOINED, MOST_STEPS, TESTS
from .shapes import Kind, Record, Rows, Scalar

Body: TypeAlias = Callable[[Macro, Scope, Site], None]

_FILTERED: dict[str, Kind] = {"date": Kind.DATE, "number": Kind.NUMBER}


@dataclass
class Expressions:
    """Finds what each expression stands for, and reports what it may not be."""

    library: Library
    ceiling: Tier
    body: Body
    problems: dict[Problem, None] = field(default_factory=dict)
    steps: int = 0

    def report(self, site: Site, node: nodes.Node, what: str, hint: str, word: str = "") -> Meaning:
        """Add a problem, once, and go on with anything."""
        # Some nodes carry no line of their own; those inside them do.
        lines = (each.lineno for each in (node, *node.find_all(nodes.Node)) if each.lineno)
        place: Place = self.library.place(site.template, next(lines, 1), word)
        self.problems[Problem(place, what, hint)] = None
        return Anything()

    def meaning(self, node: nodes.Node, scope: Scope, site: Site) -> Meaning:
        """Return what an expression stands for."""
        self.steps += LOOP_WEIGHT**site.loops
        if self.steps > MOST_STEPS:
            return self.report(site, node, "modèle trop compliqué", "simplifiez-le")
        reading = getattr(self, f"_{type(node).__name__.lower()}", None)
        if reading is None:
            what = f"construction interdite ({type(node).__name__})"
            return self.report(site, node, what, "un modèle ne fait que montrer, compter et choisir")
        found: Meaning = reading(node, scope, site)
        return found

    def printed(self, node: nodes.Node, scope: Scope, site: Site) -> Meaning:
        """Check an expression that is printed; return what it stands for."""
        found = self.meaning(node, scope, site)
        if isinstance(found, Anything) or (
            isinstance(found, Scalar) and found.kind in {Kind.TEXT, Kind.NUMBER}
        ):
            return found
        if isinstance(found, Scalar) and found.kind is Kind.DATE:
            return self.report(site, node, "date imprimée telle quelle", "ajoutez « |date »", _word(node))
        what = "imprime autre chose qu’un texte ou un nombre"
        return self.report(site, node, what, "nommez un champ", _word(node))

    def _const(self, node: nodes.Const, _scope: Scope, site: Site) -> Meaning:
        kinds = {str: Kind.TEXT, int: Kind.NUMBER, bool: Kind.FLAG, type(None): Kind.FLAG}
        kind = kinds.get(type(node.value))
        if kind is None:
            return self.report(site, node, "valeur interdite", "seuls textes et nombres entiers sont permis")
        return Scalar(Tier.PUBLIC, kind)

    def _templatedata(self, _node: nodes.TemplateData, _scope: Scope, _site: Site) -> Meaning:
        return PRINTED

    def _name(self, node: nodes.Name, scope: Scope, site: Site) -> Meaning:
        if node.name not in scope:
            hint = f"valeurs connues : {', '.join(sorted(scope))}"
            return self.report(site, node, f"valeur inconnue « {node.name} »", hint, node.name)
        return self._read(scope[node.name], node.name, node, site)

    def _getattr(self, node: nodes.Getattr, scope: Scope, site: Site) -> Meaning:
        base = self.meaning(node.node, scope, site)
        if isinstance(base, Anything):
            return base
        if isinstance(base, Loop) and node.attr in LOOP_FIELDS:
            return Scalar(Tier.PUBLIC, Kind.FLAG if node.attr in {"first", "last"} else Kind.NUMBER)
        fields: dict[str, Meaning] = {}
        if isinstance(base, Record):
            fields.update(base.fields)
        if isinstance(base, Module):
            fields.update(base.macros)
        if node.attr not in fields:
            hint = (
                f"champs connus : {', '.join(sorted(fields))}" if fields else "cette valeur n’a pas de champ"
            )
            return self.report(site, node, f"champ inconnu « {node.attr} »", hint, node.attr)
        return self._read(fields[node.attr], node.attr, node, site)

    def _read(self, found: Meaning, word: str, node: nodes.Node, site: Site) -> Meaning:
        """Refuse to read above the ceiling, even where nothing would be printed: a choice tells as much."""
        if isinstance(found, (Scalar, Rows)) and found.tier.rank > self.ceiling.rank:
            what = f"« {word} » est de niveau « {found.tier} », au-dessus du public (« {self.ceiling} »)"
            return self.report(
                site, node, what, "retirez cette valeur, ou changez le public du document", word
            )
        return found

    def _filter(self, node: nodes.Filter, scope: Scope, site: Site) -> Meaning:
        if node.name not in FILTERS or node.node is None or node.args or node.kwargs:
            what, hint = f"filtre interdit « {node.name} »", f"filtres permis : {', '.join(sorted(FILTERS))}"
            return self.report(site, node, what, hint, node.name)
        base = self.meaning(node.node, scope, site)
        kind = _FILTERED.get(node.name, Kind.TEXT)
        fits = isinstance(base, Scalar) and base.kind is kind
        if not (fits or isinstance(base, Anything) or (node.name == "length" and isinstance(base, Rows))):
            what = f"le filtre « {node.name} » ne convient pas à cette valeur"
            return self.report(site, node, what, f"il attend : {kind}", node.name)
        return Scalar(Tier.PUBLIC, Kind.NUMBER) if node.name == "length" else PRINTED

    def _test(self, node: nodes.Test, scope: Scope, site: Site) -> Meaning:
        if node.name not in TESTS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            what, hint = f"test interdit « {node.name} »", f"tests permis : {', '.join(sorted(TESTS))}"
            return self.report(site, node, what, hint, node.name)
        return self._all([node.node, *node.args], scope, site)

    def _compare(self, node: nodes.Compare, scope: Scope, site: Site) -> Meaning:
        return self._all([node.expr, *(each.expr for each in node.ops)], scope, site)

    def _and(self, node: nodes.And, scope: Scope, site: Site) -> Meaning:
        return self._all([node.left, node.right], scope, site)

    def _or(self, node: nodes.Or, scope: Scope, site: Site) -> Meaning:
        return self._all([node.left, node.right], scope, site)

    def _not(self, node: nodes.Not, scope: Scope, site: Site) -> Meaning:
        return self._all([node.node], scope, site)

    def _all(self, parts: list[nodes.Expr], scope: Scope, site: Site) -> Meaning:
        for part in parts:
            self.meaning(part, scope, site)
        return Scalar(Tier.PUBLIC, Kind.FLAG)

    def _concat(self, node: nodes.Concat, scope: Scope, site: Site) -> Meaning:
        parts = 0
        for part in node.nodes:
            found = self.printed(part, scope, site)
            parts += found.parts if isinstance(found, Scalar) else 1
        if parts > MOST_JOINED:
            return self.report(
                site, node, "texte joint trop souvent", "écrivez les valeurs l’une après l’autre"
            )
        return replace(PRINTED, parts=parts)

    def _condexpr(self, node: nodes.CondExpr, scope: Scope, site: Site) -> Meaning:
        self.meaning(node.test, scope, site)
        if node.expr2 is None:
            return self.report(site, node, "choix sans « else »", "écrivez ce qui s’affiche sinon")
        self.printed(node.expr1, scope, site)
        self.printed(node.expr2, scope, site)
        return PRINTED

    def _call(self, node: nodes.Call, scope: Scope, site: Site) -> Meaning:
        called = self.meaning(node.node, scope, site)
        if isinstance(called, Anything):
            return self._all([*node.args], scope, site) and called
        if isinstance(called, ParentBlock) and not (node.args or node.kwargs):
            return PRINTED
        if not isinstance(called, Macro) or node.dyn_args is not None or node.dyn_kwargs is not None:
            return self.report(
                site, node, "appel interdit", "seules les macros s’appellent", _word(node.node)
            )
        given = [self.meaning(each, scope, site) for each in node.args]
        named = {each.key: self.meaning(each.value, scope, site) for each in node.kwargs}
        parameters = self._bind(node, called, given, named, site)
        if parameters is not None:
            self.body(called, parameters, site)
        return PRINTED

    def _bind(
        self, node: nodes.Call, macro: Macro, given: list[Meaning], named: dict[str, Meaning], site: Site
    ) -> Scope | None:
        """Return the parameters of a macro by name, or None after telling what does not fit."""
        names = [each.name for each in macro.node.args]
        defaults = names[len(names) - len(macro.node.defaults) :]
        bound = {**dict(zip(names, given, strict=False)), **named}
        missing = set(names) - set(bound) - set(defaults)
        twice = set(names[: len(given)]) & set(named)
        if missing or twice or len(given) > len(names) or set(named) - set(names):
            hint = f"elle attend : {', '.join(names) or 'rien'}"
            self.report(site, node, f"la macro « {macro.node.name} » est mal appelée", hint, macro.node.name)
            return None
        for name, default in zip(defaults, macro.node.defaults, strict=True):
            if name not in bound:
                bound[name] = self.meaning(default, macro.scope, Site(macro.template))
        return bound


def _word(node: nodes.Node) -> str:
    """Return the word by which an expression is found on its line."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.name if isinstance(node, (nodes.Name, nodes.Filter)) else ""
