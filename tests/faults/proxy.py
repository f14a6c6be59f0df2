"""A proxy before a CRM that does one thing wrong, at one request."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What goes wrong with a request."""

    CUT_BEFORE = "cut before"  # the connection ends, and the CRM never hears of it
    CUT_AFTER = "cut after"  # the CRM did it, and nobody hears of that
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    GATEWAY_TIMEOUT = "504"  # the CRM goes on meanwhile
    TOO_MANY = "429"
    LOGIN_PAGE = "login page"
    BROKEN_BODY = "broken body"
    SILENCE = "silence"
    LATE = "late"  # the CRM gets it after whoever asked has given up
    KILL = "kill"  # whoever asked is killed as the CRM begins
    RESTART = "restart"  # the CRM stops before it hears of it, and is back some seconds later


# Faults with which the CRM does get the request, now or later.
REACHES = {Fault.CUT_AFTER, Fault.GATEWAY_TIMEOUT, Fault.BROKEN_BODY, Fault.SILENCE, Fault.LATE, Fault.KILL}
LATE_SECONDS = 1.0
RESTART_SECONDS = 2.0
PAGE = b"<!DOCTYPE html><html><body><h1>Connexion</h1></body></html>"
_HOP = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}


class Proxy:
    """Hands requests on to one server; the one that `arm` names goes wrong."""

    def __init__(self, url: str) -> None:
        self._upstream = urlsplit(url).netloc
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._at = self.count = 0
        self._killing = self._restarting = self._meanwhile = None
        self._beside = False
        self._late: list[threading.Thread] = []

    def arm(
        self,
        fault: Fault | None,
        at: int = 0,
        *,
        killing: Callable[[], None] | None = None,
        restarting: Callable[[], None] | None = None,
        meanwhile: Callable[[], None] | None = None,
        beside: bool = False,
    ) -> None:
        """Let the request of this number, counted from here, go wrong; None lets all of them through.

        `meanwhile` is done before that request is handed on, or, `beside` it, at the same moment.
        """
        with self._lock:
            self._meanwhile, self._beside = meanwhile, beside
            self._fault, self._at, self.count, self._killing = fault, at, 0, killing
            self._restarting = restarting

    def settled(self) -> None:
        """Wait until what comes late has come."""
        for thread in self._late:
            thread.join()
        self._late.clear()

    @contextmanager
    def serving(self):
        """Serve on this machine; yield the address."""
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                proxy.handle(self)

            do_GET = do_POST  # noqa: N815 - http.server's name

            def log_message(self, *_arguments):
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            self.settled()
            server.shutdown()
            server.server_close()

    def handle(self, asked: BaseHTTPRequestHandler) -> None:
        """Answer one request, well or not."""
        body = asked.rfile.read(int(asked.headers.get("Content-Length", 0)))
        with self._lock:
            self.count += 1
            met = self.count == self._at
            fault = self._fault if met else None
        if met and self._meanwhile is not None:
            self._let_others(self._meanwhile, beside=self._beside)
        match fault:
            case None:
                with suppress(ConnectionError):  # whoever asked may be gone
                    _answer(asked, *self._forwarded(asked, body))
            case Fault.CUT_BEFORE:
                _cut(asked)
            case Fault.LATE:
                self._later(asked, body)
                _cut(asked)
            case Fault.KILL:
                self._later(asked, body, seconds=0.0)
                if self._killing is not None:
                    self._killing()
                _cut(asked)
            case Fault.RESTART:
                restart = threading.Thread(target=self._restarting)
                self._late.append(restart)
                restart.start()
                time.sleep(RESTART_SECONDS)  # until it has stopped
                _answer(asked, 502, {"Content-Type": "text/html"}, PAGE)
            case Fault.BAD_GATEWAY | Fault.UNAVAILABLE | Fault.TOO_MANY:
                _answer(asked, int(fault), {"Content-Type": "text/html", "Retry-After": "1"}, PAGE)
            case Fault.LOGIN_PAGE:
                _answer(asked, 200, {"Content-Type": "text/html"}, PAGE)
            case _:
                self._after(fault, asked, *self._forward(asked, body))

    def _after(self, fault: Fault, asked, status, headers, content) -> None:
        """Spoil the answer to what the CRM has done."""
        match fault:
            case Fault.GATEWAY_TIMEOUT:
                _answer(asked, 504, {"Content-Type": "text/html"}, PAGE)
            case Fault.BROKEN_BODY:
                _answer(asked, status, headers, content[: len(content) // 2])
            case Fault.SILENCE:
                with suppress(OSError):
                    asked.connection.settimeout(60)
                    asked.connection.recv(1)  # until whoever asked gives up
                _cut(asked)
            case _:
                _cut(asked)

    def _let_others(self, do: Callable[[], None], *, beside: bool) -> None:
        others = threading.Thread(target=do)
        others.start()
        if beside:
            self._late.append(others)
        else:
            others.join()

    def _later(self, asked, body: bytes, seconds: float = LATE_SECONDS) -> None:
        def come():
            time.sleep(seconds)
            self._forward(asked, body)

        thread = threading.Thread(target=come)
        self._late.append(thread)
        thread.start()

    def _forwarded(self, asked, body: bytes):
        """Return the CRM's answer, or what a proxy says where there is no CRM."""
        try:
            return self._forward(asked, body)
        except (OSError, http.client.HTTPException):
            return 502, {"Content-Type": "text/html"}, PAGE

    def _forward(self, asked, body: bytes):
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in _HOP}
        connection = http.client.HTTPConnection(self._upstream, timeout=300)
        connection.request(asked.command, asked.path, body, headers)
        answer = connection.getresponse()
        kept = {name: value for name, value in answer.getheaders() if name.lower() not in _HOP}
        content = answer.read()
        connection.close()
        return answer.status, kept, content


def _answer(asked, status: int, headers: dict[str, str], content: bytes) -> None:
    asked.send_response_only(status)
    for name, value in {**headers, "Content-Length": str(len(content))}.items():
        asked.send_header(name, value)
    asked.end_headers()
    asked.wfile.write(content)


def _cut(asked) -> None:
    asked.close_connection = True
    with suppress(OSError):
        asked.connection.shutdown(socket.SHUT_RDWR)
