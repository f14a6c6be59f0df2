"""Models of ours as records of `ir.model`."""

from __future__ import annotations

from .declaration import Model
from .records import Record, Reference, own


def model_reference(technical: str) -> Reference:
    """Return the reference to the record that describes a model, ours or the CRM's own."""
    if technical.startswith("x_mist_"):
        return own(f"model_{technical.removeprefix('x_mist_')}")
    return Reference(f"base.model_{technical.replace('.', '_')}")


def model_record(model: Model) -> Record:
    """Return the record that makes a model."""
    return Record(
        name=f"model_{model.key}",
        model="ir.model",
        values={"model": model.technical, "name": model.label, "order": "id desc"},
    )


def association_record() -> Record:
    """Return the one record on which every other hangs."""
    return Record(name="association", model="x_mist_association", values={})
