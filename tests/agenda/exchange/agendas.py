"""Agendas as plain values, with everything in them that formats stumble over."""

from datetime import date, datetime
from uuid import UUID

from wcd.agenda.exchange.files import (
    AgendaFile,
    EditionFacts,
    HostEntry,
    ItemEntry,
    PartEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    SubjectEntry,
    VenueEntry,
)

AWKWARD = {
    "formula": "=1+1",
    "at": "@SUM(A1:A9)",
    "plus": "+86 21 5000",
    "minus": "-2 degrees",
    "lines": "first line\n\nthird line",
    "cdata": "<![CDATA[ a ]]> & <b>bold</b> ?> <?php",
    "quotes": "\"quoted\", 'single'; semi,colon\ttab",
    "emoji": "Cities 🌆 👩‍👩‍👧 for all 🏳️‍🌈",
    "right_to_left": "المدن والمناخ — ערים",
    "escape": "_x0041_ literally, \\u0041 too",
    "long": "长" * 300,
    "entities": "&lt;b&gt; &amp;amp; &#65;",
    "number": "007",
    "error": "#N/A",
    "truth": "TRUE",
    "date": "2023-10-28",
    "han": "汉字与漢字，㐀𠮷",
}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def key(number: int, kind: int = 1) -> UUID:
    return UUID(f"0192c000-000{kind}-7000-8000-{number:012d}")


def venue(**values) -> VenueEntry:
    names = {"name_zh": "滨江会议中心", "name_en": "Riverside Centre"}
    return VenueEntry(
        **{"id": key(1, 5), "code": "riverside", "key": "riverside", **names, **values}
    ).says_all()


def room(code: str = "jianghai", **values) -> RoomEntry:
    names = {"name_zh": "江海厅", "name_en": "Jianghai Hall", "floor_zh": "三楼", "floor_en": "Level 3"}
    defaults = {"id": key(len(code), 4), "code": code, "key": code, "venue": "riverside", "capacity": 400}
    return RoomEntry(**{**defaults, **names, **values}).says_all()


def speaker(code: str = "chen-wangshu", number: int = 1, **values) -> SpeakerEntry:
    names = {"native_name": "陈望舒", "latin_name": "Chen Wangshu"}
    more = {
        "post_zh": "院长",
        "post_en": "Director",
        "body_zh": "研究院",
        "body_en": "Institute",
        "country": "CN",
    }
    return SpeakerEntry(
        **{"id": key(number, 3), "code": code, "key": code, **names, **more, **values}
    ).says_all()


def session(code: str, number: int, starts: str | None = "2023-10-28T01:00+00:00", **values) -> SessionEntry:
    begins = moment(starts) if starts else None
    ends = moment(values.pop("ends")) if "ends" in values else begins and begins.replace(hour=begins.hour + 1)
    defaults = {
        "id": key(number), "code": code, "key": code, "kind": "forum",
        "state": "confirmed" if begins else "planned",
        "title_zh": f"第{number}场", "title_en": f"Session {number}", "room": "jianghai",
        "minutes": 60,
    }  # fmt: skip
    return SessionEntry(**{**defaults, "starts_at": begins, "ends_at": ends, **values}).says_all()


def agenda(*sessions: SessionEntry, **values) -> AgendaFile:
    facts = EditionFacts(
        code="wcd-test",
        name_zh="世界城市日（测试）",
        name_en="World Cities Day (test)",
        first_day=date(2023, 10, 28),
        last_day=date(2023, 10, 31),
        zone="Asia/Shanghai",
        place_zh="上海",
        place_en="Shanghai",
    )
    whole = {
        "edition": facts,
        "venues": [venue()],
        "rooms": [room(), room("pujiang", name_zh="浦江厅", name_en="Pujiang Hall", capacity=120)],
        "subjects": [SubjectEntry(id=key(1, 6), code="finance", key="finance", name_zh="融资", name_en="Finance").says_all()],
        "hosts": [
            HostEntry(id=key(1, 2), code="un-habitat", key="un-habitat", name_zh="人居署", name_en="UN-Habitat").says_all(),
            HostEntry(id=key(2, 2), code="city", key="city", name_zh="上海市人民政府", name_en="").says_all(),
        ],
        "speakers": [speaker(), speaker("mokoena", 2, native_name="Thandeka Mokoena", latin_name="Thandeka Mokoena")],
        "sessions": list(sessions),
    }  # fmt: skip
    return AgendaFile(**{**whole, **values})


def awkward_agenda() -> AgendaFile:
    """Every awkward text in every text field, and each odd shape of session once."""
    odd = [
        session(f"odd-{name.replace('_', '-')}", number, title_zh=text, title_en=f"{text}"[:300], summary_zh=text,
                summary_en=f"{text} ", meeting_point_en=text[:200])
        for number, (name, text) in enumerate(AWKWARD.items(), 100)
    ]  # fmt: skip
    for one in odd:
        one.summary_en = one.summary_en.strip()
    whole = [
        session(
            "opening", 1, kind="ceremony", seats=400, booking="category", categories=["vip", "delegate"],
            languages=["zh", "en"], interpretation=["en"], sdgs=[1, 11], subjects=["finance"],
            hosts=["city", "un-habitat"], notes="=HYPERLINK(1)", layout="theatre",
            items=[
                ItemEntry(kind="video", title_zh="短片", title_en="Film", minutes=6),
                ItemEntry(kind="address", title_zh="=致辞", title_en="Addresses\nof the hosts", minutes=24),
                ItemEntry(kind="speech", title_zh="", title_en="Keynote", minutes=30),
            ],
            people=[
                PartEntry(speaker="chen-wangshu", role="moderator"),
                PartEntry(speaker="chen-wangshu", role="address", item=1),
                PartEntry(speaker="mokoena", role="speaker", item=2),
            ],
        ),
        session("called-off", 2, state="called_off", room="pujiang"),
        session("only-chinese", 3, title_en="", summary_zh="简介", summary_en=""),
        session("only-english", 4, title_zh="", summary_en="Summary"),
        session("dinner", 5, "2023-10-28T14:00+00:00", ends="2023-10-28T17:30+00:00", kind="meal", room=""),
        session("night", 6, "2023-10-28T18:30+00:00", ends="2023-10-28T19:15+00:00", kind="tour", room="",
                meeting_point_zh="东门", meeting_point_en="East gate"),
        session("seconds", 7, "2023-10-29T02:00:30+00:00", ends="2023-10-29T03:00:45+00:00", seats=0),
        session("idea", 8, None, state="idea", room="", minutes=45),
        session("waiting", 9, None, people=[PartEntry(speaker="mokoena", role="discussant")]),
    ]  # fmt: skip
    people = [
        speaker(biography_zh="简历", biography_en="=Biography"),
        speaker("mokoena", 2, native_name="Thandeka Mokoena", latin_name="Thandeka Mokoena", country="ZA"),
        speaker("silent", 3, native_name="محمد", latin_name="", post_zh="", post_en="", biography_en="a\nb"),
    ]
    return agenda(*whole, *odd, speakers=people)
