"""What the drill of killed publications runs in processes of its own: laying out an edition, publishing its release.

``python -m tests.journeys.release_child lay-out`` prints the release's id; ``… publish ID`` says ``go`` and publishes.
"""

import asyncio
import sys
from datetime import timedelta
from uuid import UUID

from tests import make
from wcd.actors.actors import system
from wcd.agenda import releases
from wcd.agenda.tables import Session
from wcd.core import db
from wcd.registration import publishing

BY = system("drill")
SESSIONS = 40
GUESTS = 150


async def lay_out() -> UUID:
    """Forty sessions, each guest with seats in three, a speaker; ten sessions moved, one called off; an approved release."""
    edition = await make.edition("wcd-killed")
    sessions = [await make.session(edition, f"2033-10-{1 + n:02}T09:00+08:00") for n in range(28)]
    category = await make.category(edition)
    for n in range(GUESTS):
        guest = await make.guest(edition, category=category)
        for session in {sessions[n % 28], sessions[(n * 7 + 1) % 28], sessions[(n * 5 + 2) % 28]}:
            await make.booking(guest, session)
    await make.speaker(edition, email="speaker@people.example")
    for session in sessions[:10]:
        later = {
            Session.starts_at: Session.starts_at + timedelta(hours=2),
            Session.ends_at: Session.ends_at + timedelta(hours=2),
        }
        await Session.update(later).where(Session.id == session)
    await Session.update({Session.state: "called_off"}).where(Session.id == sessions[10])
    release = await publishing.propose_release(edition, "", by=BY)
    await releases.approve_release(release, by=BY)
    return release


async def main(verb: str, *arguments: str) -> None:
    """Do one of the two."""
    async with db.lifespan(pool_size=2):
        if verb == "lay-out":
            sys.stdout.write(str(await lay_out()))
            return
        sys.stdout.write("go\n")
        sys.stdout.flush()
        await publishing.publish_release(UUID(arguments[0]), by=BY)
        sys.stdout.write("done\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
