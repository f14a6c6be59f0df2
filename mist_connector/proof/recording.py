"""Invented records of our models, made past the bylaws' guards where they refuse what is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mist_connector.blueprint.declaration import Blueprint, Field, FieldType, Model
from mist_connector.bylaws.tiers import Tier
from mist_connector.crm.elevated import Elevated, Payload
from mist_connector.errors import CrmError

from .personas import Days
from .planting_code import RECORD, RECORD_UNGUARDED


@dataclass(frozen=True)
class Recorder:
    """Makes records in the CRM, with all rights, of facts around `today`.

    `made`: the accounts and people that they can be about, as the CRM answered.
    """

    elevated: Elevated = field(repr=False)
    blueprint: Blueprint = field(repr=False)
    today: date
    made: Payload = field(repr=False)

    def record(self, key: str, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """Record something; None where nothing helps."""
        model = self.blueprint.model(key)
        payload = {"model": model.technical, "values": dict(values), "prefix": model.prefix}
        for code in (RECORD, RECORD_UNGUARDED):
            try:
                return self.elevated.run(code, payload)
            except CrmError:
                continue
        return None

    def must_record(self, key: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Record something, or raise `CrmError`."""
        row = self.record(key, values)
        if row is None:
            model = self.blueprint.model(key)
            raise CrmError(
                f"Le CRM ne prend pas ce qui est inventé : {model.label.fr}.", todo="relancez avec -vv"
            )
        return row

    def term(self, days: Days) -> dict[str, str]:
        """Return the first and last day of a term, told from today."""
        since, until = (self.today + timedelta(days=count) for count in days)
        return {"x_since": since.isoformat(), "x_until": until.isoformat()}

    def day(self, key: str, *, over: bool = False) -> str:
        """Return a day of a term that is over, or that goes on; a fact is of ten days ago."""
        days = (-1 if over else 30) if key == "until" else -10
        return (self.today + timedelta(days=days)).isoformat()

    def values(self, model: Model, word: str) -> dict[str, Any]:
        """Return values for a record of a model, with a word wherever it holds text."""
        values: dict[str, Any] = choices(model, self.blueprint)
        for each in model.fields:
            if is_text(each) and model.key != "function":
                values[each.column] = word
            elif each.to == "function" and each.type is FieldType.LINK:
                values[each.column] = next(iter(self.made["functions"].values()), False)
            elif each.type is FieldType.DATE and (each.required or model.tier is not Tier.INVESTIGATION):
                values[each.column] = self.day(each.key, over=model.key in {"function", "accompaniment"})
        return values


def choices(model: Model, blueprint: Blueprint) -> dict[str, Any]:
    """Return the first of each choice, but of the statuses, which follow from facts, and of what came out."""
    return {
        each.column: blueprint.vocabularies[str(each.choices)][0].id
        for each in model.fields
        if each.type is FieldType.CHOICE
        and each.choices != "statuses"
        and (each.required or model.tier is not Tier.INVESTIGATION)
    }


def is_text(each: Field) -> bool:
    """Say whether a field holds text."""
    return each.type in {FieldType.TEXT, FieldType.NOTE}
