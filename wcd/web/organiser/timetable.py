"""The timetable: a day with rooms as columns, the week at a glance, and one session's place as a form."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from wcd.actors.actors import Actor
from wcd.agenda import rules, spans
from wcd.agenda.errors import SessionMovedOn
from wcd.agenda.facts import SessionFacts
from wcd.agenda.queries import get_session_facts
from wcd.agenda.releases import current_release
from wcd.agenda.timetable import Tile, Tiles, tiles_since
from wcd.core.errors import Invalid, Refusal
from wcd.core.inputs import Errors
from wcd.core.templating import day as day_words
from wcd.editions.queries import EditionView
from wcd.venues.queries import RoomView, list_rooms
from wcd.web.csrf import Token
from wcd.web.forms import Form
from wcd.web.guards import requires
from wcd.web.organiser import timetable_feed as feed
from wcd.web.organiser.frame import show
from wcd.web.organiser.session_words import KIND_WORDS, STATE_WORDS
from wcd.web.organiser.timetable_words import NO_ROOM, for_script
from wcd.web.pages import AnyRequest

WEEK = "week"
BY_TIME = "time"


@get("/")
async def index(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    day: FromQuery[str] = "",
    view: FromQuery[str] = "",
    by: FromQuery[str] = "",
) -> Response[Any]:
    """A day, or the week. The script lays a grid over the list; without it the list leads to each session's place."""
    found = await tiles_since(edition.id) or Tiles(0, 0, [])
    tiles = found.tiles
    rooms = feed.rooms_of(await list_rooms(edition.id))
    stands = await feed.standing(edition)
    shared: dict[str, Any] = {
        "rooms": rooms,
        "open_days": spans.open_days(edition.first_day, edition.last_day),
        "counts": _counts(tiles, edition),
        "waiting": [tile for tile in tiles if tile.starts_at is None],
        "kinds": KIND_WORDS,
        "states": STATE_WORDS,
        "no_room": NO_ROOM,
        "release": await current_release(edition.id),
        "state": stands.state,
    }
    frame: dict[str, Any] = {"actor": actor, "edition": edition, "current": "agenda", **shared}
    if view == WEEK:
        hit = {one for clash in stands.clashes for one in (clash.session, clash.other)}
        week = _by_room_and_day(tiles, rooms, edition)
        return await show(request, "organiser/timetable/week.html", week=week, hit=hit, **frame)
    chosen = _chosen(day, edition)
    placed = [tile for tile in tiles if tile.starts_at and _day(tile.starts_at, edition) == chosen]
    news = feed.news_of(found, stands, edition)
    response = await show(
        request,
        "organiser/timetable/day.html",
        chosen=chosen,
        by=BY_TIME if by == BY_TIME else "room",
        tiles=placed,
        clashes=[clash for clash in stands.clashes if clash.day in {"", chosen.isoformat()}],
        setup=_setup(request, actor, edition, chosen, rooms, news),
        **frame,
    )
    return feed.packed(response, request)


@get("/changes")
async def changes(
    request: AnyRequest, edition: NamedDependency[EditionView], since: FromQuery[str] = "0"
) -> Response[Any]:
    """What changed after a working number; asked every second, so usually nothing (204)."""
    number = int(since) if since.isdecimal() and len(since) < 10 else 0
    return feed.answer(await feed.news_since(edition, number), request)


@get("/{session_id:uuid}", guards=[requires("agenda.edit")])
async def place(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    edition: NamedDependency[EditionView],
    session_id: FromPath[UUID],
) -> Response[Any]:
    """One session's day, time, length and room as a form, with what clashes there."""
    return await place_page(request, actor, edition, session_id)


