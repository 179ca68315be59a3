"""People who register, book and give back while the house is killed around them: each asks again until answered."""

import asyncio
import random
import re
from collections import Counter
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx

from tests.browser_like import FORM
from wcd.core.signing import read, sign
from wcd.web.cookies import CSRF, DRAFT, GUEST, cookie_name
from wcd.web.csrf import FIELD, _seal

HIDDEN = re.compile(r'name="(csrf|once|draft|notice)" value="([^"]*)"')
WISH = re.compile(r'name="session" value="([^"]+)"')
SEE_OTHER = 303
LONGEST = 60.0
"""Seconds after which somebody who gets no answer gives up, and the drill with them."""


class Person:
    """One browser. What is not answered, or answered with a 5xx, is sent again as it was."""

    def __init__(self, base: str, transport: httpx.AsyncBaseTransport, troubles: Counter[str]) -> None:
        self.client = httpx.AsyncClient(base_url=base, transport=transport, timeout=15)
        self.troubles = troubles
        self.tries = 0

    async def get(self, path: str) -> httpx.Response:
        return await self._ask("GET", path)

    async def post(self, path: str, fields: Any) -> httpx.Response:
        return await self._ask("POST", path, content=urlencode(fields, doseq=True), headers=FORM)

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        self.tries = 0
        async with asyncio.timeout(LONGEST):
            while True:
                self.tries += 1
                try:
                    answer = await self.client.request(method, path, **more)
                except httpx.TransportError:
                    self.troubles["no answer"] += 1
                else:
                    if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                        return answer
                    self.troubles[str(answer.status_code)] += 1
                await asyncio.sleep(0.1)


async def register(person: Person, mail: str, locale: str) -> None:
    """The four steps and the confirmation. What was acknowledged must be there at the next page."""
    base = f"/{locale}/register"
    pages = [base + path for path in ("", "/about", "/needs", "/sessions", "/done")]
    for here, following, given in zip(pages, pages[1:], _given(mail, locale), strict=False):
        page = await person.get(here)
        assert page.status_code == httpx.codes.OK, f"{here} is lost: {page.status_code} {page.headers}"
        fields = list((dict(HIDDEN.findall(page.text)) | given).items())
        fields += [("session", found) for found in WISH.findall(page.text)[:1]]
        answer = await person.post(here, fields)
        assert (answer.status_code, answer.headers.get("location")) == (SEE_OTHER, following), answer.text
    meant = read("draft", person.client.cookies[cookie_name(DRAFT)])
    assert meant
    link = f"{base}/confirm/{sign('confirm', *meant)}"
    page = await person.get(link)
    answer = await person.post(link, dict(HIDDEN.findall(page.text)))
    assert answer.status_code == SEE_OTHER, answer.text


def _given(mail: str, locale: str) -> list[dict[str, str]]:
    about = {
        "native_name": "欧阳靖霖",
        "latin_name": "Ouyang Jinglin",
        "organisation_zh": "滨江城市研究院（示例）",
        "organisation_en": "Riverside Institute (sample)",
        "post": "研究员",
        "country": "CN",
        "email": mail,
        "telephone": "+86 138 0000 0000",
    }
    needs = {"language": locale, "diet": "vegetarian"}
    return [{"category": "delegate"}, about, needs, {"consent": "1"}]


class Guest:
    """An approved guest who books one session and gives it back, and knows what the house said last."""

    def __init__(self, person: Person, guest: UUID, session: UUID) -> None:
        self.person, self.guest, self.session = person, guest, session
        self.holds = False
        person.client.cookies.set(cookie_name(GUEST), sign("my", guest))
        person.client.cookies.set(cookie_name(CSRF), "cookie-of-this-drill")

    async def act(self) -> None:
        """Book, or give back what is held. On the second try the first may have been heard, and that is said."""
        path = f"/my/bookings/{self.session}" + ("/cancel" if self.holds else "")
        answer = await self.person.post(path, {FIELD: _seal("cookie-of-this-drill")})
        heard_before = httpx.codes.NOT_FOUND if self.holds else httpx.codes.CONFLICT
        fine = {SEE_OTHER, heard_before} if self.person.tries > 1 else {SEE_OTHER}
        assert answer.status_code in fine, f"{path}: {answer.status_code} at try {self.person.tries}"
        self.holds = not self.holds


class Storm:
    """Registrations and bookings, several at a time, until told to stop and at least as many as wanted."""

    def __init__(self, base: str, *, registrations: int, bookings: int) -> None:
        self.base = base
        self.wanted = {"registrations": registrations, "bookings": bookings}
        self.done: Counter[str] = Counter()
        self.troubles: Counter[str] = Counter()
        self.registered: list[str] = []
        self.guests: list[Guest] = []
        self.stopped = asyncio.Event()
        self._transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=40))
        self._random = random.Random(7)
        self._number = 0

    def invite(self, guests: list[UUID], sessions: list[UUID]) -> None:
        """Who books what."""
        self.guests = [
            Guest(self._person(), one, sessions[n % len(sessions)]) for n, one in enumerate(guests)
        ]

    async def rage(self, *, at_once: int) -> None:
        """Half of them register, half of them book; a pause between, so that the house has air for its mails."""
        shares = [self.guests[n::at_once] for n in range(at_once)]
        async with asyncio.TaskGroup() as group:
            for share in shares:
                group.create_task(self._register())
                group.create_task(self._book(share))
        await self._transport.aclose()

    def _person(self) -> Person:
        return Person(self.base, self._transport, self.troubles)

    def _goes_on(self, what: str) -> bool:
        return not self.stopped.is_set() or self.done[what] < self.wanted[what]

    async def _register(self) -> None:
        while self._goes_on("registrations"):
            self._number += 1
            mail, locale = f"visitor{self._number}@storm.example", ("zh", "en")[self._number % 2]
            await register(self._person(), mail, locale)
            self.registered.append(mail)
            self.done["registrations"] += 1
            await asyncio.sleep(0.1)

    async def _book(self, share: list[Guest]) -> None:
        while self._goes_on("bookings"):
            await self._random.choice(share).act()
            self.done["bookings"] += 1
            await asyncio.sleep(0.1)
