"""The list of guests, deciding on many, one guest, export."""

import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from tests import make
from tests.browser_like import FORM, Visitor
from wcd.actors.tables import AuditEntry
from wcd.mail.tables import Mail
from wcd.registration.tables import Code, Guest
from wcd.reports.guests import plain

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}
DETAILS = {
    "native_name": "欧阳靖霖", "latin_name": "Ouyang Jinglin", "organisation_zh": "滨江城市研究院（示例）", "organisation_en": "",
    "post": "院长", "country": "CN", "email": "ouyang@guests.example", "telephone": "+86 138 0000 0000", "language": "zh",
}  # fmt: skip


async def state_of(guest: UUID) -> str:
    return str((await Guest.select(Guest.state).where(Guest.id == guest))[0]["state"])


async def test_list_finds_by_pinyin_and_says_how_many(as_staff: AsStaff) -> None:
    edition = await make.edition()
    await make.guest(edition)
    await make.guest(edition, native_name="陈望舒", latin_name="Chen Wangshu", state="submitted")
    visitor = await as_staff("reader")
    text = (await visitor.get("/organiser/guests?q=wangshu", headers=ENGLISH)).text
    assert "陈望舒" in text
    assert "欧阳靖霖" not in text
    waiting = (await visitor.get("/organiser/guests?state=submitted", headers=ENGLISH)).text
    assert ("陈望舒" in waiting, "欧阳靖霖" in waiting) == (True, False)


async def test_part_for_scripts_is_the_list_alone(as_staff: AsStaff) -> None:
    edition = await make.edition()
    await make.guest(edition)
    visitor = await as_staff("reader")
    part = (await visitor.get("/organiser/guests", headers={"hx-request": "true"})).text
    assert "<html" not in part
    assert 'id="guests"' in part
    assert "欧阳靖霖" in part


async def test_as_many_queries_for_three_as_for_one(as_staff: AsStaff, count_queries: Any) -> None:
    edition = await make.edition()
    await make.guest(edition)
    visitor = await as_staff("organiser")
    before = count_queries()
    await visitor.get("/organiser/guests")
    one = count_queries() - before
    for n in range(2):
        await make.guest(edition, native_name=f"嘉宾{n}")
    before = count_queries()
    await visitor.get("/organiser/guests")
    assert count_queries() - before == one


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=99999999999",
        "size=7",
        "sort=drop",
        "state=king",
        "category=%00",
        "q=%25%25",
        "delegation=x",
        "country=ZZ",
        "q=" + "x" * 5000,
    ],
)
async def test_odd_addresses_are_no_accident(as_staff: AsStaff, query: str) -> None:
    await make.edition()
    visitor = await as_staff("reader")
    assert (await visitor.get(f"/organiser/guests?{query}")).status_code == 200


async def test_approving_many_asks_first_and_says_numbers(as_staff: AsStaff) -> None:
    edition = await make.edition()
    bo = await make.guest(edition, native_name="薄明远", state="submitted")
    cy = await make.guest(edition, native_name="岑若溪", state="returned")
    ada = await make.guest(edition, native_name="安达")
    visitor = await as_staff("approver")
    asked = await visitor.send_form(
        "/organiser/guests/decide?state=submitted",
        {
            "move": "approve",
            "pick": [str(bo), str(cy), str(ada)],
            "back": "/organiser/guests?state=submitted",
        },
        **ENGLISH,
    )
    assert "Approve 2 guests?" in asked.text
    assert "Approve and tell 2 guests" in asked.text
    assert "安达" in asked.text
    assert [await state_of(one) for one in (bo, cy)] == ["submitted", "returned"]
    done = await visitor.send_form(
        "/organiser/guests/decided",
        {"move": "approve", "ids": f"{bo},{cy}", "back": "/organiser/guests?state=submitted"},
    )
    assert (done.status_code, done.headers["location"]) == (303, "/organiser/guests?state=submitted")
    assert [await state_of(one) for one in (bo, cy)] == ["approved", "approved"]
    assert await Code.count().where(Code.guest.is_in([bo, cy])) == 2
    assert await Mail.count().where(Mail.kind == "approved") == 2
    assert await AuditEntry.count().where(AuditEntry.action == "guest.approved") == 2


async def test_deciding_twice_says_who_could_not_be(as_staff: AsStaff) -> None:
    edition = await make.edition()
    bo = await make.guest(edition, native_name="薄明远", state="submitted")
    visitor = await as_staff("approver")
    fields = {"move": "approve", "ids": str(bo)}
    await visitor.send_form("/organiser/guests/decided", fields)
    again = await visitor.send_form("/organiser/guests/decided", fields, **ENGLISH)
    assert again.status_code == 200
    assert "薄明远" in again.text
    assert await Mail.count().where(Mail.kind == "approved") == 1


