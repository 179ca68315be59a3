"""The least that a durable request can do; the bench compares with it."""

from wcd.core.clock import now
from wcd.core.tables import Job


async def insert_one_row() -> None:
    """One row by one Piccolo statement, committed by itself."""
    at = now()
    await Job.insert(Job(name="floor", state="done", due_at=at, created_at=at))
