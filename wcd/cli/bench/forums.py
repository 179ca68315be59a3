"""A forum of any number of sessions in twenty rooms, with speakers, hosts, guests and their bookings; a process of its own.

Everything follows from counting: the same number makes the same forum. ``load 500`` writes it and publishes it;
``release 500`` moves ten of its sessions, publishes that with everybody concerned noted, and prints the seconds.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec

from wcd.actors.actors import system
from wcd.agenda import moves, queries
from wcd.agenda.loading import AgendaRows, load_agenda
from wcd.cli.attached import attached
from wcd.core.clock import now
from wcd.core.db import in_transaction, lifespan
from wcd.editions.loading import load_edition
from wcd.editions.queries import edition_by_code
from wcd.registration.loading import GuestRows, load_guests
from wcd.registration.publishing import publish_at_once
from wcd.venues.loading import load_places

BY = system("bench")
ROOMS = 20
GUESTS = 1500
BOOKINGS = 4
MOVED = 10
DAYS = [date(2023, 10, 28) + timedelta(days=n) for n in range(4)]
STARTS = ((8, 30), (10, 0), (11, 30), (13, 30), (15, 0), (16, 30), (18, 0))
LENGTH = timedelta(minutes=75)
_ROOT = UUID("9f1c2b7e-6a43-4d0e-8a55-0d6c5b3f7a10")
_EIGHT_HOURS = timedelta(hours=8)
_KINDS = ("forum", "forum", "side_event", "forum", "plenary")
_TITLE = (
    (
        "城市更新中的资金与人：来自第{n}个街区的经验",
        "Renewing old quarters: money and people, lessons of quarter {n}",
    ),
    ("韧性城市与安全：第{n}号案例的五年", "Resilient cities and safety: five years of case {n}"),
    ("公共空间属于谁：第{n}次街头讨论", "Whose public space? Street debate number {n}"),
)
_SUMMARY = (
    "步行一刻钟之内，一个家庭能否找到托幼、菜场、诊室与一片树荫？本场从三个街区的日常出发，谈规划如何落到每一天，资金从何而来，建成之后由谁维护。",
    "Can a family find a nursery, a market, a surgery and some shade a quarter of an hour away? Three quarters report.",
)
Row = dict[str, Any]


def id_of(count: int, *parts: object) -> UUID:
    """An id that follows from what it is for."""
    return uuid5(_ROOT, f"{count}:{':'.join(map(str, parts))}")


@in_transaction
async def load(count: int) -> None:
    """Write the forum ``bench-<count>`` and publish it as release 1, telling nobody."""
    edition = id_of(count, "edition")
    await load_edition(_edition(count), [])
    await load_places([_venue(count)], [_room(count, n) for n in range(ROOMS)])
    await load_agenda(_agenda(count))
    await load_guests(edition, _guests(count))
    await publish_at_once(edition, by=BY, tell=False)


async def release(count: int) -> dict[str, float]:
    """Move ten sessions by half an hour into other rooms and publish; the seconds it took, and how many were told."""
    edition = await edition_by_code(f"bench-{count}")
    some = [one for one in await queries.working_sessions(edition.id) if one.starts_at and one.ends_at]
    step = max(1, len(some) // MOVED)
    for n, one in enumerate(some[::step][:MOVED]):
        if one.starts_at is None or one.ends_at is None:
            continue
        later = timedelta(minutes=5 if one.starts_at.minute % 10 == 0 else -5)
        await moves.move_session(
            one.id,
            starts_at=one.starts_at + later,
            ends_at=one.ends_at + later,
            room=id_of(count, "room", (n * 7) % ROOMS),
            version=one.version,
            by=BY,
        )
    started = time.perf_counter()
    told = await publish_at_once(edition.id, by=BY)
    return {"seconds": time.perf_counter() - started, **msgspec.structs.asdict(told)}


def _edition(count: int) -> Row:
    return {
        "id": id_of(count, "edition"),
        "code": f"bench-{count}",
        "name_zh": f"{count} 场次的论坛",
        "name_en": f"A forum of {count} sessions",
        "short_name_zh": f"论坛 {count}",
        "short_name_en": f"Forum {count}",
        "first_day": DAYS[0],
        "last_day": DAYS[-1],
        "zone": "Asia/Shanghai",
        "place_zh": "上海",
        "place_en": "Shanghai",
        "hosts": "[]",
        "created_at": now(),
    }


def _venue(count: int) -> Row:
    names = {"name_zh": "滨江会议中心", "name_en": "Riverside Convention Centre"}
    return {"id": id_of(count, "venue"), "edition": id_of(count, "edition"), "code": "riverside", **names}


def _room(count: int, n: int) -> Row:
    return {
        "id": id_of(count, "room", n),
        "venue": id_of(count, "venue"),
        "code": f"room-{n + 1}",
        "name_zh": f"第{n + 1}会议厅",
        "name_en": f"Room {n + 1}",
        "capacity": 600 - 25 * n,
        "position": n,
    }


def _agenda(count: int) -> AgendaRows:
    edition = id_of(count, "edition")
    people = max(20, count)
    return AgendaRows(
        subjects=[
            {"id": id_of(count, "subject", n), "edition": edition, "code": f"subject-{n}", "name_zh": f"议题{n}",
             "name_en": f"Subject {n}", "position": n}
            for n in range(8)
        ],
        bodies=[
            {"id": id_of(count, "body", n), "edition": edition, "code": f"body-{n}", "name_zh": f"第{n}城市研究院",
             "name_en": f"Institute of cities {n}", "email": f"body{n}@partners.example", "language": "zh"}
            for n in range(30)
        ],
        speakers=[_speaker(count, n) for n in range(people)],
        sessions=[_session(count, n) for n in range(count)],
        hostings=[
            {"id": id_of(count, "hosting", n), "session": id_of(count, "session", n),
             "body": id_of(count, "body", n % 30), "position": 0}
            for n in range(count)
        ],
        items=[row for n in range(count) for row in _items(count, n)],
        appearances=[row for n in range(count) for row in _appearances(count, n, people)],
    )  # fmt: skip


def _speaker(count: int, n: int) -> Row:
    return {
        "id": id_of(count, "speaker", n),
        "edition": id_of(count, "edition"),
        "code": f"speaker-{n}",
        "native_name": f"陈望舒{n}",
        "latin_name": f"Chen Wangshu {n}",
        "post_zh": "研究员",
        "post_en": "Research Fellow",
        "body_zh": f"第{n % 30}城市研究院",
        "body_en": f"Institute of cities {n % 30}",
        "country": "CN",
        "email": f"speaker{n}@speakers.example",
        "language": "zh",
        "consented_at": now(),
        "changed_at": now(),
        "sort_key": f"chen wangshu {n}",
        "search_keys": f"chenwangshu{n}",
    }


def _session(count: int, n: int) -> Row:
    starts_at = _start(count, n)
    zh, en = _TITLE[n % len(_TITLE)]
    return {
        "id": id_of(count, "session", n),
        "edition": id_of(count, "edition"),
        "code": f"session-{n}",
        "kind": _KINDS[n % len(_KINDS)],
        "state": "confirmed",
        "title_zh": zh.format(n=n),
        "title_en": en.format(n=n),
        "summary_zh": _SUMMARY[0],
        "summary_en": _SUMMARY[1],
        "room": id_of(count, "room", n % ROOMS),
        "starts_at": starts_at,
        "ends_at": starts_at + LENGTH,
        "minutes": 75,
        "seats": 100,
        "booking": "booking",
        "languages": ["zh", "en"],
        "interpretation": ["zh", "en"],
        "sdgs": [11, 1 + n % 10],
        "subjects": [f"subject-{n % 8}"],
        "changed_at": now(),
    }


def _start(count: int, n: int) -> datetime:
    """Room after room, time after time, an equal share on each day."""
    share = -(-count // len(DAYS))
    day, place = divmod(n, share)
    turn = place // ROOMS if share > ROOMS * 2 else place * len(STARTS) // share
    hour, minute = STARTS[turn % len(STARTS)]
    return datetime(DAYS[day].year, DAYS[day].month, DAYS[day].day, hour, minute, tzinfo=UTC) - _EIGHT_HOURS


def _items(count: int, n: int) -> Iterator[Row]:
    for place in range(3):
        yield {
            "id": id_of(count, "item", n, place),
            "session": id_of(count, "session", n),
            "position": place,
            "kind": ("speech", "panel", "discussion")[place],
            "title_zh": f"第{place + 1}节：街区的账本",
            "title_en": f"Part {place + 1}: the books of a quarter",
            "minutes": 25,
        }


def _appearances(count: int, n: int, people: int) -> Iterator[Row]:
    for place in range(3):
        yield {
            "id": id_of(count, "appearance", n, place),
            "session": id_of(count, "session", n),
            "item": id_of(count, "item", n, place) if place else None,
            "speaker": id_of(count, "speaker", (n + place * 37) % people),
            "role": "speaker" if place else "moderator",
            "position": place,
        }


def _guests(count: int) -> GuestRows:
    edition = id_of(count, "edition")
    category = {
        "id": id_of(count, "category"), "edition": edition, "code": "delegate", "name_zh": "参会代表",
        "name_en": "Delegate", "mark": "D", "is_public": True,
    }  # fmt: skip
    return GuestRows(
        categories=[category],
        guests=[_guest(count, n) for n in range(GUESTS)],
        bookings=[
            {"id": id_of(count, "booking", n, place), "guest": id_of(count, "guest", n),
             "session": id_of(count, "session", (n * 7 + place * (count // BOOKINGS)) % count),
             "state": "confirmed", "asked_at": now(), "changed_at": now()}
            for n in range(GUESTS)
            for place in range(BOOKINGS)
        ],
    )  # fmt: skip


def _guest(count: int, n: int) -> Row:
    return {
        "id": id_of(count, "guest", n),
        "edition": id_of(count, "edition"),
        "number": n + 1,
        "category": id_of(count, "category"),
        "state": "approved",
        "native_name": f"欧阳靖霖{n}",
        "latin_name": f"Ouyang Jinglin {n}",
        "email": f"guest{n}@guests.example",
        "telephone": "+86 138 0000 0000",
        "organisation_zh": "滨江城市研究院（示例）",
        "organisation_en": "Riverside Institute (sample)",
        "post": "研究员",
        "country": "CN",
        "language": ("zh", "en")[n % 2],
        "sort_key": f"ouyang jinglin {n}",
        "search_keys": f"ouyangjinglin{n}",
        "begun_at": now(),
        "changed_at": now(),
        "submitted_at": now(),
        "decided_at": now(),
    }


async def _main(verb: str, count: int) -> None:
    async with lifespan():
        if verb == "load":
            await load(count)
        else:
            print(json.dumps(await release(count)))


if __name__ == "__main__":
    with attached():
        asyncio.run(_main(sys.argv[1], int(sys.argv[2])))
