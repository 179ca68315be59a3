"""The whole system, started as an operator does: processes, signals, sentences."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


class Served:
    """One `serve` in a data folder, with its children."""

    def __init__(self, data, *arguments, **env):
        argv = [sys.executable, "-m", "wcd", "serve", "--data", str(data), "--port", "0", *arguments]
        self.process = subprocess.Popen(
            argv, cwd=CHECKOUT, env=clean(env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.ready = {}
        self.children = {}

    def wait(self):
        """Until the ready line; then the children are known."""
        self.ready = next(
            (json.loads(line[6:]) for line in self.process.stdout if line.startswith("ready ")), None
        )
        assert self.ready, self.process.communicate()[1]
        me = psutil.Process(self.process.pid)
        self.children = {child.pid: child for child in me.children(recursive=True)}
        return self

    @property
    def recorded(self):
        return {name: int(who[0]) for name, who in json.loads(self.record.read_text())["children"].items()}

    def get(self, path):
        host, port = self.ready["public"].split("/")[2].split(":")
        with contextlib.closing(http.client.HTTPConnection(host, int(port), timeout=10)) as ask:
            ask.request("GET", path)
            return ask.getresponse().status

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)
        return self.process.returncode


def clean(more):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("WCD_", "COV_", "PYTEST"))
    }
    return kept | {"WCD_NO_BOOTSTRAP": "1", "WCD_RATE_LIMITS": "off"} | more


def wcd(*arguments, **env):
    argv = [sys.executable, "-m", "wcd", *map(str, arguments)]
    return subprocess.run(
        argv, cwd=CHECKOUT, env=clean(env), capture_output=True, text=True, check=False, timeout=60
    )


def gone(children, within=10.0):
    return not psutil.wait_procs(children.values(), timeout=within)[1]


def eventually(condition, within):
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException, KeyError):
            if condition():
                return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One system for the tests of this module that do not end it."""
    one = Served(tmp_path_factory.mktemp("论坛 data"), "--workers", "2").wait()
    one.record = Path(one.process.args[5]) / "children.json"
    yield one
    one.end()


def test_the_ready_line_names_addresses_link_and_processes(served):
    base = served.ready["public"].rstrip("/")
    assert served.ready["organiser"] == f"{base}/organiser/"
    assert served.ready["door"] == f"{base}/door/"
    assert served.ready["owner_link"].startswith(f"{base}/")
    assert served.ready["pids"].keys() == {"serve", "postgres", "valkey", "web", "web-2", "worker", "clock"}
    assert set(served.ready["pids"].values()) - {served.process.pid} <= set(served.children)
    assert (served.get("/healthz"), served.get("/readyz")) == (200, 200)


@pytest.mark.parametrize("name", ["clock", "worker", "web", "web-2", "valkey", "postgres"])
def test_who_is_killed_is_back_within_two_seconds(served, name):
    before = served.recorded[name]
    os.kill(before, signal.SIGKILL)
    assert eventually(
        lambda: served.recorded[name] != before and psutil.pid_exists(served.recorded[name]), within=2
    )
    assert eventually(lambda: served.get("/readyz") == 200, within=10)


def test_a_second_one_is_refused_and_other_commands_attach(served):
    data = served.process.args[5]
    refused = wcd("serve", "--data", data, "--port", "0")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"The data folder {data} is already in use by process {served.process.pid}: "
        "stop that, or give another folder with --data.\n"
    )
    attached = wcd("migrate", WCD_DATA=data)
    assert (attached.returncode, attached.stdout) == (0, "The database is up to date.\n")


def test_kill_9_leaves_no_orphans_the_next_start_works_at_once_and_sigterm_ends_all(tmp_path):
    first = Served(tmp_path / "data").wait()
    first.process.kill()
    second = Served(tmp_path / "data").wait()
    try:
        assert gone(first.children)
        assert second.get("/readyz") == 200
        began = time.monotonic()
    finally:
        first.process.communicate()
        code = second.end()
    assert code == 0
    assert time.monotonic() - began < 5
    assert gone(second.children)
    assert {path.name for path in (tmp_path / "data").iterdir()} >= {"pg", "valkey", "log", "secret"}
    assert not (tmp_path / "data" / "children.json").exists()


def test_a_command_starts_and_stops_the_servers_itself(tmp_path):
    done = wcd("migrate", WCD_DATA=tmp_path / "data")
    assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")
    assert not [
        p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(p.info["cmdline"] or [])
    ]


def test_each_refusal_is_one_sentence_with_exit_code_1(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        taken = wcd("serve", "--data", tmp_path / "data", "--port", port)
    (tmp_path / "file").write_text("")
    no_folder = wcd("serve", "--data", tmp_path / "file")
    misspelt = wcd("config", WCD_DATBASE_URL="postgresql://db/wcd")
    for refused, says in [
        (taken, f"Port {port} on 127.0.0.1 is taken"),
        (no_folder, "give another"),
        (misspelt, "There is no setting WCD_DATBASE_URL: did you mean WCD_DATABASE_URL?"),
    ]:
        assert (refused.returncode, refused.stdout) == (1, "")
        assert says in refused.stderr
        assert refused.stderr.count("\n") == 1
    assert wcd("serve", "--tls-cert", "cert.pem").returncode == 2
    assert wcd("no-such-command").returncode == 2


def test_no_pip_is_needed_to_say_what_there_is():
    said = wcd("--help")
    assert said.returncode == 0
    assert "serve" in said.stdout
    assert "prepare" not in said.stdout
