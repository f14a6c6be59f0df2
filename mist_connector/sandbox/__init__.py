"""A real Odoo, PostgreSQL and SMTP sink on this machine, without Docker or system services."""

from .lifecycle import down, move_clock, remove, reset, up
from .places import Places
from .running import Running
from .status import Status, logs, status

__all__ = ["Places", "Running", "Status", "down", "logs", "move_clock", "remove", "reset", "status", "up"]
