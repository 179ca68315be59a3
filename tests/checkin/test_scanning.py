"""Scans: stored once, judged at their corrected time, judged again when an earlier one arrives late."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests import make
from tests.checkin import door_cast as cast
from wcd.checkin import gates, scanning
from wcd.checkin.answers import NotStored, ScanAnswer
from wcd.checkin.gates_at_work import PairedDevice
from wcd.core import db as database
from wcd.core.clock import now
from wcd.core.i18n import Bilingual

EAST = Bilingual("东门", "East gate")
WEST = Bilingual("西门", "West gate")
Hall = tuple[UUID, PairedDevice, PairedDevice, UUID, str]


@pytest.fixture
async def hall(db: None, clock: Callable[[str], datetime]) -> Hall:
    """An edition with two entrances on its first morning, and Ada with her badge."""
    clock("2023-10-28T09:00+08:00")
    edition = await make.edition()
    east = await cast.device(edition, await cast.gate(edition, name_zh=EAST.zh, name_en=EAST.en))
    west = await cast.device(edition, await cast.gate(edition, name_zh=WEST.zh, name_en=WEST.en))
    ada = await make.guest(edition)
    # each was paired before the other gate existed: read them again
    east, west = [await _again(one) for one in (east, west)]
    return edition, east, west, ada, await cast.code_of(ada)


async def _again(device: PairedDevice) -> PairedDevice:
    from wcd.checkin.gates_at_work import gates_at_work  # noqa: PLC0415

    gate = (await gates_at_work(device.gate.edition, [device.gate.id]))[0]
    return PairedDevice(
        device.id, device.name, device.seen_at, device.edition_code, device.edition_name, gate
    )


async def count(table: str) -> int:
    rows = await database.fetch(f"SELECT count(*) FROM {table}")
    return int(rows[0]["count"])


def later(minutes: float) -> datetime:
    return now() + timedelta(minutes=minutes)


async def test_welcome_with_everything_the_screen_shows(hall: Hall) -> None:
    _, east, _, _, code = hall
    answer = await cast.show(east, code)
    assert isinstance(answer, ScanAnswer)
    assert answer.verdict == "welcome"
    assert answer.guest is not None
    assert (answer.guest.native_name, answer.guest.latin_name) == ("欧阳靖霖", "Ouyang Jinglin")
    assert answer.guest.category.code == "delegate"
    assert answer.guest.organisation.zh == "滨江城市研究院（示例）"
    assert answer.guest.delegation is None


async def test_short_code_finds_the_same_badge(hall: Hall) -> None:
    _, east, _, ada, _ = hall
    short = (await database.fetch("SELECT short_code FROM registration_code WHERE guest = $1", ada))[0][0]
    typed = f"{short[:4]}-{short[4:]}".lower()
    answer = (await cast.send(east, cast.fact(None, short_code=typed, entered_by="typed")))[0]
    assert answer.verdict == "welcome"


async def test_second_scan_is_already_inside_at_the_other_entrance_too(hall: Hall) -> None:
    _, east, west, _, code = hall
    await cast.show(east, code)
    again = await cast.show(west, code, later(1))
    assert again.verdict == "already_inside"
    assert again.first.gate == EAST
    assert again.first.at == now()


async def test_sending_twice_is_harmless_and_answers_alike(hall: Hall) -> None:
    edition, east, _, _, code = hall
    scan = cast.fact(code)
    first = await cast.send(east, scan)
    second = await cast.send(east, scan, scan)
    assert second == first * 2
    assert await count("checkin_scan") == 1
    assert await cast.conflicts(edition) == []


async def test_first_answer_is_kept_when_it_was_lost_and_the_scan_is_sent_again(hall: Hall) -> None:
    _, east, west, _, code = hall
    scan = cast.fact(code)
    await cast.send(east, scan)
    await cast.show(west, code, later(1))
    assert (await cast.send(east, scan))[0].verdict == "welcome"


async def test_different_body_under_a_known_id_is_refused_and_kept(hall: Hall) -> None:
    _, east, west, _, code = hall
    scan = cast.fact(code)
    await cast.send(east, scan)
    for phone in (east, west, west):
        assert await cast.send(phone, {**scan, "offset_ms": 5}) == [
            NotStored(id=scan["id"], error="different_body")
        ]
    assert await count("checkin_refused_scan") == 2
    assert await cast.verdicts(scan) == ["welcome"]


async def test_two_bodies_under_one_id_in_one_batch(hall: Hall) -> None:
    _, east, _, _, code = hall
    scan = cast.fact(code)
    answers = await cast.send(east, scan, {**scan, "offset_ms": 5})
    assert [type(answer) for answer in answers] == [ScanAnswer, NotStored]


async def test_bad_fact_does_not_spoil_its_neighbours(hall: Hall) -> None:
    _, east, _, _, code = hall
    bad = {**cast.fact(code), "scanned_at": "noon"}
    answers = await cast.send(east, bad, cast.fact(code), b"7")
    assert answers[0] == NotStored(id=bad["id"], error="malformed")
    assert answers[1].verdict == "welcome"
    assert answers[2] == NotStored(id="", error="malformed")
    assert await count("checkin_refused_scan") == 2


async def test_refused_scans_are_facts_too(hall: Hall) -> None:
    edition, east, _, _, _ = hall
    pending = await make.guest(edition, state="submitted")
    await make.code(edition, pending)
    declined = await cast.show(east, await cast.code_of(pending))
    stranger = await cast.show(east, "https://example.org/")
    assert (declined.verdict, stranger.verdict) == ("not_approved", "unknown")
    assert stranger.guest is None
    assert await count("checkin_scan") == 2


async def test_badge_of_another_year_is_named(hall: Hall) -> None:
    _, east, _, _, _ = hall
    last_year = await make.edition(
        "wcd-2022", is_current=False, short_name_zh="2022", short_name_en="WCD 2022"
    )
    code = await cast.code_of(await make.guest(last_year))
    answer = await cast.show(east, code)
    assert (answer.verdict, answer.guest, answer.edition) == ("unknown", None, Bilingual("2022", "WCD 2022"))


async def test_revoked_badge_counts_as_good_for_a_scan_before_the_revocation(hall: Hall) -> None:
    _, east, west, _, code = hall
    await database.execute("UPDATE registration_code SET revoked_at = $1", later(-1))
    assert (await cast.show(east, code)).verdict == "revoked"
    assert (await cast.show(west, code, later(-2))).verdict == "welcome"


async def test_category_that_the_gate_does_not_admit_is_sent_to_one_that_does(hall: Hall) -> None:
    edition, _, _, _, code = hall
    press = await cast.device(edition, await cast.gate(edition, categories=("press",)))
    answer = await cast.show(press, code)
    assert answer.verdict == "wrong_gate"
    assert answer.gates == (EAST, WEST)


async def test_other_times(hall: Hall) -> None:
    edition, east, _, _, code = hall
    assert (await cast.show(east, code, later(-600))).verdict == "wrong_day"
    await gates.switch_gate(edition, east.gate.id, on=False, by=cast.BY)
    assert (await cast.show(await _again(east), code)).verdict == "gate_closed"


async def test_session_gate_admits_bookings_and_counts_open_seats(hall: Hall) -> None:
    edition, _, _, ada, code = hall
    booked = await make.session(edition, "2023-10-28T09:30+08:00")
    free = await make.session(edition, "2023-10-28T09:30+08:00", booking="open", seats=1)
    hall_a = await cast.device(edition, await cast.gate(edition, kind="session", sessions=(booked,)))
    hall_b = await cast.device(edition, await cast.gate(edition, kind="session", sessions=(free,)))
    assert (await cast.show(hall_a, code)).verdict == "wrong_gate"
    await make.booking(ada, booked, "waiting")
    assert (await cast.show(hall_a, code)).verdict == "wrong_gate"
    await database.execute("UPDATE registration_booking SET state = 'confirmed'")
    assert (await cast.show(hall_a, code)).verdict == "welcome"
    bo = await cast.code_of(await make.guest(edition))
    assert [(await cast.show(hall_b, one)).verdict for one in (code, bo)] == ["welcome", "full"]


async def test_re_entry(hall: Hall) -> None:
    edition, _, _, _, code = hall
    again = await cast.device(edition, await cast.gate(edition, re_entry=True))
    assert [(await cast.show(again, code, later(m))).verdict for m in (0, 1)] == ["welcome", "welcome_back"]


async def test_batch_is_judged_in_the_order_in_which_it_happened(hall: Hall) -> None:
    _, east, _, _, code = hall
    second, first = cast.fact(code, later(-1)), cast.fact(code, later(-2))
    answers = await cast.send(east, second, first)
    assert [answer.verdict for answer in answers] == ["already_inside", "welcome"]


async def test_earlier_scan_that_arrives_late_takes_the_first_place(hall: Hall) -> None:
    edition, east, west, _, code = hall
    seen = cast.fact(code)
    await cast.send(east, seen)
    late = cast.fact(code, later(-5))
    assert (await cast.send(west, late))[0].verdict == "welcome"
    assert await cast.verdicts(seen) == ["already_inside"]
    assert await cast.conflicts(edition) == [("let_in", True)]


async def test_undoing_the_late_one_closes_the_conflict_by_itself(hall: Hall) -> None:
    edition, east, west, _, code = hall
    seen, late = cast.fact(code), cast.fact(code, later(-5))
    await cast.send(east, seen)
    await cast.send(west, late)
    await cast.send(west, cast.about(late, "undo"))
    assert await cast.verdicts(seen) == ["welcome"]
    assert await cast.conflicts(edition) == [("let_in", False)]


async def test_clock_three_hours_wrong_is_corrected(hall: Hall) -> None:
    _, east, _, _, code = hall
    answer = await cast.show(east, code, later(-180), offset_ms=3 * 3600 * 1000)
    assert answer.verdict == "welcome"
    assert (await database.fetch("SELECT happened_at FROM checkin_scan"))[0][0] == now()


async def test_scan_that_nobody_could_judge_in_time_is_a_conflict_if_it_does_not_admit(hall: Hall) -> None:
    edition, east, _, _, code = hall
    stranger = "0123456789ABCDEFGHJKMNPQRS"
    await cast.send(east, cast.fact(code, later(-60)), cast.fact(stranger, later(-59)))
    assert await cast.conflicts(edition) == [("unverified", True)]


async def test_device_that_said_otherwise_is_a_conflict(hall: Hall) -> None:
    edition, east, _, _, code = hall
    assert (await cast.show(east, code, verdict="revoked")).verdict == "welcome"
    assert await cast.conflicts(edition) == [("turned_away", True)]


async def test_letting_in_all_the_same(hall: Hall) -> None:
    edition, east, west, _, code = hall
    await cast.show(east, code)
    again = cast.fact(code, later(1))
    await cast.send(west, again)
    answer = (await cast.send(west, cast.about(again, "let_in", later(2))))[0]
    assert (answer.verdict, await cast.conflicts(edition)) == ("welcome", [])
    assert await count("checkin_scan") == 3


async def test_undo_frees_the_badge(hall: Hall) -> None:
    _, east, _, _, code = hall
    scan = cast.fact(code)
    await cast.send(east, scan)
    assert (await cast.send(east, cast.about(scan, "undo")))[0].verdict is None
    assert (await cast.show(east, code, later(1))).verdict == "welcome"


async def test_scan_and_its_correction_in_one_batch_and_twice(hall: Hall) -> None:
    _, east, _, _, code = hall
    scan = cast.fact(code)
    batch = [scan, cast.about(scan, "undo")]
    first, second = await cast.send(east, *batch), await cast.send(east, *batch)
    assert [answer.verdict for answer in first] == ["welcome", None]
    assert second == first


async def test_correction_of_an_unknown_scan_is_stored(hall: Hall) -> None:
    _, east, _, _, _ = hall
    answer = (await cast.send(east, cast.about({"id": str(uuid4())}, "let_in")))[0]
    assert (answer.stored, answer.verdict) == (True, "unknown")


async def test_scan_made_at_the_gate_with_which_the_phone_was_paired_before(hall: Hall) -> None:
    edition, east, west, _, code = hall
    await cast.show(west, code, gate=str(east.gate.id))
    assert (await database.fetch("SELECT gate FROM checkin_scan"))[0][0] == east.gate.id
    other = await make.edition("wcd-2022", is_current=False)
    elsewhere = await cast.gate(other)
    await cast.show(west, code, later(1), gate=str(elsewhere))
    rows = await database.fetch("SELECT gate FROM checkin_scan ORDER BY happened_at")
    assert [row[0] for row in rows] == [east.gate.id, west.gate.id]
    assert edition != other


async def test_one_scan_costs_three_statements(hall: Hall, count_queries: Callable[[], int]) -> None:
    _, east, _, _, code = hall
    before = count_queries()
    await scanning.record_scans(east, [json.dumps(cast.fact(code)).encode()])
    assert count_queries() - before == 3
