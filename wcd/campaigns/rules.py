"""When a reminder is due."""

from datetime import datetime, timedelta

FORUM = "forum"
SESSION = "session"

DEFAULTS = ((FORUM, 24 * 60), (SESSION, 2 * 60))
"""Before what, and how many minutes before it: one day before the forum, two hours before a booked session."""


def is_due(starts_at: datetime, minutes: int, at: datetime) -> bool:
    """From so many minutes before the beginning until the beginning: late is better than never, but not after."""
    return starts_at - timedelta(minutes=minutes) <= at < starts_at
