"""Which fields of a person tell who she is: searched, shielded, erased, and kept out of public words."""

from __future__ import annotations

from dataclasses import dataclass

from .declaration import Blueprint, Field, FieldType, IdentityKind, Model

PERSON = "person"


@dataclass(frozen=True)
class Identity:
    """Columns of a person by what they tell. `names`: groups that make one name together, in their order.

    `preferred` is a name that stands alone before any other (a name of use), `whole` the columns of the full
    name, the given name first; both as the register joins them to what staff call her.
    """

    names: tuple[tuple[str, ...], ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]
    preferred: tuple[str, ...]
    whole: tuple[str, ...]
    required: tuple[str, ...]

    @property
    def given(self) -> str:
        """The column of the given name."""
        return self.whole[0]

    @property
    def name_columns(self) -> tuple[str, ...]:
        """Every column that holds a name or a part of one, each once."""
        return tuple(dict.fromkeys(column for group in self.names for column in group))

    def options(self) -> dict[str, object]:
        """Return what the code that runs in the CRM takes."""
        return {
            "names": [list(group) for group in self.names],
            "emails": list(self.emails),
            "phones": list(self.phones),
            "addresses": list(self.addresses),
            "whole": list(self.whole),
            "required": list(self.required),
        }


def identity_of(blueprint: Blueprint) -> Identity:
    """Return the identity of a person, from `identity:` on her fields and the way names are joined."""
    model = blueprint.model(PERSON)
    joined = [group for field in model.fields for group in _name_groups(field, model)]
    alone = [(key,) for key in _keys(model, IdentityKind.NAME) if not any(key in group for group in joined)]
    whole = max(joined, key=len, default=alone[0] if alone else ())
    return Identity(
        names=tuple(_columns(model, group) for group in (*joined, *alone)),
        emails=_columns(model, _keys(model, IdentityKind.EMAIL)),
        phones=_columns(model, _keys(model, IdentityKind.PHONE)),
        addresses=_columns(model, _keys(model, IdentityKind.ADDRESS)),
        preferred=_columns(model, tuple(group[0] for group in joined if len(group) == 1)),
        whole=_columns(model, whole),
        required=_columns(model, tuple(key for key in _all(model) if model.field(key).required)),
    )


def identity_keys(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the keys of a person's fields that tell who she is, in the order of their declaration."""
    return _all(blueprint.model(PERSON))


def _name_groups(field: Field, model: Model) -> tuple[tuple[str, ...], ...]:
    if field.type is not FieldType.JOINED:
        return ()
    names = set(_keys(model, IdentityKind.NAME))
    return tuple(group for group in field.joins if set(group) <= names)


def _all(model: Model) -> tuple[str, ...]:
    return tuple(field.key for field in model.fields if field.identity is not None)


def _keys(model: Model, kind: IdentityKind) -> tuple[str, ...]:
    return tuple(field.key for field in model.fields if field.identity is kind)


def _columns(model: Model, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(model.field(key).column for key in keys)
