"""Who may open which page of the console, and press what on it."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests import make
from tests.agenda.proposals.cast import kept
from tests.browser_like import Visitor
from wcd.registration.tables import Guest
from wcd.venues.queries import list_venues

AsStaff = Callable[..., Awaitable[Visitor]]
ROLES = ("owner", "organiser", "approver", "door_supervisor", "door", "reader")
EVERYBODY = set(ROLES)
# Page → roles that may open it; {g}, {s}, {m}, {v}, {r}, {p} are a guest, a session, a mail, a venue, a room and a proposal.
PAGES = {
    "/organiser": EVERYBODY,
    "/organiser/me": EVERYBODY,
    "/organiser/editions": EVERYBODY,
    "/organiser/sessions": EVERYBODY - {"door"},
    "/organiser/sessions/{s}": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/time": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/people": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/items": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/hosts": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/entry": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/about": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/notes": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/history": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/guests": EVERYBODY - {"door"},
    "/organiser/sessions/{s}/call-off": {"owner", "organiser"},
    "/organiser/sessions/{s}/remove": {"owner", "organiser"},
    "/organiser/sessions/new": {"owner", "organiser"},
    "/organiser/timetable": EVERYBODY - {"door"},
    "/organiser/timetable?view=week": EVERYBODY - {"door"},
    "/organiser/timetable/{s}": {"owner", "organiser"},
    "/organiser/missing": EVERYBODY - {"door"},
    "/organiser/missing/missing.csv": EVERYBODY - {"door"},
    "/organiser/warnings": EVERYBODY - {"door"},
    "/organiser/exchange": EVERYBODY - {"door"},
    "/organiser/exchange/file?form=json": EVERYBODY - {"door"},
    "/organiser/exchange/file?form=form": {"owner", "organiser"},
    "/organiser/agenda-settings": {"owner", "organiser"},
    "/organiser/proposals": EVERYBODY - {"door"},
    "/organiser/proposals/{p}": EVERYBODY - {"door"},
    "/organiser/proposals/compare?pick={p}&pick={p2}": EVERYBODY - {"door"},
    "/organiser/proposals/proposals.csv": {"owner", "organiser"},
    "/organiser/proposals/decline?pick={p}": {"owner", "organiser"},
    "/organiser/proposals/call": {"owner", "organiser"},
    "/organiser/guests": EVERYBODY - {"door"},
    "/organiser/guests/guests.csv": {"owner", "organiser"},
    "/organiser/guests/{g}": EVERYBODY - {"door"},
    "/organiser/guests/{g}/edit": {"owner", "organiser"},
    "/organiser/guests/{g}/cancel": {"owner", "organiser"},
    "/organiser/guests/{g}/decide": {"owner", "organiser", "approver"},
    "/organiser/badges": {"owner", "organiser", "reader"},
    "/organiser/badges/guests/{g}/badge.pdf": {"owner", "organiser"},
    "/organiser/mail": {"owner", "organiser", "reader"},
    "/organiser/mail/{m}": {"owner", "organiser", "reader"},
    "/organiser/mail/{m}/letter": {"owner", "organiser", "reader"},
    "/organiser/audit": {"owner", "organiser", "reader"},
    "/organiser/edition": {"owner", "organiser"},
    "/organiser/texts": {"owner", "organiser"},
    "/organiser/texts/notice": {"owner", "organiser"},
    "/organiser/texts/news": {"owner", "organiser"},
    "/organiser/places": {"owner", "organiser"},
    "/organiser/places/venues/new": {"owner", "organiser"},
    "/organiser/places/venues/{v}": {"owner", "organiser"},
    "/organiser/places/venues/{v}/rooms/new": {"owner", "organiser"},
    "/organiser/places/rooms/{r}": {"owner", "organiser"},
    "/organiser/editions/new": {"owner"},
    "/organiser/staff": {"owner"},
    "/organiser/staff/new": {"owner"},
}
VERBS = {
    "/organiser/sessions/{s}": {"owner", "organiser"},
    "/organiser/sessions/new": {"owner", "organiser"},
    "/organiser/sessions/act": {"owner", "organiser"},
    "/organiser/sessions/done": {"owner", "organiser"},
    "/organiser/sessions/{s}/time": {"owner", "organiser"},
    "/organiser/sessions/{s}/entry": {"owner", "organiser"},
    "/organiser/sessions/{s}/about": {"owner", "organiser"},
    "/organiser/sessions/{s}/notes": {"owner", "organiser"},
    "/organiser/sessions/{s}/fits/en": {"owner", "organiser"},
    "/organiser/sessions/{s}/people": {"owner", "organiser"},
    "/organiser/sessions/{s}/people/{s}/up": {"owner", "organiser"},
    "/organiser/sessions/{s}/items": {"owner", "organiser"},
    "/organiser/sessions/{s}/items/{s}": {"owner", "organiser"},
    "/organiser/sessions/{s}/items/{s}/up": {"owner", "organiser"},
    "/organiser/sessions/{s}/hosts": {"owner", "organiser"},
    "/organiser/sessions/{s}/hosts/{s}/up": {"owner", "organiser"},
    "/organiser/sessions/{s}/state/called_off": {"owner", "organiser"},
    "/organiser/sessions/{s}/copy": {"owner", "organiser"},
    "/organiser/sessions/{s}/remove": {"owner", "organiser"},
    "/organiser/sessions/{s}/seats": {"owner", "organiser"},
    "/organiser/sessions/{s}/bookings/{g}": {"owner", "organiser"},
    "/organiser/sessions/{s}/bookings/{g}/cancel": {"owner", "organiser"},
    "/organiser/agenda-settings": {"owner", "organiser"},
    "/organiser/proposals/call": {"owner", "organiser"},
    "/organiser/proposals/decline": {"owner", "organiser"},
    "/organiser/proposals/{p}/ask": {"owner", "organiser"},
    "/organiser/proposals/{p}/accept": {"owner", "organiser"},
    "/organiser/proposals/{p}/decline": {"owner", "organiser"},
    "/organiser/proposals/{p}/points": {"owner", "organiser"},
    "/organiser/proposals/{p}/session": {"owner", "organiser"},
    "/organiser/proposals/{p}/link": {"owner", "organiser"},
    "/organiser/guests/decide": {"owner", "organiser", "approver"},
    "/organiser/guests/decided": {"owner", "organiser", "approver"},
    "/organiser/guests/{g}/edit": {"owner", "organiser"},
    "/organiser/guests/{g}/category": {"owner", "organiser"},
    "/organiser/guests/{g}/cancel": {"owner", "organiser"},
    "/organiser/guests/{g}/code": {"owner", "organiser"},
    "/organiser/badges/batches": {"owner", "organiser"},
    "/organiser/badges/guests/{g}/latin-only": {"owner", "organiser"},
    "/organiser/mail/{m}/retry": {"owner", "organiser"},
    "/organiser/edition": {"owner", "organiser"},
    "/organiser/texts/notice": {"owner", "organiser"},
    "/organiser/texts/news": {"owner", "organiser"},
    "/organiser/places/venues/new": {"owner", "organiser"},
    "/organiser/places/venues/{v}": {"owner", "organiser"},
    "/organiser/places/venues/{v}/rooms/new": {"owner", "organiser"},
    "/organiser/places/rooms/{r}": {"owner", "organiser"},
    "/organiser/places/rooms/{r}/remove": {"owner", "organiser"},
    "/organiser/places/venues/{v}/remove": {"owner", "organiser"},
    "/organiser/editions/new": {"owner"},
    "/organiser/staff/new": {"owner"},
}


async def cast() -> dict[str, Any]:
    edition = await make.edition()
    guest = await make.guest(edition)
    session = await make.session(edition)
    mail = await make.mail(edition, guest)
    room = await make.room(edition)
    (venue,) = await list_venues(edition)
    proposals = {"p": await kept(edition), "p2": await kept(edition, 2)}
    return {"edition": edition, "g": guest, "s": session, "m": mail, "v": venue.id, "r": room, **proposals}


@pytest.mark.parametrize("role", ROLES)
async def test_pages_are_for_their_roles(as_staff: AsStaff, role: str) -> None:
    there = await cast()
    visitor = await as_staff(role, edition=None if role == "owner" else there["edition"])
    got = {path: (await visitor.get(path.format(**there))).status_code for path in PAGES}
    assert got == {path: 200 if role in roles else 403 for path, roles in PAGES.items()}


@pytest.mark.parametrize("role", ROLES)
async def test_verbs_are_for_their_roles(as_staff: AsStaff, role: str) -> None:
    there = await cast()
    visitor = await as_staff(role, edition=None if role == "owner" else there["edition"])
    refused = set()
    for path in VERBS:
        if (await visitor.send_form(path.format(**there))).status_code == 403:
            refused.add(path)
    assert refused == {path for path, roles in VERBS.items() if role not in roles}


async def test_nobody_signed_in_is_led_to_the_sign_in_page(client: Visitor) -> None:
    there = await cast()
    for path in PAGES:
        answer = await client.get(path.format(**there))
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (
            303,
            "/organiser/sign-in",
        ), path
    for path in VERBS:
        answer = await client.send_form(path.format(**there))
        assert (answer.status_code, answer.headers["location"]) == (303, "/organiser/sign-in"), path


async def test_guests_are_nobody_here(as_guest: Any) -> None:
    there = await cast()
    dee = await as_guest(there["g"])
    answer = await dee.get(f"/organiser/guests/{there['g']}")
    assert answer.status_code == 303
    assert "欧阳靖霖" not in answer.text


@pytest.mark.parametrize("role", ROLES)
async def test_menu_leads_only_where_one_may_go(as_staff: AsStaff, role: str) -> None:
    there = await cast()
    visitor = await as_staff(role, edition=None if role == "owner" else there["edition"])
    page = (await visitor.get("/organiser")).text
    menu = re.findall(r'<li><a href="(/organiser[^"]*)"', page.split("</nav>")[0])
    assert menu
    assert {path: (await visitor.get(path)).status_code for path in menu} == dict.fromkeys(menu, 200)


@pytest.mark.parametrize("role", ["reader", "approver", "door_supervisor"])
async def test_buttons_one_may_not_press_are_not_shown(as_staff: AsStaff, role: str) -> None:
    there = await cast()
    waiting = await make.guest(there["edition"], state="submitted")
    visitor = await as_staff(role, edition=there["edition"])
    pages = [
        "/organiser/guests",
        f"/organiser/guests/{waiting}",
        f"/organiser/guests/{there['g']}",
        f"/organiser/sessions/{there['s']}",
        f"/organiser/sessions/{there['s']}/guests?q=ouyang",
    ]
    for path in pages:
        text = (await visitor.get(path)).text.split("<main", 1)[1]
        actions = set(re.findall(r'<form[^>]*method="post"[^>]*action="([^"?]*)', text))
        if role == "approver":
            actions -= {"/organiser/guests/decide"}
        assert {
            action for action in actions if (await visitor.send_form(action)).status_code == 403
        } == set(), path
        if role == "reader":
            assert actions <= {f"/organiser/sessions/{there['s']}"}, path


async def test_another_editions_things_are_not_found(as_staff: AsStaff) -> None:
    mine = await make.edition("wcd-mine")
    other = await make.edition("wcd-other", is_current=False)
    guest, session = await make.guest(other, native_name="别届嘉宾"), await make.session(other)
    mail, room = await make.mail(other, guest), await make.room(other)
    visitor = await as_staff("organiser", edition=mine)
    paths = [
        f"/organiser/guests/{guest}", f"/organiser/guests/{guest}/edit", f"/organiser/guests/{guest}/decide",
        f"/organiser/sessions/{session}", f"/organiser/sessions/{session}/guests", f"/organiser/sessions/{session}/call-off",
        f"/organiser/mail/{mail}", f"/organiser/badges/guests/{guest}/badge.pdf", f"/organiser/places/rooms/{room}",
    ]  # fmt: skip
    for path in paths:
        answer = await visitor.get(path)
        assert answer.status_code == 404, path
        assert "别届嘉宾" not in answer.text
    verbs = [
        f"/organiser/guests/{guest}/edit", f"/organiser/guests/{guest}/category", f"/organiser/guests/{guest}/cancel",
        f"/organiser/guests/{guest}/code", f"/organiser/sessions/{session}", f"/organiser/sessions/{session}/seats",
        f"/organiser/sessions/{session}/state/called_off", f"/organiser/sessions/{session}/bookings/{guest}",
        f"/organiser/mail/{mail}/retry", f"/organiser/badges/guests/{guest}/latin-only",
        f"/organiser/places/rooms/{room}", f"/organiser/places/rooms/{room}/remove",
    ]  # fmt: skip
    assert {path: (await visitor.send_form(path)).status_code for path in verbs} == dict.fromkeys(verbs, 404)


async def test_deciding_on_another_editions_guest_does_nothing(as_staff: AsStaff) -> None:
    mine = await make.edition("wcd-mine")
    other = await make.edition("wcd-other", is_current=False)
    guest = await make.guest(other, state="submitted")
    visitor = await as_staff("approver", edition=mine)
    await visitor.send_form("/organiser/guests/decided", {"move": "approve", "ids": str(guest)})
    assert (await Guest.select(Guest.state).where(Guest.id == guest)) == [{"state": "submitted"}]
