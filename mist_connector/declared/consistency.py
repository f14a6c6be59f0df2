"""What no single file can be wrong about alone: the files of the bylaws must agree with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mist_connector.bylaws.rules import Mechanism, Reference
from mist_connector.bylaws.tiers import Tier
from mist_connector.errors import Problem

from .suggestion import quoted
from .wording import wording_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mist_connector.bylaws.decisions import Decision

    from .bylaws_files import BylawsDocuments, DecisionsFile
    from .reading import Document


def inconsistencies(documents: BylawsDocuments) -> Iterator[Problem]:
    """Yield every disagreement within and between the files, each with its place."""
    yield from _sections(documents)
    yield from _symmetry(documents)
    yield from _levels(documents)
    yield from _decisions(documents)
    yield from _texts(documents)
    yield from _tiers(documents)
    yield from _matrix(documents)
    yield from wording_problems(documents)


def _sections(documents: BylawsDocuments) -> Iterator[Problem]:
    """Check that each section has one file of rules, or is marked as having none."""
    files: dict[str, str] = {}
    for document in documents.rules:
        place, section = document.place("section"), document.value.section
        if section in files:
            hint = f"réunissez-les avec {files[section]}"
            yield Problem(place, f"second fichier pour la section {quoted(section)}", hint)
        files.setdefault(section, document.source.name)
    for index, each in enumerate(documents.sections.value.sections):
        place = documents.sections.place("sections", index, "id")
        if each.text_only and each.id in files:
            yield Problem(place, f"la section {quoted(each.id)} a pourtant des règles", "retirez text_only")
        if not each.text_only and each.id not in files:
            what = f"la section {quoted(each.id)} n’a pas de règle"
            yield Problem(place, what, "écrivez ses règles, ou marquez-la text_only: true")


def _symmetry(documents: BylawsDocuments) -> Iterator[Problem]:
    """Check that a rule names the decisions that name it, and the other way round."""
    named = {each.id: set(each.rules) for each in documents.decisions.value.decisions}
    naming: dict[str, set[str]] = {each: set() for each in named}
    for document in documents.rules:
        for index, rule in enumerate(document.value.rules):
            for at, decision in enumerate(rule.decisions):
                naming.setdefault(decision, set()).add(rule.id)
                if decision in named and rule.id not in named[decision]:
                    place = document.place("rules", index, "decisions", at)
                    what = f"la décision {decision} ne nomme pas la règle {rule.id}"
                    yield Problem(place, what, "ajoutez la règle à la décision, ou retirez la décision d’ici")
    for index, each in enumerate(documents.decisions.value.decisions):
        for at, rule_id in enumerate(each.rules):
            if rule_id not in naming[each.id]:
                place = documents.decisions.place("decisions", index, "rules", at)
                what = f"la règle {rule_id} ne nomme pas la décision {each.id}"
                yield Problem(place, what, "ajoutez la décision à la règle, ou retirez la règle d’ici")


def _levels(documents: BylawsDocuments) -> Iterator[Problem]:
    """Check that a rule names each level once."""
    for document in documents.rules:
        for index, rule in enumerate(document.value.rules):
            if len({rule.level, *rule.also}) <= len(rule.also):
                place = document.place("rules", index, "also")
                yield Problem(
                    place, f"niveau répété pour la règle {rule.id}", "gardez chaque niveau une fois"
                )


def _decisions(documents: BylawsDocuments) -> Iterator[Problem]:
    """Check that answers in force are possible ones, and that who settled it goes with when."""
    document = documents.decisions
    for index, each in enumerate(document.value.decisions):
        possible = [answer.id for answer in each.answers]
        if each.answer is not None and each.answer not in possible:
            what = f"réponse {quoted(each.answer)} inconnue pour {each.id}"
            yield Problem(
                document.place("decisions", index, "answer"), what, f"possibles\xa0: {', '.join(possible)}"
            )
        if each.chosen is not None and each.chosen.unsupported is not None:
            what = f"{each.id}\xa0: la réponse {quoted(each.chosen.id)} n’est pas suivie par mist"
            place = document.place("decisions", index, "answer")
            yield Problem(place, what, each.chosen.unsupported.fr)
        yield from _unsaid(document, index, each)
        written = [answer.id for answer in each.answers if not answer.sets and answer.unsupported is None]
        if len(written) > 1 and each.followed_by is None and each.people is None:
            place = document.place("decisions", index, "answers")
            what = f"{each.id}\xa0: rien ne distingue les réponses {', '.join(written)}"
            yield Problem(place, what, "ajoutez sets ou unsupported ; ou people, si aucun code n’en dépend")
        if each.answer is None and each.meanwhile is None:
            what = f"{each.id} n’a pas de réponse, et ne dit pas ce qui vaut d’ici là"
            yield Problem(document.place("decisions", index, "answer"), what, "ajoutez meanwhile: {fr, en}")
        if (each.decided_by is None) != (each.decided_on is None):
            place = document.place("decisions", index, "id")
            yield Problem(
                place, f"{each.id}\xa0: decided_by et decided_on vont ensemble", "complétez les deux"
            )
        if each.decided_by is not None and each.answer is None:
            place = document.place("decisions", index, "decided_by")
            yield Problem(place, f"{each.id} est décidée sans réponse", "écrivez la réponse dans answer")


def _unsaid(document: Document[DecisionsFile], index: int, decision: Decision) -> Iterator[Problem]:
    """Yield the numbers and words that the answer in force needs, and numbers that no answer does without."""
    for name in decision.lacking:
        where = "numbers" if name in decision.numbers else "words"
        what = f"{decision.id}\xa0: la réponse {quoted(str(decision.answer))} demande {quoted(name)}"
        hint = f"dites-le sous {where}, ou avec --set decisions.{decision.id}.{where}.{name}=…"
        yield Problem(document.place("decisions", index, "answer"), what, hint)
    needed = {name for answer in decision.answers for name in answer.needs}
    for name, value in decision.numbers.items():
        if value is None and name not in needed:
            place = document.place("decisions", index, "numbers", name)
            yield Problem(place, f"{decision.id}\xa0: nombre attendu pour {quoted(name)}")


def _texts(documents: BylawsDocuments) -> Iterator[Problem]:
    """Check that each text is referred to by the rule that it tells."""
    implementing = {
        rule.id: set(rule.implemented_by) for document in documents.rules for rule in document.value.rules
    }
    for index, text in enumerate(documents.texts.value.texts):
        reference = Reference(kind=Mechanism.FORM_TEXT, ref=text.id)
        if text.rule in implementing and reference not in implementing[text.rule]:
            place = documents.texts.place("texts", index, "rule")
            what = f"la règle {text.rule} ne renvoie pas au texte {quoted(text.id)}"
            yield Problem(place, what, f"ajoutez {{kind: form_text, ref: {text.id}}} à ses implemented_by")


def _tiers(documents: BylawsDocuments) -> Iterator[Problem]:
    """Check that tiers stand in their order; an association may do without some."""
    declared = [each.id for each in documents.tiers.value.tiers]
    if declared != [tier for tier in Tier if tier in declared]:
        what = "les niveaux ne sont pas dans leur ordre"
        yield Problem(documents.tiers.place("tiers"), what, f"attendu\xa0: {', '.join(Tier)}")


def _matrix(documents: BylawsDocuments) -> Iterator[Problem]:
    """Check that each row has a cell for every tier, and keys only where something opens."""
    declared = [each.id for each in documents.tiers.value.tiers]
    for index, reader in enumerate(documents.matrix.value.readers):
        if missing := [tier for tier in declared if tier not in reader.tiers]:
            place = documents.matrix.key("readers", index, "tiers")
            what = f"la ligne {quoted(reader.id)} ne dit rien de\xa0: {', '.join(missing)}"
            yield Problem(place, what, "écrivez may: [] pour refuser")
        for tier in [tier for tier in reader.tiers if tier not in declared]:
            place = documents.matrix.key("readers", index, "tiers", tier)
            yield Problem(place, f"niveau {quoted(tier)} absent de tiers.yaml", "retirez-le, ou déclarez-le")
        for tier, cell in reader.tiers.items():
            if cell.keys and not cell.may:
                place = documents.matrix.place("readers", index, "tiers", tier, "keys")
                yield Problem(
                    place, "des clés pour une case qui n’ouvre rien", "retirez keys, ou complétez may"
                )
