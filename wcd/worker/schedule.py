"""What happens by itself, and how often it is looked after: each line calls one use case."""

from collections.abc import Awaitable, Callable

import msgspec

from wcd.actors.actors import system
from wcd.campaigns import reminders
from wcd.core import jobs
from wcd.registration import publishing

CLOCK = system("clock")


class Line(msgspec.Struct, frozen=True):
    """One thing to look after, every so many seconds."""

    name: str
    seconds: float
    act: Callable[[], Awaitable[object]]


LINES = (
    Line("jobs due or lost", 2, jobs.sweep),
    Line("releases due", 1, lambda: publishing.publish_due(by=CLOCK)),
    Line("reminders due", 3, lambda: reminders.send_due(by=CLOCK)),
)
