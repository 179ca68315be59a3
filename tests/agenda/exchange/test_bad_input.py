import io
import json
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from tests.agenda.exchange.agendas import agenda, awkward_agenda, session
from tests.agenda.exchange.foreign import PENTABARF, pretalx_json, pretalx_xml
from tests.agenda.exchange.house import BASE, bring_in, empty_edition, house_of, preview, traces
from wcd.actors.actors import system
from wcd.agenda.exchange.findings import FileRefused
from wcd.agenda.exchange.frab_json import schedule_json
from wcd.agenda.exchange.frab_xml import schedule_xml
from wcd.agenda.exchange.own_json import agenda_json
from wcd.agenda.exchange.queries import gather_working
from wcd.agenda.exchange.reading import MOST_BYTES
from wcd.agenda.exchange.xlsx_writer import agenda_xlsx
from wcd.core.i18n import use_locale
from wcd.registration.agenda_imports import apply_import, read_file

HEAD = "code,title_en,state,date,starts,ends,room,seats,languages,sdgs,hosts,subjects,kind"


@pytest.fixture(autouse=True)
def english():
    with use_locale("en"):
        yield


@pytest.fixture
async def edition(db, clock):
    return await empty_edition()


async def findings(edition, content, **options) -> list[tuple]:
    """Sheet, row, column and sentence of each finding; nothing is stored, also when asked to apply."""
    before = await traces()
    plan = await preview(edition, content, **options)
    file = await read_file(edition, content)
    with pytest.raises(FileRefused):
        await apply_import(edition, file, seen=plan.fingerprint, by=system("tests"), **options)
    after = await traces()
    assert after[:-1] == before[:-1]
    return [(one.sheet, one.row, one.column.split(" / ")[-1], str(one.says)) for one in plan.findings]


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("a,A,planned,2023-10-28,22:00,00:30,,,,,,,", "Ends", "not after the start"),
        ("a,A,planned,2023-10-28,10:00,09:00,,,,,,,", "Ends", "not after the start"),
        ("a,A,planned,2023-10-28,10:00,2023-10-30 09:00,,,,,,,", "Ends", "24 hours"),
        ("a,A,planned,28.10.2023,10:00,11:00,,,,,,,", "Date", "is no date"),
        ("a,A,planned,10/11/2023,10:00,11:00,,,,,,,", "Date", "is no date"),
        ("a,A,planned,2023-02-30,10:00,11:00,,,,,,,", "Date", "is no date"),
        ("a,A,planned,0001-01-01,10:00,11:00,,,,,,,", "Date", "cannot be meant"),
        ("a,A,planned,2023-10-28,ten,11:00,,,,,,,", "Starts", "is no time"),
        ("a,A,planned,2023-10-28,,11:00,,,,,,,", "Starts", "needs a date, a start and an end"),
        ("a,A,confirmed,,,,,,,,,,", "State", "without a time"),
        ("a,A,perhaps,,,,,,,,,,", "State", "none of the possible values"),
        (f"a,{'x' * 10_000},planned,,,,,,,,,,", "Title in English", "10000 characters, 300 at most"),
        ("a,,planned,,,,,,,,,,", "Title in Chinese", "at least one language"),
        ("a,A,planned,,,,Atlantis,,,,,,", "Room", "no room “Atlantis”"),
        ("a,A,planned,,,,,many,,,,,", "Seats", "no whole number"),
        ("a,A,planned,,,,,-5,,,,,", "Seats", "between 0 and"),
        ("a,A,planned,,,,,99999999999,,,,,", "Seats", "no whole number"),
        ("a,A,planned,,,,,,xx,,,,", "Languages", "none of the possible values"),
        ("a,A,planned,,,,,,,18,,,", "SDGs", "between 1 and 17"),
        ("a,A,planned,,,,,,,,Nobody,,", "Hosts", "no host “Nobody”"),
        ("a,A,planned,,,,,,,,,alchemy,", "Subjects", "no subject “alchemy”"),
        ("a,A,planned,,,,,,,,,,party", "Kind", "none of the possible values"),
        ("ä b,A,planned,,,,,,,,,,", "Code", "small letters, figures and hyphens"),
        ("a,A\x07,planned,,,,,,,,,,", "Title in English", "cannot be stored"),
        ("a,A" + "\u0301" * 40 + ",planned,,,,,,,,,,", "Title in English", "cannot be stored"),
        ("a,A,planned,,,,,,,,,,,,,more", "", "more cells than the head"),
    ],
)  # fmt: skip
async def test_a_cell_that_does_not_hold_is_named(edition, row, column, says):
    found = await findings(edition, table("good,Good,planned,,,,,,,,,,", row))
    assert [one[:3] for one in found] == [("", 3, column)]
    assert says in found[0][3]


