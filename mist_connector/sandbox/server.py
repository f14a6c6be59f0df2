"""The programs of one sandbox: the Odoo server and the SMTP sink, both on the loopback only."""

from __future__ import annotations

import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mist_connector.errors import SandboxError

from . import commands, processes
from .installation import Installation
from .postgres import ROLE, Cluster
from .state import State, write_private

LOOPBACK = "127.0.0.1"
_PATIENCE = 90.0


@dataclass(frozen=True)
class Programs:
    """The directory of one sandbox and what runs for it."""

    name: str
    directory: Path

    @property
    def odoo_mark(self) -> str:
        """The mark of the Odoo server."""
        return f"{self.directory}/odoo"

    @property
    def mail_mark(self) -> str:
        """The mark of the SMTP sink."""
        return f"{self.directory}/mail"

    @property
    def log(self) -> Path:
        """Odoo's log."""
        return self.directory / "odoo.log"

    @property
    def mail(self) -> Path:
        """The Maildir where every mail lands."""
        return self.directory / "mail"

    @property
    def odoo_running(self) -> bool:
        """Whether there is an Odoo server."""
        return bool(processes.marked(self.odoo_mark))

    def stop(self) -> None:
        """Stop whatever runs."""
        processes.stop(self.odoo_mark)
        processes.stop(self.mail_mark)


def url(port: int) -> str:
    """Return the address of a server of this machine."""
    return f"http://{LOOPBACK}:{port}"


def free_port(preferred: int = 0) -> int:
    """Return a port of the loopback that nobody listens on, the preferred one if possible."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, preferred))
        except OSError:
            probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def start_mail(programs: Programs, port: int) -> int:
    """Start the SMTP sink if it does not run; return the port it listens on."""
    port_file = programs.directory / "mail.port"
    if processes.marked(programs.mail_mark) and port_file.exists():
        return int(port_file.read_text(encoding="utf-8"))
    processes.stop(programs.mail_mark)
    port_file.unlink(missing_ok=True)
    module = "mist_connector.sandbox.smtp_sink"
    sink = [sys.executable, "-m", module, str(programs.mail), str(port_file), str(free_port(port))]
    log = programs.directory / "mail.log"
    processes.start(sink, mark=programs.mail_mark, log=log, environment={})
    deadline = time.monotonic() + _PATIENCE
    while not port_file.exists():
        _still_alive(programs.mail_mark, log, deadline, what="Le serveur de courrier du bac à sable")
    return int(port_file.read_text(encoding="utf-8"))


def start_odoo(
    programs: Programs, odoo: Installation, cluster: Cluster, state: State, environment: Mapping[str, str]
) -> None:
    """Start the Odoo server and wait until it answers.

    Raises SandboxError with the end of its log if it does not.
    """
    configuration = programs.directory / "odoo.conf"
    write_private(configuration, _configuration(programs, cluster, state))
    processes.start(
        odoo.command("-c", str(configuration)),
        mark=programs.odoo_mark,
        log=programs.log,
        environment=environment,
    )
    deadline = time.monotonic() + _PATIENCE
    while not answers(state.port):
        _still_alive(programs.odoo_mark, programs.log, deadline, what="Odoo")


def answers(port: int) -> bool:
    """Tell whether an Odoo answers at a port of the loopback."""
    try:
        with urllib.request.urlopen(f"{url(port)}/web/health", timeout=5) as answer:  # noqa: S310 - ours
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's own
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _still_alive(mark: str, log: Path, deadline: float, *, what: str) -> None:
    """Wait a moment for a program, as long as it lives and patience lasts."""
    if not processes.marked(mark) or time.monotonic() > deadline:
        processes.stop(mark)
        said = commands.tail(log.read_text(encoding="utf-8", errors="replace"))
        raise SandboxError(f"{what} n'a pas démarré.\n{said}", todo=f"Le journal entier : {log}")
    time.sleep(0.1)


def _configuration(programs: Programs, cluster: Cluster, state: State) -> str:
    """Return Odoo's configuration; a file, because a command line can be read by every user.

    `db_name` is for the scheduled jobs, which so leave clones and other sandboxes alone; `dbfilter` is for
    the web, which shows the clones as well.
    """
    settings = {
        "admin_passwd": state.server_secret,
        "data_dir": programs.directory / "data",
        "db_host": cluster.home,
        "db_user": ROLE,
        "db_name": programs.name,
        "dbfilter": f"^{programs.name}(_.*)?$",
        "list_db": False,
        "email_from": "crm@mist.example",
        "http_interface": LOOPBACK,
        "http_port": state.port,
        "limit_memory_soft": 0,
        "limit_time_real": 600,
        "max_cron_threads": 1,
        "proxy_mode": False,
        "smtp_port": state.mail_port,
        "smtp_server": LOOPBACK,
        "with_demo": False,
        "workers": 0,
    }
    return "[options]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items())
