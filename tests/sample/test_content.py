"""The sample's programme holds together: rooms, seats, people, times and both languages."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import msgspec
import pytest

from wcd.sample import PRACTICAL, Availability, Exhibition, Session, load
from wcd.venues.rules import EQUIPMENT, LAYOUTS

HAN = re.compile(r"[\u3400-\u9fff]")
HAN_BESIDE_LATIN = re.compile(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]")
WITH_MODERATOR = {"ceremony", "plenary", "forum", "side_event"}


def overlap(one: Session | Exhibition, other: Session | Exhibition) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def texts(value: object, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text of a struct with its path and language, found by the ending of its field."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            part = getattr(value, name)
            language = name.rpartition("_")[2]
            if isinstance(part, str) and language in {"zh", "en"}:
                yield f"{path}.{name}", language, part
            else:
                yield from texts(part, f"{path}.{name}")
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part, f"{path}[{getattr(part, 'code', '')}]")


def test_size_is_that_of_the_facts() -> None:
    sample = load()
    kinds = Counter(session.kind for session in sample.sessions)
    assert (len(sample.venues), len(sample.rooms), len(sample.speakers)) == (3, 16, 87)
    assert kinds == {
        "ceremony": 1, "plenary": 3, "forum": 19, "side_event": 12, "tour": 8, "break": 7, "meal": 5
    }  # fmt: skip
    assert [len(exhibition.stands) for exhibition in sample.exhibitions] == [14, 14]
    opening = next(session for session in sample.sessions if session.code == "opening")
    assert (opening.seats, opening.starts.isoformat()) == (400, "2023-10-28T09:00:00")
    assert sample.edition.hosts[0].en == "UN-Habitat"
    assert [page.code for page in sample.pages] == list(PRACTICAL)


@pytest.mark.parametrize("kind", ["venues", "rooms", "subjects", "speakers", "sessions", "exhibitions"])
def test_codes_are_unique(kind: str) -> None:
    codes = [thing.code for thing in getattr(load(), kind)]
    assert len(set(codes)) == len(codes)


def test_sessions_name_only_what_there_is() -> None:
    sample = load()
    rooms = {room.code for room in sample.rooms}
    subjects = {subject.code for subject in sample.subjects}
    speakers = {speaker.code for speaker in sample.speakers}
    for session in sample.sessions:
        assert session.room is None or session.room in rooms, session.code
        assert set(session.subjects) <= subjects, session.code
        assert {one.speaker for one in session.people} <= speakers, session.code
        assert set(session.sdgs) <= set(range(1, 18)), session.code
        assert session.languages, session.code
    assert {room.venue for room in sample.rooms} == {venue.code for venue in sample.venues}
    assert {exhibition.room for exhibition in sample.exhibitions} <= rooms
    assert {subject for session in sample.sessions for subject in session.subjects} == subjects
    assert {one.speaker for session in sample.sessions for one in session.people} == speakers


def test_everything_lies_within_the_days_of_the_edition() -> None:
    sample = load()
    everything: list[Session | Exhibition] = [*sample.sessions, *sample.exhibitions]
    for thing in everything:
        assert thing.starts < thing.ends, thing.code
        assert sample.edition.first_day <= thing.starts.date(), thing.code
        assert thing.ends.date() <= sample.edition.last_day, thing.code
    assert all(session.starts.date() == session.ends.date() for session in sample.sessions)


def test_rooms_are_open_and_speakers_there_when_they_are_needed() -> None:
    sample = load()
    hours = {venue.code: venue.hours for venue in sample.venues}
    opened = {room.code: hours[room.venue] for room in sample.rooms}
    there: dict[str, list[Availability]] = {}
    for one in sample.availability:
        there.setdefault(one.speaker, []).append(one)
    for session in sample.sessions:
        spans = [opened[session.room]] if session.room else []
        spans += [there[one.speaker] for one in session.people if one.speaker in there]
        for span in spans:
            assert any(one.starts <= session.starts and session.ends <= one.ends for one in span), (
                session.code
            )


def test_halls_that_can_be_divided_and_ways_name_what_there_is() -> None:
    sample = load()
    rooms = {room.code: room for room in sample.rooms}
    parts = [room for room in sample.rooms if room.whole]
    assert len(parts) == 2
    for part in parts:
        whole = rooms[part.whole or ""]
        assert (whole.venue, whole.whole, part.capacity < whole.capacity) == (part.venue, None, True)
        assert sample.rooms.index(whole) < sample.rooms.index(part)
    assert {code for room in sample.rooms for code in room.layouts} <= set(LAYOUTS)
    assert {code for room in sample.rooms for code in room.equipment} <= set(EQUIPMENT)
    assert {frozenset((way.one, way.other)) for way in sample.ways} == {
        frozenset(pair) for pair in combinations([venue.code for venue in sample.venues], 2)
    }


def test_no_room_is_booked_twice() -> None:
    sample = load()
    everything: list[Session | Exhibition] = [*sample.sessions, *sample.exhibitions]
    used = [thing for thing in everything if thing.room]
    clashes = [(a.code, b.code) for a, b in combinations(used, 2) if a.room == b.room and overlap(a, b)]
    assert clashes == []


def test_nobody_is_in_two_sessions_at_once() -> None:
    people = {session.code: {one.speaker for one in session.people} for session in load().sessions}
    clashes = [
        (a.code, b.code, people[a.code] & people[b.code])
        for a, b in combinations(load().sessions, 2)
        if overlap(a, b) and people[a.code] & people[b.code]
    ]
    assert clashes == []


def test_seats_fit_rooms_and_buses() -> None:
    capacity = {room.code: room.capacity for room in load().rooms}
    for session in load().sessions:
        if session.kind == "tour":
            assert session.room is None, session.code
            assert 40 <= (session.seats or 0) <= 45, session.code
            assert session.meeting_point_zh, session.code
            assert session.meeting_point_en, session.code
        else:
            assert session.room is not None, session.code
            assert (session.seats or 0) <= capacity[session.room], session.code
        assert (session.seats is None) == (session.booking == "open"), session.code


def test_a_moderator_is_everywhere_and_comes_first() -> None:
    for session in load().sessions:
        moderators = [one for one in session.people if one.role == "moderator"]
        if session.kind in WITH_MODERATOR:
            assert session.people[0].role == "moderator", session.code
            assert len(moderators) == 1, session.code
        else:
            assert session.people == (), session.code


def test_nobody_is_named_twice_in_a_session() -> None:
    for session in load().sessions:
        codes = [one.speaker for one in session.people]
        assert len(set(codes)) == len(codes), session.code


def test_items_fit_into_their_session() -> None:
    for session in load().sessions:
        minutes = sum(item.minutes for item in session.items)
        assert minutes <= (session.ends - session.starts) / timedelta(minutes=1), session.code
        assert all(item.minutes > 0 for item in session.items), session.code
        in_items = {one.speaker for item in session.items for one in item.people}
        assert in_items <= {one.speaker for one in session.people}, session.code
        assert (len(session.items) >= 3) == (session.kind in WITH_MODERATOR), session.code


def test_every_text_is_there_in_both_languages() -> None:
    found = [text for text in texts(load()) if "meeting_point" not in text[0]]
    assert len(found) > 1400
    empty = [path for path, _, text in found if not text.strip()]
    without_han = [path for path, language, text in found if language == "zh" and not HAN.search(text)]
    with_han = [(path, text) for path, language, text in found if language == "en" and HAN.search(text)]
    assert (empty, without_han, with_han) == ([], [], [])


def test_the_voice_is_the_house_voice() -> None:
    """No exclamation marks, no typed spaces between Han and Latin, no straight quotation marks."""
    for path, _, text in texts(load()):
        assert not set("!！\"'") & set(text), (path, text)
        if not path.endswith(".short_name_zh"):
            prose = re.sub(r"[\w.]+@[\w.-]+|\+86 21 5550 0100", "", text)
            assert not HAN_BESIDE_LATIN.search(prose), (path, text)


def test_sample_bodies_say_that_they_are_samples() -> None:
    sample = load()
    real = {host.zh for host in sample.edition.hosts}
    bodies = [(speaker.body_zh, speaker.body_en) for speaker in sample.speakers]
    bodies += [(stand.body_zh, stand.body_en) for one in sample.exhibitions for stand in one.stands]
    bodies += [(h.zh, h.en) for session in sample.sessions for h in session.hosts if h.zh not in real]
    assert [body for body in bodies if not body[0].endswith("（示例）")] == []
    assert [body for body in bodies if not body[1].endswith(" (sample)")] == []


def test_texts_fit_the_columns_that_hold_them() -> None:
    for path, _, text in texts(load().sessions):
        if "summary" not in path:
            assert len(text) <= 200, (path, text)


def test_pages_say_the_same_in_both_languages() -> None:
    sample = load()
    for page in (*sample.pages, sample.notice, sample.accessibility, sample.contact):
        headings = [len(re.findall(r"^## ", text, re.MULTILINE)) for text in (page.text_zh, page.text_en)]
        rows = [len(re.findall(r"^\|", text, re.MULTILINE)) for text in (page.text_zh, page.text_en)]
        mails = [sorted(set(re.findall(r"[\w.]+@[\w.-]+", text))) for text in (page.text_zh, page.text_en)]
        assert headings[0] == headings[1], page.code
        assert rows[0] == rows[1], page.code
        assert mails[0] == mails[1], page.code
        assert all(mail.endswith(".example") for mail in mails[0]), page.code
    assert sample.notice_version == 1
    assert "第1版" in sample.notice.text_zh
    assert "Version 1" in sample.notice.text_en