async def test_every_finding_of_a_file_is_named_at_once(edition):
    found = await findings(
        edition, table("a,A,planned,2023-10-28,10:00,09:00,Atlantis,many,,,,,", "a,B,planned,,,,,,,,,,")
    )
    assert [one[:3] for one in found] == [
        (("", 2, "Seats")),
        ("", 2, "Ends"),
        ("", 3, "Code"),
        ("", 2, "Room"),
    ]


async def test_clocks_that_are_changed(edition):
    winter = await empty_edition(code="wcd-berlin", zone="Europe/Berlin", is_current=False)
    put_back, put_forward = "2023-10-29,02:30,03:30", "2024-03-31,02:30,03:30"
    found = await findings(
        winter, table(f"a,A,planned,{put_back},,,,,,,", f"b,B,planned,{put_forward},,,,,,,")
    )
    assert [(row, column) for _sheet, row, column, _says in found] == [(2, "Starts"), (3, "Starts")]
    assert "shows this time twice" in found[0][3].replace("Clocks show", "shows")
    assert "put forward" in found[1][3]
    row = "a,A,planned,2023-10-29,2023-10-29T02:30+01:00,2023-10-29T03:00,,,,,,,"
    await bring_in(winter, table(row))
    [stored] = (await gather_working(winter)).sessions
    assert stored.starts_at == datetime.fromisoformat("2023-10-29T02:30+01:00")
    assert stored.ends_at == datetime.fromisoformat("2023-10-29T03:00+01:00")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
