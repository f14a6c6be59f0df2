"""Where profiles and what belongs to them are kept."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path


def config_directory() -> Path:
    """Return where profiles are kept: MIST_CONFIG, or the user's own place for such files."""
    chosen = os.environ.get("MIST_CONFIG")
    return Path(chosen).expanduser() if chosen else user_config_path("mist")
