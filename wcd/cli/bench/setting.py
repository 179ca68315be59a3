"""What a bench needs of the sample edition, printed as JSON; a process of its own, in the bench's environment."""

import asyncio
import json
import sys

from wcd.actors.actors import system
from wcd.badges.queries import approved_guests, badge_faces
from wcd.checkin import devices
from wcd.checkin.queries import list_gates
from wcd.core.db import lifespan
from wcd.editions.queries import current_edition

BY = system("bench")


async def _door(count: int) -> dict[str, object]:
    async with lifespan():
        edition = (await current_edition()).id
        entrance = next(row.gate for row in await list_gates(edition) if row.gate.kind == "entrance")
        links = [await devices.make_pairing_link(edition, entrance.id, by=BY) for _ in range(count)]
        tokens = [await devices.pair_device(link, name=f"Bench {n}") for n, link in enumerate(links)]
        faces = await badge_faces(await approved_guests(edition), programme=False)
        return {"tokens": tokens, "codes": [face.code for face in faces]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_door(int(sys.argv[1])))))
