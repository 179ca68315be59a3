"""The side to the street: the listening socket that web processes share, and whether they answer."""

import contextlib
import errno
import http.client
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wcd.launch.errors import LaunchError

READY_WITHIN = 60.0
HTTP_OK = 200


def listen(host: str, port: int) -> socket.socket:
    """The socket on which all web processes accept; port 0 takes a free one."""
    with contextlib.ExitStack() as undo:
        try:
            family, kind, _proto, _name, address = _resolved(host, port)
            listening = undo.enter_context(socket.socket(family, kind))
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(2048)
        except OSError as wrong:
            raise LaunchError(_why(wrong, host, port)) from wrong
        undo.pop_all()
    return listening


def _resolved(host: str, port: int) -> tuple[int, int, int, str, Any]:
    return socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]


def check_tls(cert: Path, key: Path) -> None:
    """Refuse a certificate and key that do not belong together before anything starts."""
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)
    except (OSError, ssl.SSLError) as wrong:
        raise LaunchError(
            f"The certificate {cert} with the key {key} cannot be used: {wrong.strerror or wrong}."
        ) from wrong


def await_ready(address: tuple[str, int], *, tls: bool, meanwhile: Callable[[], None]) -> None:
    """Wait until the web answers that it runs and that its database and queue are there."""
    deadline = time.monotonic() + READY_WITHIN
    while not all(_ok(address, path, tls=tls) for path in ("/healthz", "/readyz")):
        meanwhile()
        if time.monotonic() > deadline:
            raise LaunchError(
                f"The web process does not say that it is ready after {READY_WITHIN:.0f} seconds: see its log."
            )
        time.sleep(0.02)


def _ok(address: tuple[str, int], path: str, *, tls: bool) -> bool:
    with (
        contextlib.suppress(OSError, http.client.HTTPException),
        contextlib.closing(_connection(address, tls=tls)) as ask,
    ):
        ask.request("GET", path, headers={"Host": "localhost"})
        return ask.getresponse().status == HTTP_OK
    return False


def _connection(address: tuple[str, int], *, tls: bool) -> http.client.HTTPConnection:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address[0], address[0])  # noqa: S104 - compared only
    if tls:  # our own process on our own machine; its certificate names another
        trusting = ssl._create_unverified_context()  # noqa: S323, SLF001 - as above
        return http.client.HTTPSConnection(host, address[1], timeout=2, context=trusting)
    return http.client.HTTPConnection(host, address[1], timeout=2)


def _why(wrong: OSError, host: str, port: int) -> str:
    if wrong.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken: stop what listens there, or give another one with --port."
    if wrong.errno == errno.EACCES:
        return f"Port {port} needs more rights than we have: give one above 1023 with --port."
    return (
        f"This machine cannot listen on {host} ({wrong.strerror}): give one of its own addresses with --host."
    )
