"""What the bylaws forbid to refuse: leaving, a talk group. No hook may stand in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mist_connector.errors import Problem

from .blueprint_shapes import HooksFile, Known, ModelFile
from .reading import Document, quoted, suggest


def wrong_freedom(
    document: Document[HooksFile], models: Sequence[Document[ModelFile]], known: Known
) -> Iterator[Problem]:
    """Yield hooks on what is free, and free records of a rule or a model that there is not."""
    free = {each.model: each.rule for each in document.value.free}
    for index, hook in enumerate(document.value.hooks):
        if hook.model in free:
            what = f"la règle {free[hook.model]} interdit de refuser une écriture sur {quoted(hook.model)}"
            yield Problem(
                document.place("hooks", index, "model"), what, "faites-en une attente (expectations.yaml)"
            )
    keys = [each.value.model.key for each in models]
    for index, each in enumerate(document.value.free):
        for key, word, possible in (("model", each.model, keys), ("rule", each.rule, known.section_titles)):
            if word not in possible:
                place = document.place("free", index, key)
                yield Problem(place, f"valeur inconnue {quoted(word)}", suggest(word, possible))
