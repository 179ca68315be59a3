import subprocess
import sys
import time

import pytest

from wcd.launch import processes
from wcd.launch.errors import LaunchError
from wcd.launch.supervisor import Supervisor

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


class EnoughSeenError(Exception):
    pass


def part(code, log):
    return lambda: processes.spawn([sys.executable, "-c", code], log=log, env={})


def watch_until(supervisor, condition, monkeypatch, within=10.0):
    deadline = time.monotonic() + within
    real = time.sleep

    def look(seconds):
        real(seconds)
        if condition():
            raise EnoughSeenError
        assert time.monotonic() < deadline

    monkeypatch.setattr(time, "sleep", look)
    with pytest.raises(EnoughSeenError):
        supervisor.watch()
    monkeypatch.undo()


def test_who_dies_is_started_again_within_two_seconds(tmp_path, monkeypatch, capsys):
    numbers = []
    supervisor = Supervisor(lambda pids: numbers.append(pids["web"]))
    supervisor.start("web", part("import time; time.sleep(60)", tmp_path / "log"), tmp_path / "log")
    for _ in range(3):
        supervisor.parts[0].process.kill()
        before, began = len(numbers), time.monotonic()
        watch_until(supervisor, lambda seen=before: len(numbers) > seen, monkeypatch)
        assert time.monotonic() - began < 2
    supervisor.stop(1)
    assert len(set(numbers)) == 4
    assert "web was ended by SIGKILL; it is started again." in capsys.readouterr().err


def test_at_the_end_the_stubborn_are_killed_in_time(tmp_path):
    log = tmp_path / "log"
    supervisor = Supervisor(lambda _pids: None)
    supervisor.start("worker", part(STUBBORN, log), log)
    while "up" not in log.read_text():
        supervisor.must_live()
    began = time.monotonic()
    supervisor.stop(0.3)
    assert time.monotonic() - began < 2
    assert supervisor.parts[0].process.returncode == -9


def test_servers_are_left_to_whoever_started_them(tmp_path):
    supervisor = Supervisor(lambda _pids: None)
    server = part("import time; time.sleep(60)", tmp_path / "log")()
    supervisor.adopt("postgres", part("", tmp_path / "log"), tmp_path / "log", server)
    supervisor.stop(0.1)
    assert server.poll() is None
    server.kill()
    server.wait()


def test_while_starting_an_end_is_told_in_its_last_words(tmp_path):
    log = tmp_path / "web.log"
    supervisor = Supervisor(lambda _pids: None)
    supervisor.start("web", part("raise SystemExit('the roof is missing')", log), log)
    supervisor.parts[0].process.wait()
    with pytest.raises(LaunchError, match="web ended with code 1: the roof is missing"):
        supervisor.must_live()


def test_the_log_of_the_start_before_is_kept(tmp_path):
    processes.fresh_log(tmp_path, "web").write_text("first\n")
    assert processes.last_line(processes.fresh_log(tmp_path, "web")) == ""
    assert (tmp_path / "web.log.1").read_text() == "first\n"


def test_children_stand_apart_from_the_terminal(tmp_path):
    child = part("import os; print(os.getsid(0) == os.getpid())", tmp_path / "log")()
    assert child.wait() == 0
    assert (tmp_path / "log").read_text() == "True\n"
    assert isinstance(child, subprocess.Popen)
