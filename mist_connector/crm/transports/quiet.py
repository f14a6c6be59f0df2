"""Keep the libraries below us from logging what they send and receive."""

from __future__ import annotations

import logging

# odoorpc logs every payload, httpcore every answer's headers with the session cookie, httpx every address.
# A level could be undone by whoever configures logging later; a filter on the logger itself stays.
TALKATIVE = (
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "httpx",
    "odoorpc.rpc.jsonrpclib",
)


def keep_quiet() -> None:
    """Silence the libraries that would log payloads; done twice, it changes nothing."""
    for name in TALKATIVE:
        logging.getLogger(name).addFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:  # noqa: ARG001 - logging's signature
    return False
