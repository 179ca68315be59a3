"""One guest walks through the whole house, over HTTP, with real servers, mail and clock."""

import re
import uuid
from contextlib import ExitStack
from datetime import UTC, datetime

from tests.journeys.post_office import badge_in, code_on, link_in, post_office, text_of
from tests.journeys.walker import Walker, walkers
from tests.real import house
from tests.tools import tool

OWNER = "olga@staff.example"
PASSWORD = "fourteen bridges over the river"
UUID_LENGTH = 36
GUEST = "achieng.barasa@guests.example"


def register(achieng: Walker) -> None:
    """Four steps, with a wish for one session."""
    achieng.open("/en/register")
    achieng.submit({"category": "delegate"})
    achieng.submit(
        {
            "native_name": "Achieng Nekesa Barasa",
            "latin_name": "Achieng Nekesa Barasa",
            "organisation_en": "Nairobi City Office (sample)",
            "post": "Director of planning",
            "country": "KE",
            "email": GUEST,
            "telephone": "+254 700 000000",
        }
    )
    achieng.submit({"language": "en", "diet": ["vegetarian"]})
    wish = re.search(r'name="session"[^>]*value="([0-9a-f-]{36})"', achieng.text)
    assert wish, achieng.text[:3000]
    achieng.submit({"session": [wish[1]], "consent": "1"})
    assert GUEST in achieng.text


def sign_in(olga: Walker) -> None:
    """The owner signs in, unless the last sign-in still holds."""
    if "password" in olga.open("/organiser").text:
        olga.submit({"mail": OWNER, "password": PASSWORD})


def approve(olga: Walker) -> None:
    """The organiser finds her and approves."""
    olga.open("/organiser/guests?q=barasa+achieng")
    found = sorted(
        {
            link.rsplit("/", 1)[1]
            for link in olga.links("/organiser/guests/")
            if len(link.split("/")[-1]) == UUID_LENGTH
        }
    )
    assert len(found) == 1, found
    olga.submit({"pick": found[0]}, action="/decide")
    olga.submit({}, action="/decided")


def pair(olga: Walker, phone: Walker) -> None:
    """A phone is paired with the main entrance."""
    olga.open("/organiser/door")
    gates = [
        link for link in olga.links("/organiser/door/gates/") if len(link.rsplit("/", 1)[1]) == UUID_LENGTH
    ]
    assert any("main entrance" in olga.open(gate).text for gate in gates)
    olga.submit({}, action="/pair")
    link = re.search(r"https?://[^\s\"'<]+/door/pair/[A-Za-z0-9_-]+", olga.text)
    assert link, olga.text[:3000]
    phone.open(link[0])
    phone.submit({}, action="/door/pair/")
    assert phone.page.status_code == 200


def scan(phone: Walker, code: str) -> dict[str, object]:
    """One fact; what the server says to it."""
    fact = {
        "id": str(uuid.uuid4()), "kind": "scan", "about": None, "code": code, "short_code": None,
        "scanned_at": datetime.now(UTC).isoformat(), "offset_ms": offset(phone), "verdict": None, "entered_by": "camera",
    }  # fmt: skip
    answer = phone.client.post("/door/scans", json={"scans": [fact]})
    assert answer.status_code == 200, answer.text
    said: dict[str, object] = answer.json()["results"][0]
    return said


def offset(phone: Walker) -> int:
    """Milliseconds that the server's clock is ahead of ours."""
    server = datetime.fromisoformat(phone.client.get("/door/state").json()["now"])
    return int((server - datetime.now(UTC)).total_seconds() * 1000)


def test_one_guest_walks_through_the_whole_house() -> None:
    tool("pdftoppm")  # before anything is started
    with ExitStack() as stack:
        office, smtp = stack.enter_context(post_office())
        here = stack.enter_context(house("--demo", WCD_SMTP_URL=smtp, WCD_CLOCK="2023-10-26T09:00:00+08:00"))
        new = stack.enter_context(walkers(here.base))
        here.run("staff", "add", OWNER, "--role", "owner", "--password-stdin", typed=PASSWORD + "\n")
        achieng, olga, phone = new(), new(), new()
        register(achieng)

        confirm = link_in(office.wait_for(GUEST), "/confirm/")
        assert achieng.client.get(confirm).status_code == 200, "a mail scanner follows the link"
        sign_in(olga)
        assert "Achieng Nekesa" not in olga.open("/organiser/guests?state=submitted&q=barasa+achieng").text
        achieng.open(confirm)
        achieng.submit({}, action="/confirm/")
        office.wait_for(GUEST, after=1)

        approve(olga)
        approved = office.wait_for(GUEST, containing="approved", after=2)
        code = code_on(badge_in(approved))
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", code)
        achieng.open(link_in(approved, "/my/enter/"))
        assert achieng.page.url.path == "/my"
        assert "Achieng Nekesa Barasa" in achieng.text

        known = len(office.mails)
        here.set_clock("2023-10-27T09:01:00+08:00")
        reminder = office.wait_for(GUEST, after=known)
        assert "28 Oct" in text_of(reminder)
        sign_in(olga)
        assert GUEST in olga.open(f"/organiser/mail?q={GUEST}").text

        here.set_clock("2023-10-28T08:30:00+08:00")
        sign_in(olga)
        pair(olga, phone)
        first, second = scan(phone, code), scan(phone, code)
        assert (first["verdict"], second["verdict"]) == ("welcome", "already_inside")
        assert scan(phone, "0" * 26)["verdict"] == "unknown"
