"""The check of a template: everything it may do, through layouts, includes, imports, macros and loops.

Only what is named here compiles. Names stand for one thing wherever the check looks at them: values set by a
template are single values, macros and imports stand at its top, no name is defined twice; so what the check
sees is what rendering reads.
"""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import nodes

from mist_connector.bylaws.tiers import Tier
from mist_connector.errors import Problem

from .expressions import Expressions
from .library import Library, format_of
from .meanings import PRINTED, Anything, Loop, Macro, Module, ParentBlock, Scope, Site
from .permitted import MOST_LOOPS
from .shapes import Record, Rows, Scalar


def check_template(name: str, library: Library, shape: Record, ceiling: Tier) -> list[Problem]:
    """Return everything wrong with a template and what it leans on; none: it may be rendered."""
    check = _Check(library, ceiling)
    check.template(name, dict(shape.fields), Site(name))
    return sorted(check.problems, key=lambda problem: (problem.place, problem.what))


class _Check:
    """One run of the check over a template and all that it reaches."""

    def __init__(self, library: Library, ceiling: Tier) -> None:
        self.library = library
        self.expressions = Expressions(library, ceiling, self._macro_body)
        self.trees: dict[str, nodes.Template | None] = {}

    @property
    def problems(self) -> list[Problem]:
        """What was found so far."""
        return list(self.expressions.problems)

    def template(self, name: str, scope: Scope, site: Site) -> None:
        """Check a template; afterwards `scope` holds the names of its top level too."""
        tree = self._tree(name)
        if tree is None:
            return
        site = site if site.gathered else site.at_top(scope)
        macros = [each for each in tree.body if isinstance(each, nodes.Macro)]
        for macro in macros:
            self._define(macro.name, Macro(macro, name, scope), macro, scope, site)
        # A layout is rendered last, and sees what the template has set.
        ordered = sorted(tree.body, key=lambda node: isinstance(node, nodes.Extends))
        self._statements(ordered, scope, site, top=True)
        for macro in macros:
            self._macro_body(Macro(macro, name, scope), {each.name: Anything() for each in macro.args}, site)

    def _tree(self, name: str) -> nodes.Template | None:
        if name not in self.trees:
            found: list[Problem] = []
            self.trees[name] = self.library.parse(name, found)
            self.expressions.problems.update(dict.fromkeys(found))
        return self.trees[name]

    def _statements(self, body: Sequence[nodes.Node], scope: Scope, site: Site, *, top: bool = False) -> None:
        for node in body:
            self._statement(node, scope, site, top=top)

    def _statement(self, node: nodes.Node, scope: Scope, site: Site, *, top: bool) -> None:
        name = type(node).__name__.lower()
        checking = getattr(self, f"_{name}", None)
        if name in {"extends", "import", "fromimport", "macro"} and not top:
            self._refuse(node, site, "ne s’écrit qu’au début du modèle, hors de tout bloc", "déplacez-le")
        elif checking is None:
            what = f"construction interdite ({type(node).__name__})"
            self._refuse(node, site, what, "un modèle ne fait que montrer, compter et choisir")
        else:
            checking(node, scope, site)

    def _refuse(self, node: nodes.Node, site: Site, what: str, hint: str, word: str = "") -> None:
        self.expressions.report(site, node, what, hint, word)

    def _define(self, name: str, meaning: Macro | Module, node: nodes.Node, scope: Scope, site: Site) -> None:
        if name in scope:
            self._refuse(node, site, f"le nom « {name} » est déjà pris", "choisissez-en un autre", name)
        scope[name] = meaning

    def _output(self, node: nodes.Output, scope: Scope, site: Site) -> None:
        for each in node.nodes:
            self.expressions.printed(each, scope, site)

    def _if(self, node: nodes.If, scope: Scope, site: Site) -> None:
        self.expressions.meaning(node.test, scope, site)
        self._statements(node.body, scope, site)
        for other in node.elif_:
            self._if(other, scope, site)
        self._statements(node.else_, scope, site)

    def _for(self, node: nodes.For, scope: Scope, site: Site) -> None:
        inner = site.deeper()
        if inner.loops > MOST_LOOPS or node.recursive or not isinstance(node.target, nodes.Name):
            self._refuse(node, site, "boucle trop profonde ou récursive", f"{MOST_LOOPS} boucles au plus")
            return
        if site.gathered:
            self._refuse(node, site, "boucle dans une macro ou un « set »", "bouclez là où l’on écrit")
            return
        rows = self.expressions.meaning(node.iter, scope, site)
        if not isinstance(rows, (Rows, Anything)):
            self._refuse(node, site, "ce n’est pas une liste", "bouclez sur des lignes du document")
            return
        row = rows.of if isinstance(rows, Rows) else rows
        inside: Scope = {**scope, node.target.name: row}
        if node.test is not None:
            self.expressions.meaning(node.test, inside, inner)
        self._statements(node.body, {**inside, "loop": Loop()}, inner)
        self._statements(node.else_, dict(scope), site)

    def _assign(self, node: nodes.Assign, scope: Scope, site: Site) -> None:
        found = self.expressions.meaning(node.node, scope, site)
        if not isinstance(node.target, nodes.Name) or not isinstance(found, (Scalar, Anything)):
            self._refuse(node, site, "« set » ne garde qu’une valeur simple", "nommez la valeur directement")
            return
        self._keep(node.target.name, found, node, scope, site)

    def _assignblock(self, node: nodes.AssignBlock, scope: Scope, site: Site) -> None:
        if node.filter is not None or not isinstance(node.target, nodes.Name):
            self._refuse(node, site, "« set » avec filtre", "filtrez là où la valeur s’imprime")
            return
        self._statements(node.body, dict(scope), site.kept())
        self._keep(node.target.name, PRINTED, node, scope, site)

    def _keep(self, name: str, found: Scalar | Anything, node: nodes.Node, scope: Scope, site: Site) -> None:
        if not isinstance(scope.get(name, PRINTED), (Scalar, Anything)):
            self._refuse(node, site, f"le nom « {name} » est déjà pris", "choisissez-en un autre", name)
            return
        scope[name] = found

    def _with(self, node: nodes.With, scope: Scope, site: Site) -> None:
        inside = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            found = self.expressions.meaning(value, scope, site)
            if isinstance(target, nodes.Name):
                inside[target.name] = found
            else:
                self._refuse(node, site, "plusieurs noms à la fois", "un nom, une valeur")
        self._statements(node.body, inside, site)

    def _macro(self, node: nodes.Macro, scope: Scope, site: Site) -> None:
        """Nothing is read before the macro is called; `template` knows the names already."""

    def _macro_body(self, macro: Macro, parameters: Scope, site: Site) -> None:
        step = f"macro {macro.template} {macro.node.name}"
        if step in site.trail:
            self._refuse(macro.node, Site(macro.template), "macro qui s’appelle elle-même", "dépliez-la")
            return
        self._statements(
            macro.node.body, {**macro.scope, **parameters}, site.inside(macro.template, step).kept()
        )

    def _block(self, node: nodes.Block, scope: Scope, site: Site) -> None:
        if site.top is None:
            self._refuse(node, site, "bloc dans une macro ou un « set »", "sortez-le de là")
            return
        # A block that is not `scoped` sees nothing of the loops around it, whatever names they use.
        inside = scope if node.scoped else site.top
        self._statements(node.body, {**inside, "super": ParentBlock()}, site)

    def _extends(self, node: nodes.Extends, scope: Scope, site: Site) -> None:
        self._reach(node, node.template, scope, site)

    def _include(self, node: nodes.Include, scope: Scope, site: Site) -> None:
        if node.ignore_missing:
            self._refuse(node, site, "inclusion facultative", "retirez « ignore missing »")
        self._reach(node, node.template, dict(scope) if node.with_context else {}, site)

    def _import(self, node: nodes.Import, scope: Scope, site: Site) -> None:
        self._define(node.target, Module(self._macros(node, scope, site)), node, scope, site)

    def _fromimport(self, node: nodes.FromImport, scope: Scope, site: Site) -> None:
        macros = self._macros(node, scope, site)
        for each in node.names:
            name, alias = each if isinstance(each, tuple) else (each, each)
            if name not in macros:
                self._refuse(node, site, f"macro inconnue « {name} »", f"connues : {sorted(macros)}", name)
            else:
                self._define(alias, macros[name], node, scope, site)

    def _macros(self, node: nodes.Import | nodes.FromImport, scope: Scope, site: Site) -> dict[str, Macro]:
        inside = dict(scope) if node.with_context else {}
        before = set(inside)
        self._reach(node, node.template, inside, site)
        return {
            name: each
            for name, each in inside.items()
            if isinstance(each, Macro) and name not in before and not name.startswith("_")
        }

    def _reach(self, node: nodes.Node, target: nodes.Expr, scope: Scope, site: Site) -> None:
        """Check the template that a tag names."""
        name = target.value if isinstance(target, nodes.Const) else None
        if not isinstance(name, str) or name not in self.library.sources:
            self._refuse(node, site, "modèle introuvable", "écrivez son nom entre guillemets")
        elif format_of(name) is not format_of(site.template):
            # A text template does not escape, so it must never end inside HTML.
            self._refuse(
                node, site, f"« {name} » n’est pas de la même sorte", "HTML avec HTML, texte avec texte"
            )
        elif f"template {name}" in site.trail or name == site.template:
            self._refuse(node, site, f"« {name} » se contient lui-même", "retirez ce renvoi")
        else:
            self.template(name, scope, site.inside(name, f"template {name}"))
