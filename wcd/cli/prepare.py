"""What `serve` has done once before the web opens: migrations, the sample edition, the first owner's link.

A process of its own, so that the parent stays small. Its answer is one line of JSON.
"""

import asyncio
import contextlib
import importlib
import json
import sys
import traceback

from wcd.accounts import first_owner
from wcd.core import db
from wcd.core.config import settings
from wcd.core.errors import Conflict


async def prepare(*, link: bool) -> str | None:
    """Make the database ready; a link if nobody can sign in yet."""
    known = settings()
    await db.migrate()
    async with db.lifespan(pool_size=2):
        if known.demo:
            # Only then: the sample's content is long to read in.
            with contextlib.suppress(Conflict):  # it is there
                await importlib.import_module("wcd.cli.demo").load()
        return await first_owner.link(known) if link else None


def main() -> None:
    """Run as `python -m wcd.cli.prepare`."""
    try:
        link = asyncio.run(prepare(link="--link" in sys.argv[1:]))
    except Exception as wrong:  # noqa: BLE001 - whatever it is, the parent shows the last line
        traceback.print_exc()
        sys.exit(f"{type(wrong).__name__}: {' '.join(str(wrong).split())}")
    print(json.dumps({"owner_link": link}))


if __name__ == "__main__":
    main()