async def test_tables_are_read_in_every_usual_encoding(edition, encoding):
    text = "代码,中文标题,英文标题,状态\ncities,城市更新：𠮷与㐀,Urban renewal,计划中\n"
    await bring_in(edition, text.encode(encoding))
    [stored] = (await gather_working(edition)).sessions
    assert (stored.title_zh, stored.title_en, stored.state) == (
        "城市更新：𠮷与㐀",
        "Urban renewal",
        "planned",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "neither a workbook nor text"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old kind"),
        (b"PK\x03\x04 not a workbook", "damaged"),
        (b"hello, world", "none of them is known"),
        (b'code,title_en\n"a,b', "quotation mark is not closed"),
        (b"code,title_en\n", "has no rows"),
        (b"code,code,title_en\na,b,c\n", "named twice"),
        (b"code,title_en,date,starts\na,b,2023-10-28,10:00\n", "needs the columns date, starts and ends"),
        (b"x" * (MOST_BYTES + 1), "larger than 20 MB"),
        (b"{", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"[1, 2]", "neither a schedule nor an agenda"),
        (b'{"schedule": {"conference": 1}}', "neither a schedule nor an agenda"),
        (b'{"schedule": {"conference": {"days": [{"rooms": 3}]}}}', "has no events"),
        (b'{"format": "wcd-agenda", "version": 2}', "newer version"),
        (b"<html><body/></html>", "is no schedule"),
        (b"<schedule><day>", "no well-formed XML"),
        (b"<schedule/>", "has no events"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "calendar cannot be read"),
    ],
)  # fmt: skip
async def test_a_file_that_is_none_of_ours_says_so(edition, content, says):
    found = await findings(edition, content)
    assert len(found) == 1
    assert says in found[0][3]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE s [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE s [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE s SYSTEM "http://169.254.169.254/evil.dtd">',
        '<!DOCTYPE s [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
async def test_xml_with_entities_is_not_read(edition, declared):
    evil = PENTABARF.replace("?>", "?>" + declared, 1).replace("Twenty years", "&l9;&file;")
    found = await findings(edition, evil.encode())
    assert [one[3] for one in found] == ["The file declares a document type or entities. It is not read."]


def _schedule(*changes: tuple[str, str]) -> bytes:
    text = pretalx_xml(2).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


@pytest.mark.parametrize(
    ("old", "new", "column", "says"),
    [
        ("<duration>00:30", "<duration>soon", "duration", "is no duration"),
        ("<duration>00:30", "<duration>00:00", "duration", "is no duration"),
        ("<duration>00:30", "<duration>99:30", "Ends", "24 hours"),
        ("<date>2023-10-28T09:00:00+02:00", "<date>yesterday", "", ""),
        ("<title>Talk 0: roofs &amp; rain &lt;0&gt;", "<title>", "title", "no title"),
        ("<title>Talk 0", "<title>" + "x" * 10_000, "Title in English", "300 at most"),
        ("<room>Hall A</room>", "<room>Hall Z</room>", "room", "says “Hall Z”"),
        ("id='1001'", "id='1000'", "guid", "same number or guid"),
        (">Speaker Number1<", "><", "person", "has no name"),
    ],
)
async def test_events_that_do_not_hold_are_named_with_their_line(edition, old, new, column, says):
    content = _schedule((old, new))
    if not says:  # the start beside it can still be read
        assert (await preview(edition, content)).findings == []
        return
    found = await findings(edition, content)
    assert {one[2] for one in found} == {column}
    assert says in found[0][3]
    assert found[0][1] in {9, 13}


async def test_own_json_with_wrong_kinds_of_values(edition):
    whole = json.loads(agenda_json(agenda(session("a", 1), session("b", 2))))
    whole["sessions"][0] |= {"seats": "many", "title_zh": ["x"], "items": [{"kind": 3}], "sdgs": {"a": 1}}
    whole["sessions"][1] |= {
        "people": [{"speaker": "ghost"}],
        "room": "ghost",
        "hosts": ["ghost"],
        "seats": -1,
    }
    whole["speakers"] = "nobody"
    whole["sessions"].append(7)
    found = await findings(edition, json.dumps(whole).encode())
    assert {(sheet, row, column) for sheet, row, column, _says in found} == {
        ("sessions", 1, "title_zh"), ("sessions", 1, "seats"), ("sessions", 1, "items"), ("sessions", 1, "sdgs"),
        ("sessions", 3, ""), ("speakers", 0, ""), ("sessions", 2, "Seats"), ("sessions", 2, "Room"),
        ("sessions", 2, "Hosts"), ("sessions", 2, "People"),
    }  # fmt: skip


async def test_surrogates_and_nul_in_json_are_findings(edition):
    text = pretalx_json(1).decode().replace("Abstract 0.", "Abstract \\ud800 \\u0000")
    assert await findings(edition, text.encode())


async def test_halls_that_are_parts_of_each_other(edition):
    whole = json.loads(agenda_json(agenda()))
    whole["rooms"][0]["whole"], whole["rooms"][1]["whole"] = "pujiang", "jianghai"
    found = await findings(edition, json.dumps(whole).encode())
    assert {one[2] for one in found} == {"Part of hall"}


async def test_sessions_that_guests_see_cannot_become_plans_again(db, clock):
    from wcd.cli.demo import load  # noqa: PLC0415
    from wcd.editions.queries import edition_by_code  # noqa: PLC0415

    await load(guests=False)
    edition = (await edition_by_code("wcd-2023")).id
    found = await findings(edition, b"code,state\nopening,planned\n")
    assert [one[:3] for one in found] == [("", 2, "State")]


def workbook(change) -> bytes:
    book = load_workbook(io.BytesIO(agenda_xlsx(awkward_agenda())))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _set(sheet: str, cell: str, value: object):
    def change(book):
        book[sheet][cell] = value

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_set("Sessions 场次", "E2", "=CONCATENATE(1,2)"), ("Sessions 场次", 2, "Title in English", "formula")),
        (_set("Sessions 场次", "G2", "=NOW()"), ("Sessions 场次", 2, "Starts", "formula")),
        (_set("Sessions 场次", "F2", "28 October"), ("Sessions 场次", 2, "Date", "is no date")),
        (_set("Sessions 场次", "J2", "nowhere"), ("Sessions 场次", 2, "Room", "no room")),
        (_set("Items 环节", "A2", "nothing"), ("Items 环节", 2, "Session code", "no session with the code")),
        (_set("Items 环节", "B3", 7), ("Items 环节", 3, "Number", "numbered 1, 2, 3")),
        (_set("People 出席人员", "B3", 9), ("People 出席人员", 3, "Item number", "no item 9")),
        (_set("People 出席人员", "C2", "ghost"), ("Sessions 场次", 2, "People", "nobody called")),
        (_set("Speakers 人员", "A3", "chen-wangshu"), ("Speakers 人员", 3, "Code", "stands here already")),
        (_set("Speakers 人员", "H2", "CHINA"), ("Speakers 人员", 2, "Country or region", "5 characters, 2 at most")),
        (lambda book: book["Sessions 场次"].merge_cells("D2:E2"), ("Sessions 场次", 0, "", "D2:E2 are merged")),
        (lambda book: setattr(book["Speakers 人员"], "sheet_state", "hidden"), ("Speakers 人员", 0, "", "is hidden")),
        (lambda book: setattr(book["Sessions 场次"], "sheet_state", "veryHidden"), ("Sessions 场次", 0, "", "is hidden")),
        (lambda book: book.remove(book["Sessions 场次"]), ("", 0, "", "no sheet “Sessions”")),
        (lambda book: book["Sessions 场次"].delete_rows(1), ("Sessions 场次", 1, "", "none of them is known")),
    ],
)  # fmt: skip
async def test_workbooks(edition, change, expected):
    found = await findings(edition, workbook(change))
    sheet, row, column, says = expected
    assert any(one[:3] == (sheet, row, column) and says in one[3] for one in found), found


