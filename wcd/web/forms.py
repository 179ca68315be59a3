"""Reading forms: raw bytes first, then CSRF, then field by field."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import TypeVar
from urllib.parse import unquote_to_bytes

import msgspec

from wcd.core.errors import Invalid
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import Errors, parse
from wcd.web.csrf import FIELD, HEADER, is_genuine
from wcd.web.pages import AnyRequest

S = TypeVar("S", bound=msgspec.Struct)
MAX_BODY = 256 * 1024
MAX_FIELDS = 400
MAX_SECONDS = 30.0
"""For a form to arrive, also over a poor line."""
URLENCODED = "application/x-www-form-urlencoded"


class UnreadableForm(Invalid):
    """The body is no form of ours: wrong type, not UTF-8, NUL, too many fields."""

    code = "unreadable_form"
    says = _("This form could not be read. Go back, reload the page and send it again.")


class FormTooLarge(Invalid):
    """The body is larger than any form of ours."""

    code = "form_too_large"
    says = _("This is more than the form can take. Shorten the longest text and send it again.")


class FormTooSlow(Invalid):
    """The body does not come to an end."""

    code = "form_too_slow"
    says = _("The form did not arrive in time. Check the connection and send it again.")


class PageTooOld(Invalid):
    """The CSRF token does not fit, and the handler does not show the form again."""

    code = "page_too_old"
    says = _("This page had been open for too long. Go back, reload it and send it again.")


class Form(Mapping[str, list[str]]):
    """The values as they came. ``lapsed``: the token does not fit; show the form again, do nothing."""

    def __init__(self, given: dict[str, list[str]], *, lapsed: bool) -> None:
        self.given = given
        self.lapsed = lapsed

    def __getitem__(self, name: str) -> list[str]:
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def one(self, name: str, default: str = "") -> str:
        """The last value of a field."""
        return self.given[name][-1] if self.given.get(name) else default

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return self.given.get(name, [])

    def version(self) -> int:
        """The version of what the form was made from; 0, which nothing has, where it names none."""
        typed = self.one("version")
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0

    def parse(self, shape: type[S]) -> tuple[S | None, Errors]:
        """The struct, or a sentence for each field that does not hold."""
        parsed = parse(shape, self.given)
        return parsed.value, parsed.errors


async def read_form(request: AnyRequest, *, may_lapse: bool = False, max_fields: int = MAX_FIELDS) -> Form:
    """The form of a POST. Unless ``may_lapse``, a token that does not fit refuses the whole request.

    ``may_lapse`` is for forms in which people have typed: the handler shows them again with ``form.lapsed``.
    """
    given = read_fields(await _body(request), max_fields=max_fields)
    genuine = is_genuine(request, given.get(FIELD, [""])[-1] or request.headers.get(HEADER, ""))
    given.pop(FIELD, None)
    if not genuine and not may_lapse:
        raise PageTooOld
    return Form(given, lapsed=not genuine)


async def _body(request: AnyRequest) -> bytes:
    kind = request.headers.get("content-type", URLENCODED).partition(";")[0].strip().lower()
    if kind != URLENCODED:
        raise UnreadableForm
    body = bytearray()
    try:
        async with asyncio.timeout(MAX_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise FormTooLarge
    except TimeoutError:
        raise FormTooSlow from None
    return bytes(body)


def read_fields(body: bytes, *, max_fields: int = MAX_FIELDS) -> dict[str, list[str]]:
    """Names and values of an urlencoded body. Libraries turn bad bytes into U+FFFD in silence; we refuse them."""
    given: dict[str, list[str]] = {}
    pairs = body.split(b"&") if body else []
    if len(pairs) > max_fields:
        raise UnreadableForm
    for pair in pairs:
        name, _equals, value = pair.partition(b"=")
        given.setdefault(_text(name), []).append(_text(value))
    return given


def _text(raw: bytes) -> str:
    data = unquote_to_bytes(raw.replace(b"+", b" "))
    if b"\0" in data:
        raise UnreadableForm
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableForm from None


LAPSED: LazyText = _(
    "This page had been open for a long time. Nothing is lost: please check and send it once more."
)
