"""A walk of organisers through the real verbs: every step is one that a page offers; what is refused is refused."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

from tests import make
from tests.agenda.warnings.plans import at
from wcd.actors.actors import system
from wcd.agenda import bodies, editing, hostings, items, moves, parts, releases, sessions, speakers, states
from wcd.agenda.bodies import BodyDetails
from wcd.agenda.inputs import ItemDetails, NewSession, SessionMarks, SessionTexts, SessionTime
from wcd.agenda.policy import Policy, change_policy
from wcd.agenda.queries import published_sessions, working_sessions
from wcd.agenda.rules import ROLES, STATES
from wcd.agenda.speaker_inputs import SpeakerDetails
from wcd.core.db import fetch
from wcd.core.errors import Refusal
from wcd.registration import publishing
from wcd.venues import places, ways
from wcd.venues.inputs import RoomDetails, VenueDetails

BY = system("walk")
TEXTS = (("题目", "Title"), ("题目", ""), ("", "Title"))
LANGUAGES = ((), ("zh",), ("en",), ("zh", "en"))
KINDS = ("ceremony", "forum", "plenary", "side_event", "meal")
LAYOUTS = (None, "theatre", "banquet")


class Walk:
    """An edition with three rooms, three people and two bodies; each step takes three numbers to choose by."""

    def __init__(self) -> None:
        self.edition = UUID(int=0)
        self.rooms: list[UUID] = []
        self.people: list[UUID] = []
        self.bodies: list[UUID] = []
        self.guests: list[UUID] = []
        self.taken = 0
        self.steps: list[Callable[[int, int, int], Awaitable[object]]] = [
            self.create, self.move, self.move, self.move, self.unschedule, self.copy, self.remove, self.write,
            self.mark, self.time, self.seats, self.state, self.confirm, self.confirm, self.add_item, self.change_item,
            self.swap_items, self.remove_item, self.add_part, self.add_part, self.change_role, self.remove_part,
            self.add_host, self.change_body, self.change_room, self.change_person, self.change_way, self.release,
            self.revert, self.book, self.book, self.book, self.book,
        ]  # fmt: skip

    async def begin(self) -> None:
        """What is there before the first step."""
        self.edition = await make.edition(f"walk-{id(self)}", is_current=False)
        await change_policy(self.edition, Policy(needs_second=False), by=BY)
        for name in ("North", "South"):
            await places.add_venue(self.edition, VenueDetails(name_zh=name, name_en=name), by=BY)
        north, south = await self._ids("venues_venue")
        for venue in (north, north, south):
            self.rooms.append(await places.add_room(venue, self._room(0, 0), by=BY))
        for name in ("Ada", "Bo", "Cy"):
            self.people.append(
                await speakers.add_speaker(self.edition, SpeakerDetails(latin_name=name), by=BY)
            )
        for name in ("One", "Two"):
            self.bodies.append(await bodies.add_body(self.edition, BodyDetails(name_en=name), by=BY))
        self.guests = [await make.guest(self.edition, state="approved") for _n in range(2)]
        for n in range(3):
            await self.create(n, 2, 0)
            await self.move(n, 4 * n, n)
            await self.add_part(n, 0, 0)
            await self.confirm(n, 0, 0)

    async def take(self, step: int, a: int, b: int, c: int) -> bool:
        """One step; whether it was not refused."""
        try:
            await self.steps[step % len(self.steps)](a, b, c)
        except Refusal:
            return False
        self.taken += 1
        return True

    async def create(self, a: int, b: int, _c: int) -> None:
        zh, en = TEXTS[b % 3]
        await sessions.create_session(
            self.edition, NewSession(kind=KINDS[a % 5], title_zh=zh, title_en=en, minutes=30), by=BY
        )

    async def move(self, a: int, b: int, c: int) -> None:
        session, version = await self._session(a)
        starts = at("09:00") + timedelta(minutes=10 * (b % 30))
        ends = starts + timedelta(minutes=20 + 10 * (c % 9))
        room = [None, *self.rooms][c % 4]
        await moves.move_session(session, starts_at=starts, ends_at=ends, room=room, version=version, by=BY)

    async def unschedule(self, a: int, _b: int, _c: int) -> None:
        session, version = await self._session(a)
        await moves.unschedule_session(session, version=version, by=BY, confirmed=True)

    async def copy(self, a: int, b: int, _c: int) -> None:
        session, _version = await self._session(a)
        starts = at("09:00") + timedelta(minutes=10 * (b % 30))
        place = moves.Place(starts, starts + timedelta(minutes=60), self.rooms[b % 3])
        await moves.copy_session(session, by=BY, place=place if b % 2 else None)

    async def remove(self, a: int, _b: int, _c: int) -> None:
        await states.remove_session((await self._session(a))[0], by=BY)

    async def write(self, a: int, b: int, c: int) -> None:
        session, version = await self._session(a)
        (zh, en), (long_zh, long_en) = TEXTS[b % 3], TEXTS[c % 3]
        texts = SessionTexts(title_zh=zh, title_en=en, summary_zh=long_zh, summary_en=long_en)
        await editing.edit_part(session, texts, version=version, by=BY)

    async def mark(self, a: int, b: int, c: int) -> None:
        session, version = await self._session(a)
        marks = SessionMarks(kind=KINDS[c % 5], languages=LANGUAGES[b % 4], interpretation=LANGUAGES[c % 4])
        await editing.edit_part(session, marks, version=version, by=BY)

    async def time(self, a: int, b: int, c: int) -> None:
        session, version = await self._session(a)
        times = SessionTime(
            day=at("09:00").date(), starts=f"{9 + b % 5:02}:00", ends=f"{10 + b % 5:02}:20",
            room=self.rooms[c % 3], layout=LAYOUTS[b % 3], meeting_point_zh="南门" if c % 2 else "",
        )  # fmt: skip
        await editing.edit_part(session, times, version=version, by=BY)

    async def seats(self, a: int, b: int, _c: int) -> None:
        await sessions.set_seats((await self._session(a))[0], (None, 60, 150)[b % 3], by=BY)

    async def state(self, a: int, b: int, _c: int) -> None:
        await states.set_state((await self._session(a))[0], STATES[b % 4], by=BY)

    async def confirm(self, a: int, _b: int, _c: int) -> None:
        await states.set_state((await self._session(a))[0], "confirmed", by=BY)

    async def add_item(self, a: int, b: int, c: int) -> None:
        zh, en = TEXTS[c % 3]
        details = ItemDetails(kind="speech", title_zh=zh, title_en=en, minutes=15 * (b % 4))
        await items.add_item((await self._session(a))[0], details, by=BY)

    async def change_item(self, a: int, b: int, c: int) -> None:
        session, found = await self._items(a)
        if found:
            row = found[b % len(found)]
            details = ItemDetails(kind="panel", title_en="Panel", minutes=10 * (c % 6))
            await items.edit_item(session, row.id, details, seen=row.seen, by=BY)

    async def swap_items(self, a: int, b: int, c: int) -> None:
        session, found = await self._items(a)
        if found:
            await items.move_item(session, found[b % len(found)].id, 1 if c % 2 else -1, by=BY)

    async def remove_item(self, a: int, b: int, _c: int) -> None:
        session, found = await self._items(a)
        if found:
            await items.remove_item(session, found[b % len(found)].id, by=BY)

    async def add_part(self, a: int, b: int, c: int) -> None:
        session, found = await self._items(a)
        item = found[c % len(found)].id if found and c % 2 else None
        await parts.add_part(session, self.people[b % 3], ROLES[c % 4], by=BY, item=item)

    async def change_role(self, a: int, b: int, c: int) -> None:
        session, found = await self._parts(a)
        if found:
            await parts.change_role(session, found[b % len(found)], ROLES[c % 4], by=BY)

    async def remove_part(self, a: int, b: int, _c: int) -> None:
        session, found = await self._parts(a)
        if found:
            await parts.remove_part(session, found[b % len(found)], by=BY)

    async def add_host(self, a: int, b: int, _c: int) -> None:
        await hostings.add_host((await self._session(a))[0], self.bodies[b % 2], by=BY)

    async def change_body(self, a: int, b: int, _c: int) -> None:
        names = BodyDetails(name_en="Body", name_zh="机构" if b % 2 else "")
        await bodies.change_body(self.bodies[a % 2], names, by=BY)

    async def change_room(self, a: int, b: int, c: int) -> None:
        openings = [self._span(c)] if c % 2 else []
        whole = self.rooms[0] if a % 3 == 1 and b % 2 else None
        await places.change_room(self.rooms[a % 3], self._room(b, c, whole), openings=openings, by=BY)

    async def change_way(self, a: int, _b: int, _c: int) -> None:
        north, south = await self._ids("venues_venue")
        await ways.set_travel(self.edition, {(north, south): 15 * (a % 5)}, by=BY)

    async def change_person(self, a: int, b: int, c: int) -> None:
        one = self.people[a % 3]
        version = (await fetch("SELECT version FROM agenda_speaker WHERE id = $1", one))[0]["version"]
        details = SpeakerDetails(latin_name="Name", language=("", "zh", "en")[b % 3])
        spans = [self._span(c)] if c % 2 else []
        await speakers.change_speaker(one, details, spans=spans, version=version, by=BY)

    async def release(self, a: int, _b: int, _c: int) -> None:
        await publishing.publish_at_once(self.edition, by=BY, tell=bool(a % 2))

    async def revert(self, a: int, _b: int, _c: int) -> None:
        found = await releases.list_releases(self.edition)
        if found:
            await releases.revert_to(found[a % len(found)].id, by=BY)

    async def book(self, a: int, _b: int, _c: int) -> None:
        """Two guests take a seat in a session that they see, whatever the rules of booking say."""
        seen = [one.id for one in await published_sessions(self.edition) if one.state == "confirmed"]
        for guest in self.guests:
            if seen and not await fetch(
                "SELECT FROM registration_booking WHERE guest = $1 AND session = $2",
                guest,
                seen[a % len(seen)],
            ):
                await make.booking(guest, seen[a % len(seen)])

    async def _session(self, number: int) -> tuple[UUID, int]:
        found = sorted(await working_sessions(self.edition), key=lambda one: one.code)
        one = found[number % len(found)]
        return one.id, one.version

    async def _items(self, number: int) -> tuple[UUID, list[items.ItemRow]]:
        session, _version = await self._session(number)
        return session, await items.list_items(session)

    async def _parts(self, number: int) -> tuple[UUID, list[UUID]]:
        session, _version = await self._session(number)
        return session, [part.id for part in await parts.list_parts(session)]

    async def _ids(self, table: str) -> list[UUID]:
        rows = await fetch(f"SELECT id FROM {table} WHERE edition = $1 ORDER BY position", self.edition)
        return [row["id"] for row in rows]

    def _room(self, b: int, c: int, whole: UUID | None = None) -> RoomDetails:
        capacity, theatre = (0, 50, 100)[b % 3], (None, 40)[c % 2]
        return RoomDetails(name_zh="厅", name_en="Hall", capacity=capacity, theatre=theatre, whole=whole)

    def _span(self, c: int) -> tuple[datetime, datetime]:
        return at("09:00") + timedelta(minutes=30 * (c % 4)), at("12:30")
