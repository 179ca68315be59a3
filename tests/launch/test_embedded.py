"""The real servers, in a folder whose name is not easy."""

import os
import signal
import time

import asyncpg
import pytest

from wcd.launch import attach, kernel, owner, processes
from wcd.launch.embedded import Embedded
from wcd.launch.errors import LaunchError
from wcd.launch.folder import Folder


@pytest.fixture
def home(tmp_path):
    """A data folder with a space and Chinese characters in its name, below a 0700 folder."""
    folder = Folder(tmp_path / "世界城市日 数据")
    assert folder.claim()
    yield folder.home
    folder.release()


async def sql(servers, statement):
    connection = await asyncpg.connect(user="wcd", database="wcd", host=str(servers.run))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_they_start_keep_data_and_come_back_after_kill_9(home):
    servers = Embedded(home)
    try:
        servers.start("postgres", "valkey")
        await sql(servers, "create table kept as select 7 as value")
        assert (
            await sql(
                servers, "select datlocprovider::text || datcollate from pg_database where datname = 'wcd'"
            )
            == "bC"
        )
        assert servers.run.stat().st_mode & 0o777 == 0o700
        for name in ("postgres", "valkey"):
            child = servers.children[name]
            child.kill()
            child.wait()
            servers.launch(name)
            servers.await_up(name)
        assert await sql(servers, "select value from kept") == 7
        began = time.monotonic()
    finally:
        servers.stop()
    assert time.monotonic() - began < 3
    assert not servers.run.exists()


async def test_a_cluster_left_half_made_is_made_anew(home):
    (home / "pg.new-1").mkdir()
    (home / "pg.new-1" / "PG_VERSION").write_text("18\n")
    servers = Embedded(home, durable=False)
    try:
        servers.start("postgres")
        assert await sql(servers, "select 1") == 1
        assert sorted(path.name for path in home.glob("pg*")) == ["pg"]
    finally:
        servers.stop()


def test_an_unreadable_queue_is_put_aside(home):
    (home / "valkey" / "appendonlydir").mkdir(parents=True)
    (home / "valkey" / "appendonlydir" / "appendonly.aof.manifest").write_text("not a manifest\n")
    servers = Embedded(home)
    try:
        servers.start("valkey")
        assert servers.children["valkey"].poll() is None
    finally:
        servers.stop()
    assert [path.name.split("-")[0] for path in home.glob("valkey.*")] == ["valkey.unreadable"]


def test_a_server_that_does_not_start_is_quoted(home):
    (home / "log").mkdir(exist_ok=True)
    (home / "pg").mkdir()
    (home / "pg" / "PG_VERSION").write_text("9.6\n")
    servers = Embedded(home)
    try:
        with pytest.raises(LaunchError, match=r"postgres does not start: .*postgres\.log"):
            servers.start("postgres")
    finally:
        servers.stop()


def test_root_without_user_namespaces_is_told_what_to_do(tmp_path, monkeypatch):
    def forbidden(_how):
        def refuse():
            raise PermissionError(1, "unshare(CLONE_NEWUSER)")

        return refuse

    (tmp_path / "data").mkdir()
    monkeypatch.setattr(owner, "own_user_namespace", forbidden)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(owner, "passable", lambda folder, _uid, _gid: folder != tmp_path)
    with pytest.raises(LaunchError, match="chmod o\\+x") as refused:
        Embedded(tmp_path / "data")
    assert f"no other user may pass {tmp_path}" in str(refused.value)


def test_the_lock_keeps_a_second_one_away_and_attaching_finds_the_first(home):
    mine = Folder(home)
    with pytest.raises(LaunchError, match="already in use by another command"):
        mine.must_claim()
    holder = Folder(home)
    holder.record({}, {"WCD_DATABASE_URL": "postgresql://wcd@/wcd?host=/x", "WCD_REDIS_URL": "unix:///x"})

    class Known:
        data, database_url, redis_url = home, "", ""

    with attach.servers(Known()) as env:
        assert env["WCD_REDIS_URL"] == "unix:///x"
    with pytest.raises(LaunchError, match=f"already in use by process {os.getpid()}"):
        mine.must_claim()


def test_children_of_a_killed_predecessor_are_awaited(tmp_path):
    child = processes.spawn(["sleep", "0.3"], log=tmp_path / "log", env={"PATH": os.environ["PATH"]})
    known = processes.identity(child.pid)
    assert processes.alive(known)
    assert not processes.alive([known[0], known[1] - 100])  # another process with the same number
    began = time.monotonic()
    processes.await_gone({"sleep": known})
    assert 0.1 < time.monotonic() - began < 5
    child.wait()


def test_a_child_dies_with_its_parent():
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(reading)
        child = os.fork()
        if child == 0:
            kernel.die_with_parent(signal.SIGKILL).func(os.getppid(), signal.SIGKILL)
            os.write(writing, b"here")
            signal.pause()
        os.close(writing)
        signal.pause()
    os.close(writing)
    assert os.read(reading, 4) == b"here"
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert os.read(reading, 1) == b""  # the grandchild, which held the other end, is gone
    os.close(reading)
