"""The blueprint against the access matrix: no model may open more than the matrix gives its tier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mist_connector.blueprint.declaration import Frame, Operation
from mist_connector.bylaws.matrix import Act, Matrix, Reader
from mist_connector.bylaws.tiers import Tier
from mist_connector.declared.blueprint_shapes import FrameFile, ModelFile
from mist_connector.declared.reading import Document, suggest
from mist_connector.errors import Problem

CRM, OFFICE = "crm", "office"  # the door of accounts, and the key of those who read what their office needs
# Whoever is the one is the other as well.
_AS_WELL = {"staff_accompanying": "staff"}


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
    tiers = {tier for reader in matrix.readers for tier in reader.tiers}
    for document in models:
        model = document.value.model
        if model.tier not in tiers:
            place = document.place("model", "tier")
            what = f"niveau absent de la matrice : « {model.tier.value} »"
            yield Problem(place, what, "déclarez-le, ou changez-le")
            continue
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


def short_of_the_matrix(
    models: Sequence[Document[ModelFile]], frame: Frame, matrix: Matrix
) -> Iterator[Problem]:
    """Yield each model that does not open to a reader whom the matrix lets read its tier, and says no reason.

    Who comes through another door, or reads only what her office needs, is not owed every model. A reason
    for what is open after all is a problem, too.
    """
    owed = {each.id: each for each in matrix.readers if each.door == CRM}
    for document in models:
        model = document.value.model
        reached = {
            lease.reader for lease in frame.leases if Operation.READ in model.access.get(lease.key, ())
        }
        reached |= {narrower for narrower, wider in _AS_WELL.items() if wider in reached}
        for reader in owed.values():
            if model.tier not in reader.tiers:
                continue  # told above
            cell = reader.tiers[model.tier]
            if (
                Act.READ in cell.may
                and OFFICE not in cell.keys
                and reader.id not in reached | model.withheld.keys()
            ):
                what = (
                    f"la matrice donne « {model.tier.value} » à « {reader.id} », et ce modèle ne s’ouvre pas"
                )
                hint = "ouvrez-le, ou dites pourquoi sous « withheld »"
                yield Problem(document.place("model", "access"), what, hint)
        for name in model.withheld:
            if name not in owed or name in reached:
                what = f"« {name} » lit ce modèle, ou n’est pas un compte de la matrice"
                yield Problem(document.place("model", "withheld", name), what, "retirez la raison")


def _given(reader: Reader, tier: Tier) -> set[str]:
    return {operation.value for operation in reader.tiers[tier].may}
