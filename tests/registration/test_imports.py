"""Importing a table: all rows or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.registration.cast import actions, forum, mails, organiser, traces
from wcd.core.errors import Refusal
from wcd.registration import imports, lists, queries
from wcd.registration.errors import ImportRefused
from wcd.registration.lists import GuestFilter

HEAD = "native_name,latin_name,language,organisation_zh,organisation_en,email,telephone,country,category"
ROWS = [
    "欧阳靖霖,Ouyang Jinglin,zh,滨江城市研究院,,jinglin@riverside.example,+86 138 0000 0000,CN,",
    ",Amina Odhiambo,en,,Lakeside Network,office@lakeside.example,,KE,delegate",
    "مريم الهاشمي,Maryam Al-Hashimi,,,,office@lakeside.example,,AE,press",
]


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *rows]).encode()


async def open_forum():
    edition = await forum()
    await make.category(edition.id, "press")
    return edition


async def test_every_row_becomes_a_guest(db, clock):
    edition = await open_forum()
    done = await imports.import_guests(edition.id, table(*ROWS), by=organiser(edition.id))
    assert (done.guests, done.left_out) == (3, [])
    files = [await queries.get_guest(one) for one in done.ids]
    assert [
        (one.number, one.state, one.native_name, one.latin_name, one.language, one.category.code)
        for one in files
    ] == [
        (1, "submitted", "欧阳靖霖", "Ouyang Jinglin", "zh", "delegate"),
        (2, "submitted", "Amina Odhiambo", "Amina Odhiambo", "en", "delegate"),
        (3, "submitted", "مريم الهاشمي", "Maryam Al-Hashimi", "en", "press"),
    ]
    assert await mails(done.ids[0]) == []
    assert await actions(done.ids[0]) == ["guest.imported"]
    assert (await lists.list_guests(edition.id, GuestFilter(q="oyjl"), lists.Slice())).total == 1


async def test_approved_at_once_with_codes_and_letters(db, clock):
    edition = await open_forum()
    done = await imports.import_guests(edition.id, table(*ROWS), approve=True, by=organiser(edition.id))
    files = [await queries.get_guest(one) for one in done.ids]
    assert {(one.state, len(one.code)) for one in files} == {("approved", 26)}
    assert [await mails(one) for one in done.ids] == [["approved"]] * 3


async def test_a_dry_run_writes_nothing(db, clock):
    edition = await open_forum()
    before = await traces()
    assert (
        await imports.import_guests(edition.id, table(*ROWS), dry_run=True, by=organiser(edition.id))
    ).guests == 3
    assert await traces() == before


async def test_one_wrong_row_refuses_all_and_every_finding_is_named(db, clock):
    edition = await open_forum()
    before = await traces()
    wrong = [
        ROWS[0],
        ",,fr,,,office@lakeside,12,XX,king",
        f"{'长' * 201},欧阳,zh,,,a@b.example,,,",
    ]
    with pytest.raises(ImportRefused) as refusal:
        await imports.import_guests(edition.id, table(*wrong), approve=True, by=organiser(edition.id))
    assert [(one.row, one.column) for one in refusal.value.findings] == [
        (3, "native_name"), (3, "language"), (3, "email"), (3, "telephone"), (3, "country"), (3, "category"),
        (4, "native_name"), (4, "latin_name"),
    ]  # fmt: skip
    assert await traces() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t"])
def test_encodings_and_signs(encoding, sign):
    text = "\n".join([HEAD, ROWS[0].replace("靖霖", "𬱖䶮")]).replace(",", sign)
    assert imports.read_table(text.encode(encoding)).rows[0][1]["native_name"] == "欧阳𬱖䶮"


def test_private_use_characters_of_gb18030_become_the_standard_ones():
    content = HEAD.encode() + b"\n\xfe\x59\xfe\x9f,Yan,zh,,,a@b.example,,,"
    assert imports.read_table(content).rows[0][1]["native_name"] == "\u9fb4\u4dae"


def test_unknown_columns_are_named_and_left_out():
    read = imports.read_table(b"Email,Shoe size,native name\na@b.example,43,Li\n\n , \n")
    assert read.left_out == ["shoe_size"]
    assert [(number, cells["email"], cells["native_name"]) for number, cells in read.rows] == [
        (2, "a@b.example", "Li")
    ]


def test_a_quoted_cell_may_hold_line_ends_and_the_row_is_counted_in_lines():
    read = imports.read_table(b'email,organisation_en\na@b.example,"Two\nlines"\nc@d.example,One\n')
    assert [(number, cells["organisation_en"]) for number, cells in read.rows] == [
        (2, "Two lines"),
        (4, "One"),
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", (1, "email")),
        (b"name\nLi", (1, "email")),
        (b"email\n", (2, "")),
        (b"email,email\na@b.example,", (1, "email")),
        (b"email\na@b.example,too,many", (2, "")),
        (b'email\n"a@b.example', (2, "")),
        (b"email\n\xff\xff\xff", (1, "")),
        (b"email\n" + b"a@b.example\n" * 20_001, (20_002, "")),
    ],
)
def test_what_is_no_table(content, place):
    with pytest.raises(ImportRefused) as refusal:
        imports.read_table(content)
    assert (refusal.value.findings[0].row, refusal.value.findings[0].column) == place


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    try:
        read = imports.read_table(b"email,native_name\n" + content)
        for number, cells in read.rows:
            list(imports.check_row(number, cells, {"delegate"}))
    except Refusal:
        pass
