"""Nothing acknowledged is lost, whatever is killed: a small drill; ``tests.journeys.kill_drill`` runs the large one."""

from tests.journeys.kill_drill import broken, drill

PLAN = ["worker", "web", "valkey", "postgres", "backend", "serve", "ctrl-c"]
MAILS = 300
REGISTRATIONS = 60
BOOKINGS = 120


async def test_whatever_is_killed_every_mail_is_sent_and_nothing_acknowledged_is_lost() -> None:
    found = await drill(MAILS, PLAN, registrations=REGISTRATIONS, bookings=BOOKINGS)
    assert broken(found) == {}
    assert [name for name, _ in found.kills] == PLAN
    assert found.registrations >= REGISTRATIONS
    assert found.bookings >= BOOKINGS
    assert found.mails == found.handed_over - found.second_copies
    assert found.mails > MAILS + 2 * REGISTRATIONS
    assert found.looks > 0
