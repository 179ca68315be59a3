"""What the timetable's script is told: sessions as small tiles, warnings about places, what somebody else did."""

import gzip
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response

from wcd.accounts.queries import list_staff
from wcd.actors.audit import Entry
from wcd.agenda import spans
from wcd.agenda.releases import current_release
from wcd.agenda.timetable import Tile, Tiles, tiles_since
from wcd.agenda.warnings import kinds
from wcd.agenda.warnings.queries import kept_plan
from wcd.agenda.warnings.views import Plan
from wcd.core.clock import now
from wcd.core.i18n import Bilingual, get_locale, gettext, ngettext
from wcd.core.templating import day
from wcd.editions.queries import EditionView
from wcd.registration import warned
from wcd.registration.publishing import working_difference
from wcd.venues.queries import RoomView, list_rooms
from wcd.web.organiser import history
from wcd.web.organiser.warning_words import WordedWarning, worded
from wcd.web.pages import AnyRequest

ABOUT_PLACES = frozenset(
    {
        kinds.ROOM_TWICE, kinds.ROOM_CLOSED, kinds.ROOM_TOO_SMALL, kinds.PERSON_TWICE, kinds.PERSON_ABSENT,
        kinds.TRAVEL_TOO_SHORT, kinds.OVERLAPS_CEREMONY, kinds.ITEMS_TOO_LONG, kinds.BOOKINGS_OVERLAP,
    }
)  # fmt: skip
"""What a move can mend or break; the rest is on the page of all warnings."""
_SMALLEST_PACKED = 1400
"""Bytes: one packet carries it as it is."""
FRESH = timedelta(seconds=30)
"""How old the numbers of guests may be who have two seats at one time; all else is as the plan is."""
KEPT = 8
_STANDING: dict[tuple[UUID, str], "Standing"] = {}


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """A session as the script knows it. Times are the wall's: ``2023-10-29T09:00``."""

    id: UUID
    kind: str
    state: str
    title: str
    minutes: int
    version: int
    starts: str = ""
    ends: str = ""
    room: str = ""
    people: int = 0
    seats: int | None = None
    lang: str = ""
    lacks: bool = False
    by: str = ""


class Clash(msgspec.Struct, frozen=True, omit_defaults=True):
    """A warning as the script shows it."""

    kind: str
    title: str
    says: str
    session: UUID
    other: UUID | None = None
    blocks: bool = False
    day: str = ""


class Clashes(msgspec.Struct, frozen=True):
    """Warnings alone: the answer to what if."""

    clashes: list[Clash]


class News(msgspec.Struct, frozen=True):
    """What changed since a working number; ``total`` sessions there are now, ``state`` says how far they are from guests."""

    working: int
    total: int
    state: str
    sessions: list[Shown]
    clashes: list[Clash]


class Standing(msgspec.Struct, frozen=True):
    """How the working copy stands, for all who look at it: what does not fit, and how far it is from guests."""

    plan: Plan
    at: datetime
    clashes: list[Clash]
    state: str


class Refused(msgspec.Struct, frozen=True):
    """Why nothing was done, and what was done instead by somebody else."""

    code: str
    says: str
    what: list[str] = []
    news: News | None = None


async def news_since(edition: EditionView, since: int) -> News | None:
    """The tiles that changed and every warning about places as it is now; None where nothing changed."""
    found = await tiles_since(edition.id, since)
    if found is None:
        return None
    names = {person.id: person.name for person in await list_staff()} if since else {}
    return news_of(found, await standing(edition), edition, names)


def news_of(
    found: Tiles, stands: Standing, edition: EditionView, names: dict[UUID, str] | None = None
) -> News:
    """Tiles as the script knows them; ``names`` of those who may have changed one."""
    sessions = [_shown(tile, edition.zone, names or {}) for tile in found.tiles]
    return News(found.working, found.total, stands.state, sessions, stands.clashes)


async def standing(edition: EditionView) -> Standing:
    """How the working copy stands. Every open window asks after each change: it is found out once for all of them."""
    plan = await kept_plan(edition.id)
    kept = _STANDING.get((edition.id, get_locale()))
    if kept is None or kept.plan is not plan or now() - kept.at > FRESH:
        found = _about_places(await warned.of_plan(edition.id, plan))
        kept = Standing(plan, now(), clashes(worded(found, edition.zone)), await _state(edition))
        while len(_STANDING) >= KEPT:
            del _STANDING[next(iter(_STANDING))]
        _STANDING[edition.id, get_locale()] = kept
    return kept


