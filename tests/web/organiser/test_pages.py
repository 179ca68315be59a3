"""Today, badges, outbox, staff, history, one's own account."""

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

import wcd
from tests import make
from tests.browser_like import Visitor
from wcd.accounts import passwords
from wcd.accounts.tables import RoleGrant, SignIn, Staff
from wcd.badges import batches
from wcd.badges.tables import Batch
from wcd.core import jobs
from wcd.core.clock import now
from wcd.mail.tables import Mail
from wcd.web.organiser import history, mail

AsStaff = Callable[..., Awaitable[Visitor]]
ENGLISH = {"accept-language": "en"}


async def test_today_counts_and_leads_on(as_staff: AsStaff) -> None:
    edition = await make.edition()
    for n in range(2):
        await make.guest(edition, native_name=f"嘉宾{n}", state="submitted")
    ada = await make.guest(edition, country="KE")
    await make.mail(edition, ada, state="failed", answer="550 no such user")
    await make.mail(edition, ada, state="queued", due_at=now() - timedelta(hours=1))
    visitor = await as_staff("organiser")
    text = (await visitor.get("/organiser", headers=ENGLISH)).text
    figures = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+)", text))
    assert figures == {
        "Registered": "3",
        "Approved": "1",
        "From abroad": "1",
        "Seats booked": "0",
        "Arrived today": "0",
    }
    todo = re.findall(r"<li><b[^>]*>(\d+)</b><div><strong>([^<]+)", text)
    assert ("2", "Registrations wait for approval") in todo
    assert ("1", "Mail was not delivered") in todo
    assert ("1", "Mail has waited for more than a quarter of an hour") in todo


async def test_today_is_no_accident_in_any_state(as_staff: AsStaff) -> None:
    for first, last in (
        ("2023-10-20", "2023-10-22"),
        ("2023-10-25", "2023-10-28"),
        ("2099-01-01", "2099-01-04"),
    ):
        await make.edition(
            f"wcd-{first}",
            first_day=date.fromisoformat(first),
            last_day=date.fromisoformat(last),
            is_current=first == "2023-10-20",
        )
    visitor = await as_staff("reader")
    assert (await visitor.get("/organiser")).status_code == 200


