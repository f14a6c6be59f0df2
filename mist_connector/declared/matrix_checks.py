"""The blueprint against the access matrix: no model may open more than the matrix gives its tier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mist_connector.blueprint.declaration import Frame
from mist_connector.bylaws.matrix import Matrix, Reader
from mist_connector.bylaws.tiers import Tier
from mist_connector.declared.blueprint_shapes import FrameFile, ModelFile
from mist_connector.declared.reading import Document, suggest
from mist_connector.errors import Problem


def unknown_readers(frame: Document[FrameFile], matrix: Matrix) -> Iterator[Problem]:
    """Yield leases that serve a reader whom the matrix does not know."""
    known = [reader.id for reader in matrix.readers]
    for index, lease in enumerate(frame.value.crm.leases):
        if lease.reader not in known:
            place = frame.place("crm", "leases", index, "reader")
            yield Problem(
                place, f"lecteur inconnu de la matrice : « {lease.reader} »", suggest(lease.reader, known)
            )


def beyond_the_matrix(
    models: Sequence[Document[ModelFile]], frame: Frame, matrix: Matrix
) -> Iterator[Problem]:
    """Yield each operation that a model opens to a lease and the matrix does not give its reader."""
    readers = {reader.id: reader for reader in matrix.readers}
    leases = {lease.key: readers.get(lease.reader) for lease in frame.leases}
    for document in models:
        model = document.value.model
        for key, operations in model.access.items():
            reader = leases.get(key)
            if reader is None:
                continue
            for index, operation in enumerate(operations):
                if operation.value not in _given(reader, model.tier):
                    place = document.place("model", "access", key, index)
                    what = (
                        f"« {operation.value} » dépasse la matrice pour « {reader.id} » ({model.tier.value})"
                    )
                    yield Problem(place, what, "retirez-le, ou changez mappings/matrix.yaml")


def _given(reader: Reader, tier: Tier) -> set[str]:
    return {operation.value for operation in reader.tiers[tier].may}
