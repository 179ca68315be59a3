"""What no page of ours sends: the console answers 4xx, never an accident, and stores nothing by half."""

from collections.abc import Awaitable, Callable

import pytest

from tests.browser_like import FORM, Visitor
from tests.web.organiser.test_who_may import VERBS, cast
from wcd.actors.tables import AuditEntry
from wcd.mail.tables import Mail

AsStaff = Callable[..., Awaitable[Visitor]]
BODIES = {
    "nul": b"name=a%00b",
    "not utf-8": b"name=%ff%fe",
    "raw bytes": b"name=\xff\xfe",
    "10,000 fields": b"&".join(b"pick=1" for _ in range(10_000)),
    "1 MB": b"text=" + b"x" * 1_000_000,
    "json": b'{"name": "x"}',
}
OPEN = ("/organiser/sign-in", "/organiser/password", "/organiser/sign-out")


@pytest.mark.parametrize("name", BODIES)
async def test_bodies_that_no_form_sends(as_staff: AsStaff, name: str) -> None:
    there = await cast()
    visitor = await as_staff("owner")
    headers = {"content-type": "application/json"} if name == "json" else FORM
    answers = {}
    for path in (*VERBS, *OPEN, "/organiser/me", "/organiser/me/password"):
        answers[path] = (
            await visitor.post(path.format(**there), content=BODIES[name], headers=headers)
        ).status_code
    assert {path: status for path, status in answers.items() if not 400 <= status < 500} == {}
    assert await AuditEntry.count() == 0
    assert await Mail.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/organiser/sign-in?next=%00", "/organiser/sessions?day=%00&q=%00", "/organiser/sessions?q=%F0%9F%92%A9%27%22",
        "/organiser/sessions/{s}/guests?q=%00%00", "/organiser/guests?q=%00&state=%00&country=%00&sort=%00&page=%00",
        "/organiser/guests/{g}/decide?move=%00", "/organiser/mail?state=%00&kind=%00&q=%00", "/organiser/audit?about=%00&page=%00",
        "/organiser/sessions/{s}/people?q=%00%ff", "/organiser/sessions/{s}/items?item=%00&q=%00", "/organiser/sessions/new?day=%00",
        "/organiser/sessions?day=9999-99-99&room=%00&sort=%00&page=-1&size=x", "/organiser/missing?kind=%ff&language=%00&page=x",
        "/organiser/missing/missing.csv?kind=%00", "/organiser/guests?q=%ff", "/organiser/guests?q=a&q=b&page=1&page=2",
    ],
)  # fmt: skip
async def test_odd_addresses(as_staff: AsStaff, path: str) -> None:
    there = await cast()
    visitor = await as_staff("owner")
    assert (await visitor.get(path.format(**there))).status_code < 500


@pytest.mark.parametrize(
    "path",
    ["/organiser/guests/x", "/organiser/sessions/x", "/organiser/mail/x", "/organiser/staff/x", "/organiser/badges/batches/x",
     "/organiser/link/x", "/organiser/start/x", "/organiser/nowhere", "/organiser/guests/01928d5c-0000-7000-8000-000000000001",
     "/organiser/staff/01928d5c-0000-7000-8000-000000000001", "/organiser/badges/batches/01928d5c-0000-7000-8000-000000000001"],
)  # fmt: skip
async def test_what_is_not_there(as_staff: AsStaff, path: str) -> None:
    await cast()
    visitor = await as_staff("owner")
    assert (await visitor.get(path)).status_code == 404