async def order(visitor: Visitor) -> str:
    answer = await visitor.send_form("/organiser/badges/batches", {"wanted": "all"})
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_print_run_from_order_to_file(as_staff: AsStaff) -> None:
    edition = await make.edition()
    await make.guest(edition)
    lin = await make.guest(edition, native_name="林\U0002ebf0", latin_name="Lin Xin")
    visitor = await as_staff("organiser")
    index = (await visitor.get("/organiser/badges", headers=ENGLISH)).text
    assert "U+2EBF0" in index
    at = await order(visitor)
    waiting = (await visitor.get(at, headers=ENGLISH)).text
    assert 'hx-trigger="every 2s"' in waiting
    assert '<meta http-equiv="refresh" content="3">' in waiting
    assert (await visitor.get(f"{at}/badges.pdf")).status_code == 409
    batch_id = UUID(at.rsplit("/", 1)[1])
    claimed = await jobs.claim((await Batch.select(Batch.job))[0]["job"])
    assert claimed is not None
    await batches.draw_batch(batch_id, job_id=claimed.id)
    await jobs.finish(claimed)
    done = (await visitor.get(at, headers=ENGLISH)).text
    assert "1 badge is drawn." in done
    assert "1 guest was left out." in done
    assert "hx-trigger" not in done.split('id="run"')[1].split(">")[0]
    pdf = await visitor.get(f"{at}/badges.pdf")
    assert (pdf.status_code, pdf.headers["content-type"], pdf.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    reader = await as_staff("reader")
    assert (await reader.get(f"{at}/badges.pdf")).status_code == 403
    await visitor.send_form(f"/organiser/badges/guests/{lin}/latin-only")
    assert (await visitor.get(f"/organiser/badges/guests/{lin}/badge.pdf")).content[:5] == b"%PDF-"


async def test_print_run_is_stopped(as_staff: AsStaff) -> None:
    edition = await make.edition()
    await make.guest(edition)
    visitor = await as_staff("organiser")
    at = await order(visitor)
    await visitor.send_form(f"{at}/stop")
    assert "This run was stopped." in (await visitor.get(at, headers=ENGLISH)).text


async def test_print_run_of_another_edition_is_not_found(as_staff: AsStaff) -> None:
    mine, other = await make.edition("a"), await make.edition("b", is_current=False)
    await make.guest(other)
    at = await order(await as_staff("organiser", edition=other))
    visitor = await as_staff("organiser", edition=mine)
    assert [(await visitor.get(at)).status_code, (await visitor.send_form(f"{at}/stop")).status_code] == [
        404,
        404,
    ]


async def test_outbox_shows_the_servers_answer_and_sends_again(as_staff: AsStaff) -> None:
    edition = await make.edition()
    ada = await make.guest(edition)
    failed = await make.mail(edition, ada, state="failed", answer="550 5.1.1 no such user here")
    await make.mail(edition, ada, address="other@guests.example")
    visitor = await as_staff("organiser")
    rows = (await visitor.get("/organiser/mail?state=failed", headers=ENGLISH)).text
    assert "550 5.1.1 no such user here" in rows
    assert "other@guests.example" not in rows
    page = await visitor.get(f"/organiser/mail/{failed}", headers=ENGLISH)
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert "欧阳靖霖" in page.text
    await visitor.send_form(f"/organiser/mail/{failed}/retry")
    assert (await Mail.select(Mail.state).where(Mail.id == failed)) == [{"state": "queued"}]


async def test_letter_can_neither_run_nor_send_and_holds_no_personal_link(as_staff: AsStaff) -> None:
    edition = await make.edition()
    letter = await make.mail(edition, await make.guest(edition), "approved")
    visitor = await as_staff("reader")
    answer = await visitor.get(f"/organiser/mail/{letter}/letter")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.search(r"/my/enter/[A-Za-z0-9_-]+", answer.text) is None


@pytest.mark.parametrize("query", ["state=king", "kind=x", "q=%00", "q=%25_", "page=-1", "size=x"])
async def test_odd_addresses_of_the_outbox(as_staff: AsStaff, query: str) -> None:
    await make.edition()
    visitor = await as_staff("reader")
    assert (await visitor.get(f"/organiser/mail?{query}")).status_code == 200


async def test_owner_invites_and_changes_roles(as_staff: AsStaff) -> None:
    edition = await make.edition()
    visitor = await as_staff("owner")
    nothing = await visitor.send_form("/organiser/staff/new", {"mail": "rui@forum.example", "name": "Rui"})
    assert (nothing.status_code, "rui@forum.example" in nothing.text) == (422, True)
    await visitor.send_form(
        "/organiser/staff/new",
        {"mail": "Rui@forum.example", "name": "Rui", "locale": "en", "role_reader": "edition"},
    )
    rui = (await Staff.select(Staff.id).where(Staff.mail == "rui@forum.example"))[0]["id"]
    assert (await RoleGrant.select(RoleGrant.role, RoleGrant.edition).where(RoleGrant.staff == rui)) == [
        {"role": "reader", "edition": edition}
    ]
    assert (await Mail.select(Mail.kind, Mail.locale)) == [{"kind": "staff_invitation", "locale": "en"}]
    await visitor.send_form(f"/organiser/staff/{rui}", {"role_approver": "all"})
    assert (await RoleGrant.select(RoleGrant.role, RoleGrant.edition).where(RoleGrant.staff == rui)) == [
        {"role": "approver", "edition": None}
    ]
    await visitor.send_form(f"/organiser/staff/{rui}/deactivate")
    assert (await Staff.select(Staff.is_active).where(Staff.id == rui)) == [{"is_active": False}]
    assert (await visitor.send_form(f"/organiser/staff/{rui}/crown")).status_code == 422


async def test_last_owner_cannot_step_down(as_staff: AsStaff) -> None:
    await make.edition()
    visitor = await as_staff("owner")
    me = (await Staff.select(Staff.id))[0]["id"]
    await Staff.update({Staff.password_hash: "x" * 20}).where(Staff.id == me)
    answer = await visitor.send_form(f"/organiser/staff/{me}", {"role_reader": "all"})
    assert answer.status_code == 409
    assert (await RoleGrant.select(RoleGrant.role)) == [{"role": "owner"}]


async def test_own_name_and_password(as_staff: AsStaff) -> None:
    await make.edition()
    visitor = await as_staff("reader")
    me = (await Staff.select(Staff.id))[0]["id"]
    await Staff.update({Staff.password_hash: await passwords.hash_password("the present one")}).where(
        Staff.id == me
    )
    await visitor.send_form("/organiser/me", {"name": "芮", "locale": "zh", "mail": "king@forum.example"})
    assert (await Staff.select(Staff.name, Staff.mail))[0]["name"] == "芮"
    assert (await Staff.select(Staff.mail))[0]["mail"] != "king@forum.example"
    wrong = await visitor.send_form(
        "/organiser/me/password",
        {"present": "not it at all", "password": "a new long one", "again": "a new long one"},
    )
    assert (wrong.status_code, 'id="present-e"' in wrong.text) == (422, True)
    right = await visitor.send_form(
        "/organiser/me/password",
        {"present": "the present one", "password": "a new long one", "again": "a new long one"},
    )
    assert right.status_code == 303
    assert await SignIn.count() == 1


async def test_history_names_things_and_holds_nothing_of_other_editions(as_staff: AsStaff) -> None:
    mine, other = await make.edition("a"), await make.edition("b", is_current=False)
    bo = await make.guest(mine, native_name="薄明远", latin_name="", state="submitted")
    cy = await make.guest(other, native_name="岑若溪", latin_name="", state="submitted")
    for edition, guest in ((mine, bo), (other, cy)):
        approver = await as_staff("approver", edition=edition)
        await approver.send_form("/organiser/guests/decided", {"move": "approve", "ids": str(guest)})
    visitor = await as_staff("reader", edition=mine)
    text = (await visitor.get("/organiser/audit?about=guest", headers=ENGLISH)).text
    assert "Registration approved" in text
    assert ("薄明远" in text, "岑若溪" in text) == (True, False)
    assert (await visitor.get("/organiser/audit?about=king&page=999")).status_code == 200


def test_every_action_has_its_words() -> None:
    sources = [path for path in Path(wcd.__path__[0]).rglob("*.py") if path.name != "history.py"]
    code = "".join(path.read_text() for path in sources)
    written = set()
    for call in re.findall(r"audit\.record\((.*?)\)\n", code, flags=re.DOTALL):
        written |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', call))
    assert written - set(history.WORDS) == set()
    # Some verbs hand their action on, or make it of the state that is reached.
    made = set(re.findall(r'f"([a-z_]+)\.\{', code))
    assert {
        word for word in history.WORDS if f'"{word}"' not in code and word.partition(".")[0] not in made
    } == set()


def test_every_kind_of_mail_has_its_words() -> None:
    assert set(mail.KIND_WORDS) == set(mail.KINDS)
    assert set(mail.STATE_WORDS) == set(mail.STATES)
