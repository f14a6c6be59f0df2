"""A real SMTP server that delivers to nobody: every mail lands in a Maildir on this machine.

Runs as a process of its own: `python -m mist_connector.sandbox.smtp_sink MAILDIR PORT_FILE [PORT]`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP

_LOOPBACK = "127.0.0.1"


async def serve(maildir: Path, port_file: Path, port: int) -> None:
    """Take mails until killed; the port is written to a file as soon as mails are taken."""
    handler = Mailbox(maildir)

    def factory() -> SMTP:
        return SMTP(handler, hostname="localhost", enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(factory, _LOOPBACK, port)
    provisional = port_file.with_suffix(".partial")
    provisional.write_text(str(server.sockets[0].getsockname()[1]), encoding="utf-8")
    provisional.rename(port_file)
    await server.serve_forever()


def main() -> None:
    """Read the arguments and serve."""
    os.umask(0o077)
    maildir, port_file, *port = sys.argv[1:]
    asyncio.run(serve(Path(maildir), Path(port_file), int(port[0]) if port else 0))


if __name__ == "__main__":
    main()
