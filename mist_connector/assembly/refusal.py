"""What an assembly may not do."""

from __future__ import annotations

from mist_connector.errors import MistError


class AssemblyRefused(MistError):
    """The bylaws or the statutes, or their silence, do not allow this step of an assembly."""