async def place_page(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    session_id: UUID,
    *,
    given: Form | None = None,
    errors: Errors | None = None,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """The form, empty or as it was typed; after a refusal with what somebody else did."""
    facts = await get_session_facts(session_id, edition=edition.id)
    known = _fields(facts, edition)
    if isinstance(refusal, Invalid):
        errors = refusal.errors
    status = 409 if refusal and not errors else 422 if errors or given else 200
    return await show(
        request,
        "organiser/timetable/place.html",
        status=status,
        actor=actor,
        edition=edition,
        current="agenda",
        facts=facts,
        given={name: given.one(name) for name in known} | {"version": known["version"], "seen": known["seen"]}
        if given
        else known,
        errors=errors or {},
        lapsed=bool(given and given.lapsed),
        refusal=refusal if not errors else None,
        what=await feed.told(refusal.entries, edition) if isinstance(refusal, SessionMovedOn) else [],
        clashes=[
            one for one in (await feed.standing(edition)).clashes if session_id in {one.session, one.other}
        ],
        open_days=spans.open_days(edition.first_day, edition.last_day),
        rooms=feed.rooms_of(await list_rooms(edition.id)),
        no_room=NO_ROOM,
    )


def _fields(facts: SessionFacts, edition: EditionView) -> dict[str, str]:
    """What the form shows: the session's place, and what to send back to prove that it was seen."""
    starts = spans.wall_time(facts.starts_at, edition.zone) if facts.starts_at else ""
    ends = spans.wall_time(facts.ends_at, edition.zone) if facts.ends_at else ""
    minutes = facts.minutes
    if facts.starts_at and facts.ends_at:
        minutes = int((facts.ends_at - facts.starts_at).total_seconds() // 60)
    return {
        "day": starts[:10] or edition.first_day.isoformat(),
        "starts": starts[11:],
        "minutes": str(minutes),
        "room": str(facts.room or ""),
        "version": str(facts.version),
        "seen": f"{starts}|{ends}|{facts.room or ''}",
    }


def _setup(
    request: AnyRequest,
    actor: Actor,
    edition: EditionView,
    chosen: date,
    rooms: Sequence[RoomView],
    news: feed.News,
) -> Markup:
    """What the script begins with, as JSON in which no browser finds HTML."""
    values = {
        "edition": edition.code,
        "day": chosen.isoformat(),
        "days": [
            {"day": one.isoformat(), "says": day_words(one)}
            for one in spans.open_days(edition.first_day, edition.last_day)
        ],
        "today": edition.today.isoformat(),
        "rooms": [
            {"id": str(room.id), "name": room.name.local, "seats": room.capacity, "venue": room.venue.local}
            for room in rooms
        ],
        "kinds": {name: str(word) for name, word in KIND_WORDS.items()},
        "may": actor.may("agenda.edit"),
        "csrf": str(Token(request)),
        "words": for_script(),
        "news": news,
    }
    text = msgspec.json.encode(values).decode().replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - no sign of HTML is left in it


def _chosen(typed: str, edition: EditionView) -> date:
    """The day of the address; else today during the forum, else its first day."""
    possible = spans.open_days(edition.first_day, edition.last_day)
    named = next((one for one in possible if one.isoformat() == typed), None)
    return named or (edition.today if edition.today in possible else edition.first_day)


def _day(at: datetime, edition: EditionView) -> date:
    return rules.local_day(at, edition.zone)


def _counts(tiles: Sequence[Tile], edition: EditionView) -> dict[date, int]:
    """How many sessions begin on each day."""
    counts = dict.fromkeys(spans.open_days(edition.first_day, edition.last_day), 0)
    for tile in tiles:
        if tile.starts_at and (on := _day(tile.starts_at, edition)) in counts:
            counts[on] += 1
    return counts


def _by_room_and_day(
    tiles: Sequence[Tile], rooms: Sequence[RoomView], edition: EditionView
) -> dict[UUID | None, dict[date, list[Tile]]]:
    """For each room, and for none, what is in it on each day."""
    found: dict[UUID | None, dict[date, list[Tile]]] = {
        room: {} for room in [*(room.id for room in rooms), None]
    }
    for tile in tiles:
        if tile.starts_at:
            found.setdefault(tile.room, {}).setdefault(_day(tile.starts_at, edition), []).append(tile)
    return found


router = Router("/timetable", route_handlers=[index, changes, place], guards=[requires("agenda.view")])
