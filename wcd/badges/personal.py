"""One guest's badge: as PDF for the mail, the guest's pages and the organisers."""

import asyncio
from uuid import UUID

from wcd.badges import queries
from wcd.badges.drawing import draw_badge
from wcd.badges.errors import CannotBePrinted, NoBadge
from wcd.badges.preflight import sort_out
from wcd.core.config import settings


async def badge_pdf(guest_id: UUID) -> bytes:
    """Front and back as one PDF, as they stand now; drawn in a thread."""
    faces = await queries.badge_faces([guest_id])
    if not faces:
        raise NoBadge
    good, left_out = sort_out(faces)
    if left_out:
        raise CannotBePrinted(characters=left_out[0].characters)
    edition = await queries.edition_face(await queries.edition_of_guest(guest_id))
    return await asyncio.to_thread(draw_badge, edition, good[0], fonts=settings().data / "fonts")
