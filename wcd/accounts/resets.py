"""Forgotten passwords."""

import asyncio
import time

from wcd.accounts import mails, rules
from wcd.accounts.tables import Staff
from wcd.actors import audit
from wcd.actors.actors import STAFF, Actor
from wcd.core.db import in_transaction
from wcd.core.limits import count_try

_SAME_ANSWER = 0.15
"""Seconds that asking takes at least, whether the address is known or not."""


async def ask_reset(mail: str, *, ip: str = "") -> None:
    """Mail a link for a new password. Known and unknown addresses get the same answer after the same time."""
    started, mail = time.monotonic(), rules.same_mail(mail)
    await count_try("reset-address", mail, limit=5, seconds=3600)
    if ip:
        await count_try("reset-ip", ip, limit=60, seconds=3600)
    await _send(mail)
    await asyncio.sleep(max(0.0, started + _SAME_ANSWER - time.monotonic()))


@in_transaction
async def _send(mail: str) -> None:
    row = await Staff.select().where((Staff.mail == mail) & Staff.is_active.eq(True)).first()
    if row:
        await mails.send_link(rules.RESET, row["id"], mail=mail, name=row["name"], locale=row["locale"])
        await audit.record(Actor(kind=STAFF), "staff.reset_asked", row["id"])
