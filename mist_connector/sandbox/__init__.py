"""A real Odoo, PostgreSQL and SMTP sink on this machine, without Docker or system services."""

from .lifecycle import down, remove, reset, up
from .places import Places
from .running import Running
from .status import Status, logs, status

__all__ = ["Places", "Running", "Status", "down", "logs", "remove", "reset", "status", "up"]
