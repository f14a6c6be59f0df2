"""Servers on this machine that are no good CRM, and what a first call to them ends with."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from mist_connector.crm.connect import connect
from mist_connector.crm.profiles import make_profile
from mist_connector.errors import CrmError

KEY = SecretStr("0123456789" * 4)
HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}


@contextmanager
def answering(status, headers, body, *, tls=None):
    """Serve one same answer to everything; yield the address and the requests that came."""
    with _serving(lambda _path: (status, headers, body), tls) as served:
        yield served


@contextmanager
def answering_by_path(answers, otherwise):
    """Serve an answer (status, headers, body) for each path; yield the address."""
    with _serving(lambda path: answers.get(path, otherwise), None) as (url, _):
        yield url


@contextmanager
def _serving(answer_to, tls):
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append((self.path, dict(self.headers)))
            status, headers, body = answer_to(self.path)
            self.send_response_only(status)
            now = dt.datetime.now(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
            for name, value in {"Date": now, **headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 - http.server's name

        def log_message(self, *_arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


def failure(url, transport=None, **changes):
    """Return the error that a first call to this address ends with."""
    profile = make_profile(url=url, database="mist", login="admin", **changes)
    with pytest.raises(CrmError) as caught, closing(connect(profile, KEY, transport=transport)) as crm:
        crm.call("res.partner", "search", domain=[])
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    assert KEY.get_secret_value() not in repr(error) + error.todo
    return error


def certificate(folder):
    """Make a certificate without key identifiers; return its file and the server's side of TLS."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(hours=1))
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = builder.add_extension(here, critical=False).sign(key, hashes.SHA256())
    public = folder / "authority.pem"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    both = folder / "server.pem"
    both.write_bytes(public.read_bytes() + key.private_bytes(*form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return public, context