async def test_two_who_decide_differently_at_once(as_staff: AsStaff) -> None:
    edition = await make.edition()
    bo = await make.guest(edition, native_name="薄明远", state="submitted")
    visitor = await as_staff("approver")
    asked = await visitor.send_form("/organiser/guests/decide", {"move": "decline", "pick": str(bo)})
    assert 'name="seen" value="submitted"' in asked.text
    as_seen = {"ids": str(bo), "seen": "submitted"}
    await visitor.send_form("/organiser/guests/decided", {"move": "approve", **as_seen})
    late = await visitor.send_form("/organiser/guests/decided", {"move": "decline", **as_seen}, **ENGLISH)
    assert (late.status_code, await state_of(bo)) == (200, "approved")
    assert "薄明远" in late.text
    assert await Mail.count().where(Mail.kind == "declined") == 0


async def test_everybody_of_the_filter_may_be_chosen(as_staff: AsStaff) -> None:
    edition = await make.edition()
    for n in range(3):
        await make.guest(edition, native_name=f"嘉宾{n}", state="submitted")
    await make.guest(edition, state="returned")
    visitor = await as_staff("approver")
    asked = await visitor.send_form(
        "/organiser/guests/decide?state=submitted", {"move": "decline", "all": "1"}, **ENGLISH
    )
    assert "Decline 3 guests?" in asked.text


async def test_returning_needs_a_question(as_staff: AsStaff) -> None:
    edition = await make.edition()
    bo = await make.guest(edition, state="submitted")
    visitor = await as_staff("approver")
    empty = await visitor.send_form(
        "/organiser/guests/decided", {"move": "return", "ids": str(bo), "text": " "}
    )
    assert (empty.status_code, await state_of(bo)) == (422, "submitted")
    await visitor.send_form(
        "/organiser/guests/decided", {"move": "return", "ids": str(bo), "text": "请补充记者证。"}
    )
    assert await state_of(bo) == "returned"
    assert "请补充记者证。" in (await visitor.get(f"/organiser/guests/{bo}")).text


@pytest.mark.parametrize("fields", [{}, {"pick": "nonsense"}, {"pick": "", "move": "king"}])
async def test_choosing_nobody_leads_back(as_staff: AsStaff, fields: dict[str, str]) -> None:
    await make.edition()
    visitor = await as_staff("approver")
    answer = await visitor.send_form("/organiser/guests/decide", {**fields, "back": "https://evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/organiser/guests")


async def test_lapsed_token_decides_nothing_and_keeps_the_text(as_staff: AsStaff) -> None:
    edition = await make.edition()
    bo = await make.guest(edition, state="submitted")
    visitor = await as_staff("approver")
    answer = await visitor.post(
        "/organiser/guests/decided", content=f"move=return&ids={bo}&text=Press+card", headers=FORM
    )
    assert answer.status_code == 422
    assert "Press card" in answer.text
    assert await state_of(bo) == "submitted"


async def test_export_is_the_list_and_no_formula(as_staff: AsStaff) -> None:
    edition = await make.edition()
    await make.guest(
        edition,
        native_name="=HYPERLINK(1)",
        latin_name="@sum",
        organisation_en="-2+3",
        post="\tx",
        organisation_zh="+86",
    )
    await make.guest(edition, native_name="陈望舒", state="submitted")
    visitor = await as_staff("organiser")
    answer = await visitor.get("/organiser/guests/guests.csv?state=approved", headers=ENGLISH)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"].startswith('attachment; filename="guests-wcd-test-')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    cells = [
        rows[0][name]
        for name in ("Name", "Latin name", "Organisation in English", "Organisation in Chinese", "Telephone")
    ]
    assert cells == ["'=HYPERLINK(1)", "'@sum", "'-2+3", "'+86", "'+86 138 0000 0000"]
    entry = (await AuditEntry.select().where(AuditEntry.action == "guests.exported").output(load_json=True))[
        0
    ]
    assert entry["details"] == {"rows": 1}


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", " =1", "＝1", "\n=1"])
def test_cells_that_would_run_are_text(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "欧阳", "a=b", "1-2", "x@example.org"])
def test_other_cells_stay(cell: str) -> None:
    assert plain(cell) == cell