async def test_hidden_sheets_of_others_are_passed_over_and_said(edition):
    def change(book):
        book.create_sheet("Budget").sheet_state = "hidden"

    plan = await preview(edition, workbook(change))
    assert plan.findings == []
    assert [(one.sheet, str(one.says)) for one in plan.notes] == [
        ("Budget", "This hidden sheet is not read.")
    ]


async def test_workbooks_that_would_fill_the_memory(edition):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(80 * 1024 * 1024))
    assert len(bomb.getvalue()) < 200_000
    assert "larger than 64 MB" in (await findings(edition, bomb.getvalue()))[0][3]
    many = Workbook(write_only=True)
    sheet = many.create_sheet("Sessions")
    sheet.append(["code", "title_en"])
    for number in range(5_200):
        sheet.append([f"s{number}", "x"])
    file = io.BytesIO()
    many.save(file)
    assert "more than 5,000 rows" in (await findings(edition, file.getvalue()))[0][3]


async def test_workbooks_with_macros_or_entities(edition):
    for name, content, says in (
        ("xl/vbaProject.bin", b"x", "holds macros"),
        ("xl/evil.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "declares entities"),
    ):
        file = io.BytesIO(agenda_xlsx(agenda()))
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, content)
        assert says in (await findings(edition, file.getvalue()))[0][3]


async def test_a_damaged_workbook(edition):
    whole = agenda_xlsx(awkward_agenda())
    for cut in (len(whole) // 2, len(whole) - 30):
        assert "damaged" in (await findings(edition, whole[:cut]))[0][3]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for broken in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content[: len(content) // 2] if name == broken else content)
        assert await findings(edition, file.getvalue())


async def test_more_findings_than_anybody_reads_are_counted(edition):
    rows = [f"s{n},T,never,,,,,,,,,," for n in range(900)]
    plan = await preview(edition, table(*rows))
    assert (len(plan.findings), plan.more) == (300, 600)


async def test_what_was_edited_in_an_app_counts(db, clock):
    edition = await house_of(awkward_agenda())
    text = schedule_xml(await gather_working(edition), base_url=BASE, locale="en").decode()
    for old, new in (
        ("<title>Session 1<", "<title>Session one<"),
        (
            "<duration>01:00</duration>\n        <room>Jianghai Hall",
            "<duration>01:15</duration>\n        <room>Jianghai Hall",
        ),
        ("<room>Pujiang Hall</room>", "<room>Jianghai Hall</room>"),
        ('<room name="Pujiang Hall">', '<room name="Jianghai Hall">'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    plan = await preview(edition, text.encode())
    changes = {(step.code, change.field, change.after) for step in plan.steps for change in step.changes}
    assert ("opening", "title_en", "Session one") in changes
    assert ("odd-at", "ends_at", "2023-10-28 10:15") in changes
    assert ("called-off", "room", "jianghai") in changes
    assert len(changes) == 3


@pytest.mark.parametrize(
    ("times", "says"),
    [
        (
            {"starts_at": "9999-12-31T23:59:59-12:00", "ends_at": "9999-12-31T23:59:59-12:00"},
            "cannot be meant",
        ),
        ({"starts_at": None}, "needs a date, a start and an end"),
        ({"starts_at": "2023-10-28T09:00:00"}, "needs its offset"),
        ({"ends_at": "2023-10-28T08:00:00+08:00"}, "not after the start"),
    ],
)
async def test_moments_that_cannot_be(edition, times, says):
    whole = json.loads(agenda_json(agenda(session("a", 1))))
    whole["sessions"][0] |= times
    found = await findings(edition, json.dumps(whole).encode())
    assert len(found) == 1
    assert says in found[0][3]


@pytest.mark.parametrize("locale", ["\0", "../zh", ["en"], {"a": 1}, None])
async def test_what_a_file_says_of_its_language_and_zone_is_not_believed(edition, locale):
    whole = json.loads(schedule_json(agenda(session("a", 1)), base_url=BASE, locale="en"))
    whole["schedule"]["x_wcd"] |= {"locale": locale}
    whole["schedule"]["x_wcd"]["edition"]["zone"] = "\0"
    assert (await preview(edition, json.dumps(whole).encode())).findings == []
