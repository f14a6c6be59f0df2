"""A profile: how to reach one database of one CRM, without its secret."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

DEFAULT = "default"


class TransportName(StrEnum):
    """The ways to speak to a CRM."""

    JSON2 = "json2"
    JSONRPC = "jsonrpc"
    XMLRPC = "xmlrpc"


class Profile(BaseModel):
    """How to reach one database of one CRM as one account.

    `transport` None means that the best one is chosen; `timeout` is in seconds of silence;
    `insecure` accepts plain http across a network.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    database: Annotated[str, Field(min_length=1)]
    login: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,40}$")] = DEFAULT
    transport: TransportName | None = None
    timeout: Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)] = 120.0
    insecure: bool = False
    secret_file: str | None = None