async def _state(edition: EditionView) -> str:
    """How much the working copy differs from what guests see."""
    release = await current_release(edition.id)
    if release is None:
        return gettext("Working copy: nothing has been released yet")
    return ngettext(
        "Working copy: %(n)d change since release %(number)s",
        "Working copy: %(n)d changes since release %(number)s",
        len(await working_difference(edition.id)),
        number=release.number,
    )


async def clashes_at(edition: EditionView, session: UUID, place: Any) -> list[Clash]:
    """What would be said about a session if it were there."""
    found = await warned.what_if(edition.id, session, place.starts_at, place.ends_at, place.room)
    return clashes(worded(_about_places(found), edition.zone))


def clashes(found: Sequence[WordedWarning]) -> list[Clash]:
    """Warnings as the script shows them."""
    return [
        Clash(one.kind, one.title, one.says, one.session, one.other, one.blocks, one.day) for one in found
    ]


async def told(entries: Sequence[Entry], edition: EditionView) -> list[str]:
    """Who did what, a sentence for each entry; a move says where to."""
    rooms = {str(room.id): room.name for group in (await list_rooms(edition.id)).values() for room in group}
    lines = []
    for entry, line in zip(entries, await history.worded(entries), strict=True):
        place = _place_of(entry.details.get("after"), rooms, edition.zone)
        who = gettext("%(who)s: %(what)s", who=line.who, what=line.text)
        lines.append(gettext("%(what)s (%(where)s)", what=who, where=place) if place else who)
    return lines


def answer(body: msgspec.Struct | None, request: AnyRequest, *, status: int = 200) -> Response[Any]:
    """JSON, packed where that is worth it; 204 where there is nothing to say. It holds no secret to be guessed."""
    if body is None:
        return Response(None, status_code=204)
    headers = {"cache-control": "no-store", "vary": "Accept-Language, Cookie"}
    response: Response[Any] = Response(
        msgspec.json.encode(body), status_code=status, media_type="application/json", headers=headers
    )
    return packed(response, request)


def packed(response: Response[Any], request: AnyRequest) -> Response[Any]:
    """The answer by gzip, where the reader can unpack it and it is worth it.

    Only for answers that repeat nothing of what was asked: nobody can guess at the token in them by their length.
    """
    content = response.content if isinstance(response.content, bytes) else str(response.content).encode()
    response.headers["vary"] = f"Accept-Encoding, {response.headers.get('vary', '')}"
    if len(content) > _SMALLEST_PACKED and "gzip" in request.headers.get("accept-encoding", ""):
        response.content = gzip.compress(content, 6, mtime=0)
        response.headers["content-encoding"] = "gzip"
    return response


def rooms_of(edition_rooms: dict[UUID, list[RoomView]]) -> list[RoomView]:
    """All rooms in the organisers' order."""
    return [room for group in edition_rooms.values() for room in group]


def _about_places(found: warned.Warned) -> warned.Warned:
    kept = [one for one in found.found if one.kind in ABOUT_PLACES]
    return msgspec.structs.replace(found, found=kept)


def _shown(tile: Tile, zone: str, names: dict[UUID, str]) -> Shown:
    return Shown(
        id=tile.id,
        kind=tile.kind,
        state=tile.state,
        title=tile.title.local,
        lang="" if tile.title.lang == get_locale() else tile.title.lang,
        minutes=tile.minutes,
        version=tile.version,
        starts=spans.wall_time(tile.starts_at, zone) if tile.starts_at else "",
        ends=spans.wall_time(tile.ends_at, zone) if tile.ends_at else "",
        room=str(tile.room) if tile.room else "",
        people=tile.people,
        seats=tile.seats,
        lacks=tile.is_untranslated,
        by=names.get(tile.changed_by, "") if tile.changed_by else "",
    )


def _place_of(after: Any, rooms: dict[str, Bilingual], zone: str) -> str:
    """``29 Oct 15:00, Suhe Hall``, from what the audit keeps of a move."""
    if not isinstance(after, dict) or not isinstance(after.get("starts"), str):
        return ""
    at = datetime.fromisoformat(after["starts"]).astimezone(ZoneInfo(zone))
    said = f"{day(at)} {at:%H:%M}"
    room = rooms.get(after.get("room") or "")
    return gettext("%(time)s, %(room)s", time=said, room=room.local) if room else said
