"""A publication that is killed leaves the old release whole or the new one, and nobody told twice or not at all."""

import asyncio
import os
import subprocess
import sys
from typing import Any

import asyncpg
import pytest

from tests.conftest import clone_database
from wcd.core.config import CHECKOUT
from wcd.core.db import connection_arguments

DELAYS = [0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.12]
"""Seconds after the child says ``go`` at which it is killed: before, within and after its transaction."""


def child(address: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.release_child", *arguments],
        env={**os.environ, "WCD_DATABASE_URL": address},
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    )


async def state(connection: Any) -> dict[str, Any]:
    row = await connection.fetchrow(
        """SELECT (SELECT number FROM agenda_release WHERE is_current) AS number,
               (SELECT count(*) FROM agenda_release WHERE is_current) AS in_force,
               (SELECT count(*) FROM registration_notice) AS notices,
               (SELECT count(DISTINCT guest) FROM registration_notice) AS told,
               (SELECT count(*) FROM mail_mail WHERE kind = 'programme_changed_guest') AS mails,
               (SELECT count(DISTINCT about) FROM mail_mail) AS readers,
               (SELECT count(*) FROM core_job) AS jobs,
               (SELECT count(*) FROM registration_booking WHERE state = 'cancelled') AS ended"""
    )
    return dict(row)


@pytest.mark.parametrize("how", ["process", "backend"])
async def test_a_killed_publication_is_whole_or_not_at_all(how: str) -> None:
    address = await clone_database(f"killed_{how}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    laying = child(address, "lay-out")
    release, _ = await asyncio.to_thread(laying.communicate)
    connection = await asyncpg.connect(**connection_arguments(address))
    try:
        concerned = await connection.fetchval(
            """SELECT count(DISTINCT b.guest) FROM registration_booking b JOIN agenda_session s ON s.id = b.session
               JOIN agenda_published_session p ON p.id = s.id
               WHERE s.starts_at <> p.starts_at OR s.state <> p.state"""
        )
        before = await state(connection)
        assert (before["number"], before["mails"], before["ended"]) == (1, 0, 0)
        seen = set()
        for delay in [*DELAYS, None]:
            publishing = child(address, "publish", release)
            assert publishing.stdout is not None
            assert await asyncio.to_thread(publishing.stdout.readline) == "go\n"
            if delay is not None:
                await asyncio.sleep(delay)
                if how == "process":
                    publishing.kill()
                else:
                    await connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
            await asyncio.to_thread(publishing.wait)
            publishing.stdout.close()
            now = await state(connection)
            seen.add(now["number"])
            if now["number"] == 1:
                assert now == before, f"killed after {delay}"
            else:
                assert now["in_force"] == 1
                assert (
                    now["notices"]
                    == now["told"]
                    == now["mails"]
                    == now["readers"]
                    == now["jobs"]
                    == concerned
                )
                assert now["ended"] > 0
        assert seen == {1, 2}, "some were killed before their end, and one got through"
    finally:
        await connection.close()
