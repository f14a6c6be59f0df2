"""What a document says when it is refused at the moment of rendering."""

from __future__ import annotations

from mist_connector.errors import MistError


class RenderingRefused(MistError):
    """A value or a template crossed a limit at rendering; nothing of the document is given out."""