async def test_one_guest_shows_everything_that_happened(as_staff: AsStaff) -> None:
    edition = await make.edition()
    ada = await make.guest(edition)
    session = await make.session(edition, title_zh="海绵城市与韧性安全", title_en="Sponge cities")
    await make.booking(ada, session)
    await make.mail(edition, ada)
    visitor = await as_staff("organiser")
    await visitor.send_form(f"/organiser/guests/{ada}/category", {"category": "delegate"})
    text = (await visitor.get(f"/organiser/guests/{ada}", headers=ENGLISH)).text
    for word in (
        "欧阳靖霖",
        "Ouyang Jinglin",
        "Sponge cities",
        "Registration received",
        'class="qr"',
        "Badge as PDF",
    ):
        assert word in text, word
    for tab, word in (
        ("sessions", "Sponge cities"),
        ("mails", "Registration received"),
        ("scans", "Not scanned yet"),
    ):
        assert word in (await visitor.get(f"/organiser/guests/{ada}?tab={tab}", headers=ENGLISH)).text
    assert (await visitor.get(f"/organiser/guests/{ada}?tab=king")).status_code == 404


async def test_edit_changes_and_audits_fields_only(as_staff: AsStaff) -> None:
    edition = await make.edition()
    ada = await make.guest(edition)
    visitor = await as_staff("organiser")
    form = (await visitor.get(f"/organiser/guests/{ada}/edit")).text
    assert 'name="version" value="1"' in form
    answer = await visitor.send_form(
        f"/organiser/guests/{ada}/edit", {**DETAILS, "version": "1", "state": "cancelled", "number": "1"}
    )
    assert answer.headers["location"] == f"/organiser/guests/{ada}"
    row = (await Guest.select().where(Guest.id == ada))[0]
    assert (row["post"], row["state"]) == ("院长", "approved")
    entry = (await AuditEntry.select().where(AuditEntry.action == "guest.corrected").output(load_json=True))[
        0
    ]
    assert "post" in entry["details"]["fields"]
    assert "院长" not in str(entry)


async def test_two_who_edit_are_told_with_both_versions(as_staff: AsStaff) -> None:
    edition = await make.edition()
    ada = await make.guest(edition, email="ouyang@guests.example")
    first, second = await as_staff("organiser"), await as_staff("organiser")
    await first.send_form(f"/organiser/guests/{ada}/edit", {**DETAILS, "post": "副院长", "version": "1"})
    refused = await second.send_form(
        f"/organiser/guests/{ada}/edit", {**DETAILS, "post": "所长", "version": "1"}, **ENGLISH
    )
    assert refused.status_code == 409
    assert "副院长" in refused.text
    assert 'value="所长"' in refused.text
    assert 'name="version" value="2"' in refused.text
    await second.send_form(f"/organiser/guests/{ada}/edit", {**DETAILS, "post": "所长", "version": "2"})
    assert (await Guest.select(Guest.post).where(Guest.id == ada)) == [{"post": "所长"}]


@pytest.mark.parametrize(
    "wrong", [{"email": "x"}, {"country": "XX"}, {"native_name": ""}, {"post": "x" * 300}, {"language": "fr"}]
)
async def test_wrong_details_keep_what_was_typed(as_staff: AsStaff, wrong: dict[str, str]) -> None:
    edition = await make.edition()
    ada = await make.guest(edition)
    visitor = await as_staff("organiser")
    answer = await visitor.send_form(
        f"/organiser/guests/{ada}/edit", {**DETAILS, "telephone": "+86 999 8888", "version": "1", **wrong}
    )
    assert answer.status_code == 422
    assert "+86 999 8888" in answer.text
    assert f'href="#{next(iter(wrong))}"' in answer.text


async def test_cancelling_says_numbers_and_ends_the_code(as_staff: AsStaff) -> None:
    edition = await make.edition()
    ada = await make.guest(edition)
    await make.booking(ada, await make.session(edition))
    visitor = await as_staff("organiser")
    assert (
        "1 seat or place in line"
        in (await visitor.get(f"/organiser/guests/{ada}/cancel", headers=ENGLISH)).text
    )
    await visitor.send_form(f"/organiser/guests/{ada}/cancel")
    assert await state_of(ada) == "cancelled"
    assert await Code.count().where(Code.revoked_at.is_null()) == 0


async def test_replaced_code_is_another(as_staff: AsStaff) -> None:
    edition = await make.edition()
    ada = await make.guest(edition)
    old = (await Code.select(Code.code))[0]["code"]
    visitor = await as_staff("organiser")
    await visitor.send_form(f"/organiser/guests/{ada}/code")
    live = await Code.select(Code.code).where(Code.revoked_at.is_null())
    assert len(live) == 1
    assert live[0]["code"] != old


async def test_guest_in_own_script_is_escaped(as_staff: AsStaff) -> None:
    edition = await make.edition()
    ada = await make.guest(edition, native_name="<script>alert(1)</script>")
    visitor = await as_staff("organiser")
    for path in ("/organiser/guests", f"/organiser/guests/{ada}", f"/organiser/guests/{ada}/edit"):
        assert "<script>alert" not in (await visitor.get(path)).text
