"""A profile: how to reach one database of one CRM, without its secret."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mist_connector.errors import MistError
from mist_connector.language import _

from .config_directory import config_directory
from .private_files import read_private, write_private

DEFAULT = "default"


class TransportName(StrEnum):
    """The ways to speak to a CRM."""

    JSON2 = "json2"
    JSONRPC = "jsonrpc"
    XMLRPC = "xmlrpc"


class Profile(BaseModel):
    """How to reach one database of one CRM as one account.

    `transport` None means that the best one is chosen; `timeout` is in seconds of silence;
    `calls_per_second`, `mails_per_day`: no more than the host allows; None: as they come.
    `insecure` accepts plain http across a network; `secret_file` is where the secret is, if not in the
    system's keyring; `mappings` is the folder of this CRM's bylaws, if not those delivered with mist;
    `language` is what mist speaks with this profile, if not the language of the locale.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    database: Annotated[str, Field(min_length=1)]
    login: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,40}$")] = DEFAULT
    transport: TransportName | None = None
    timeout: Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)] = 120.0
    calls_per_second: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] | None = None
    mails_per_day: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    insecure: bool = False
    secret_file: str | None = None
    mappings: str | None = None
    language: Literal["fr", "en"] | None = None


def make_profile(**fields: object) -> Profile:
    """Return a profile of these fields, or raise `MistError` naming those that do not fit."""
    try:
        return Profile.model_validate(fields)
    except ValidationError as error:
        failure = _unfit(error)
    raise failure


def save_profile(profile: Profile) -> Path:
    """Write a profile, replacing the one of that name; return its file."""
    path = _path(profile.name)
    write_private(path, profile.model_dump_json(indent=2) + "\n")
    return path


def load_profile(name: str | None = None) -> Profile:
    """Return the profile of a name, or the default one.

    Raises `MistError` if there is none, if others may open its file, or if it does not hold together.
    """
    path = _path(name or DEFAULT)
    if not path.exists():
        raise MistError(
            _("Il n’y a pas de profil « {stem} ».").format(stem=path.stem),
            todo=_("Créez-le avec « mist init »."),
        )
    try:
        return Profile.model_validate_json(read_private(path))
    except ValidationError as error:
        failure = _unfit(error)
    raise failure


def profile_names() -> list[str]:
    """Return the names of the profiles there are, sorted."""
    return sorted(path.stem for path in (config_directory() / "profiles").glob("*.json"))


def _path(name: str) -> Path:
    if Path(name).name != name:
        raise MistError(
            _("Ce n’est pas un nom de profil."), todo=_("Lettres minuscules, chiffres et tirets seulement.")
        )
    return config_directory() / "profiles" / f"{name}.json"


def _unfit(error: ValidationError) -> MistError:
    """Name the fields that do not fit, never their values: somebody may have typed a secret there."""
    fields = dict.fromkeys(".".join(map(str, item["loc"])) or "contenu" for item in error.errors())
    return MistError(
        _("Ce profil ne convient pas : {fields}.").format(fields=", ".join(fields)),
        todo=_("Relancez « mist init »."),
    )
