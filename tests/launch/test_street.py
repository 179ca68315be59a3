import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from wcd.launch import street
from wcd.launch.errors import LaunchError


def test_a_taken_port_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(LaunchError, match=f"Port {port} on 127.0.0.1 is taken: .* --port"):
            street.listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_one_sentence():
    with pytest.raises(LaunchError, match="--host"):
        street.listen("192.0.2.1", 0)


def test_port_0_takes_a_free_one():
    with street.listen("127.0.0.1", 0) as listening:
        assert listening.getsockname()[1] > 0


def test_a_key_that_does_not_fit_is_one_sentence(tmp_path):
    (tmp_path / "cert.pem").write_text("no certificate")
    with pytest.raises(LaunchError, match=r"cert\.pem with the key .* cannot be used"):
        street.check_tls(tmp_path / "cert.pem", tmp_path / "key.pem")


def test_ready_is_when_both_pages_say_so():
    answers = {"/healthz": [200] * 9, "/readyz": [503, 503, 200]}

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(answers[self.path].pop(0))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            """Say nothing."""

    asked = []
    with HTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        street.await_ready(server.server_address, tls=False, meanwhile=lambda: asked.append(1))
        server.shutdown()
        thread.join()
    assert len(asked) == 2
    assert answers["/readyz"] == []


def test_who_is_never_ready_is_told(monkeypatch):
    monkeypatch.setattr(street, "READY_WITHIN", 0.05)
    with street.listen("127.0.0.1", 0) as nobody:
        address = nobody.getsockname()
    with pytest.raises(LaunchError, match="does not say that it is ready"):
        street.await_ready(address, tls=False, meanwhile=lambda: None)
