"""A visitor who fills in the registration."""

from typing import Any
from uuid import UUID

from tests.browser_like import Visitor
from tests.registration.cast import AMINA
from wcd.core.db import fetch
from wcd.core.signing import read, sign
from wcd.web.cookies import DRAFT, GUEST, cookie_name


def value_of(body: str, name: str) -> str:
    """The value of a hidden field."""
    return body.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def draft_of(visitor: Visitor) -> UUID:
    """Whose registration is begun on this browser."""
    meant = read("draft", visitor.cookies[cookie_name(DRAFT)])
    assert meant is not None
    return meant[0]


async def begin(visitor: Visitor, locale: str = "en", category: str = "delegate") -> None:
    body = (await visitor.get(f"/{locale}/register")).text
    answer = await visitor.send_form(
        f"/{locale}/register", {"category": category, "once": value_of(body, "once")}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{locale}/register/about")


async def fill_in(visitor: Visitor, locale: str = "en", **about: str) -> None:
    """Up to the last step."""
    await begin(visitor, locale)
    answer = await visitor.send_form(f"/{locale}/register/about", AMINA | about)
    assert answer.headers["location"] == f"/{locale}/register/needs"
    answer = await visitor.send_form(f"/{locale}/register/needs", {"language": locale, "diet": ["halal"]})
    assert answer.headers["location"] == f"/{locale}/register/sessions"


async def register(visitor: Visitor, locale: str = "en", **last: Any) -> UUID:
    """All four steps; the guest, whose address is not confirmed."""
    await fill_in(visitor, locale)
    answer = await visitor.send_form(f"/{locale}/register/sessions", {"consent": "1", "notice": "1"} | last)
    assert answer.headers["location"] == f"/{locale}/register/done"
    return draft_of(visitor)


async def confirm(visitor: Visitor, guest: UUID, locale: str = "en") -> None:
    answer = await visitor.send_form(f"/{locale}/register/confirm/{sign('confirm', guest, 1)}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/my")
    assert read("my", visitor.cookies[cookie_name(GUEST)]) == (guest, 1)


async def everything() -> list[Any]:
    """All that strangers could change."""
    rows = await fetch(
        """SELECT (SELECT count(*) FROM registration_booking) AS bookings, (SELECT count(*) FROM mail_mail) AS mails,
                  (SELECT count(*) FROM actors_audit_entry) AS audit, (SELECT count(*) FROM registration_wish) AS wishes,
                  (SELECT string_agg(id::text || state || version || step || native_name || post, '|' ORDER BY id)
                   FROM registration_guest) AS guests"""
    )
    return list(rows[0].values())
