"""The table of durable jobs."""

from piccolo.columns import UUID
from piccolo.constraints import Check
from piccolo.table import Table

from wcd.core.columns import count, flag, key, listed, long_text, maybe_moment, moment, required, values


class Job(Table, tablename="core_job"):
    """A piece of work that will be done, whatever dies meanwhile. arq only wakes workers for it."""

    id = key()
    name = required(60)
    args = listed()
    state = required(12)
    attempts = count()
    due_at = moment()
    lease_until = maybe_moment()
    done = count()
    total = count()
    stop_asked = flag()
    message = long_text()
    result = values()
    edition = UUID(null=True, default=None, index=True)
    created_at = moment()
    finished_at = maybe_moment()
    core_job_state_check = Check("state IN ('queued', 'running', 'done', 'failed', 'cancelled')")
