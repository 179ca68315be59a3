"""Before printing: whose badge cannot be printed as it is, and why."""

import asyncio
from collections.abc import Iterable
from uuid import UUID

import msgspec

from wcd.badges.drawing import unprintable
from wcd.badges.faces import BadgeFace
from wcd.badges.queries import LeftOut, badge_faces


def sort_out(faces: Iterable[BadgeFace]) -> tuple[list[BadgeFace], list[LeftOut]]:
    """Who can be printed, and who is left out with the characters that stand in the way."""
    good: list[BadgeFace] = []
    bad: list[LeftOut] = []
    for face in faces:
        found = unprintable(face)
        if found:
            bad.append(_left_out(face))
        else:
            good.append(face)
    return good, bad


def _left_out(face: BadgeFace) -> LeftOut:
    found = unprintable(face)
    return LeftOut(
        guest_id=UUID(face.guest_id),
        native_name=face.native_name,
        latin_name=face.latin_name,
        category=face.category,
        fields=tuple(sorted({one.field for one in found})),
        flaws=tuple(dict.fromkeys(flaw for one in found for flaw in one.characters)),
        latin_would_do=bool(face.latin_name)
        and not unprintable(msgspec.structs.replace(face, print_latin_only=True)),
    )


async def find_unprintable(guest_ids: list[UUID]) -> list[LeftOut]:
    """Who of these guests cannot be printed as they are; looked at in a thread."""
    faces = await badge_faces(guest_ids, programme=False)
    _good, bad = await asyncio.to_thread(sort_out, faces)
    return bad
