"""What a partner fills in, and what organisers say to it. All that does not hold is said at once."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from wcd.agenda.inputs import Code, Language, Sdg
from wcd.agenda.proposals import rules
from wcd.core.contacts import NOT_A_TELEPHONE, is_telephone, mail_problem
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.inputs import NOT_ALLOWED, REQUIRED, Parsed, parse
from wcd.core.names import clean_text
from wcd.venues.rules import LAYOUTS

Title = Annotated[str, Meta(max_length=300)]
Text = Annotated[str, Meta(max_length=4000)]
Line = Annotated[str, Meta(max_length=200)]
Needs = Annotated[str, Meta(max_length=2000)]
Message = Annotated[str, Meta(max_length=4000)]
Minutes = Annotated[int, Meta(ge=rules.SHORTEST, le=rules.LONGEST)]
Size = Annotated[int, Meta(ge=0, le=rules.MOST_PEOPLE)]

ONE_TITLE = _("Please give the title in Chinese or in English; the other can follow.")
ONE_SUMMARY = _("Please describe the event in Chinese or in English; the other can follow.")
ONE_BODY = _("Please give the name of your organisation in Chinese or in English.")
ONE_LANGUAGE = _("Please choose at least one language in which it is held.")


class ProposalDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A side event as a partner wishes it."""

    # Nothing is required by its type: then all that does not hold is said at once, not only what is missing.
    title_zh: Title = ""
    title_en: Title = ""
    summary_zh: Text = ""
    summary_en: Text = ""
    body_zh: Line = ""
    body_en: Line = ""
    contact_name: Annotated[str, Meta(max_length=120)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    telephone: Annotated[str, Meta(max_length=40)] = ""
    language: Literal["", "zh", "en"] = ""
    wish_days: tuple[date, ...] = ()
    wish_time: Annotated[str, Meta(max_length=12)] = ""
    wish_room: UUID | None = None
    size: Size = 0
    minutes: Minutes = 90
    layout: Annotated[str, Meta(max_length=20)] = ""
    needs: Needs = ""
    languages: tuple[Language, ...] = ()
    interpretation: tuple[Language, ...] = ()
    subjects: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    sdgs: tuple[Sdg, ...] = ()

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold, in the order of the form."""
        for name, sentence in (("title", ONE_TITLE), ("summary", ONE_SUMMARY), ("body", ONE_BODY)):
            if not clean_text(getattr(self, f"{name}_zh")) and not clean_text(getattr(self, f"{name}_en")):
                yield f"{name}_zh", sentence
        if not clean_text(self.contact_name):
            yield "contact_name", REQUIRED
        if problem := mail_problem(self.email):
            yield "email", problem
        if self.telephone and not is_telephone(self.telephone):
            yield "telephone", NOT_A_TELEPHONE
        if not self.language:
            yield "language", REQUIRED
        if self.wish_time and self.wish_time not in rules.PARTS_OF_DAY:
            yield "wish_time", NOT_ALLOWED
        if self.layout and self.layout not in LAYOUTS:
            yield "layout", NOT_ALLOWED
        if not self.languages:
            yield "languages", ONE_LANGUAGE


def read_proposal(given: Mapping[str, list[str]]) -> Parsed[ProposalDetails]:
    """The details, or a sentence for every field that does not hold: what is too long does not hide what is missing."""
    parsed = parse(ProposalDetails, given)
    wrong = set(parsed.errors)
    rest = parse(ProposalDetails, {name: texts for name, texts in given.items() if name not in wrong})
    found = {name: said for name, said in rest.errors.items() if name not in wrong} | parsed.errors
    # A text that is too long is there: its pair needs no sentence that one of the two is missing.
    for pair in ("title", "summary", "body"):
        if f"{pair}_en" in parsed.errors and f"{pair}_zh" not in parsed.errors:
            found.pop(f"{pair}_zh", None)
    order = ProposalDetails.__struct_fields__
    return Parsed(None if found else parsed.value, {name: found[name] for name in order if name in found})


def clean_lines(text: str) -> str:
    """Text of several lines as it was meant: no invisible or turning signs, at most one empty line in a row."""
    lines: list[str] = []
    for line in text.split("\n"):
        cleaned = clean_text(line)
        if cleaned or (lines and lines[-1]):
            lines.append(cleaned)
    return "\n".join(lines).strip()


class CallDetails(msgspec.Struct, frozen=True, kw_only=True):
    """What organisers say about the call. Without a closing day it is open until it is switched off."""

    is_open: bool = False
    closes_day: date | None = None
    closes_time: Annotated[str, Meta(max_length=5, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "18:00"
    text_zh: Annotated[str, Meta(max_length=10_000)] = ""
    text_en: Annotated[str, Meta(max_length=16_000)] = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """An open call says something in both languages."""
        if self.is_open:
            for name in ("text_zh", "text_en"):
                if not getattr(self, name).strip():
                    yield name, _("Before the call is open, it needs its text in both languages.")


class Said(msgspec.Struct, frozen=True):
    """A question to a partner, or the answer."""

    text: Message = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """Something must be said."""
        if not clean_lines(self.text):
            yield "text", REQUIRED


class Acceptance(msgspec.Struct, frozen=True):
    """A word to the partner, if there is one, and whether the session is made at once."""

    word: Message = ""
    make_session: bool = False


class Refusal(msgspec.Struct, frozen=True):
    """Why not: it stands in the letter."""

    reason: Message = ""

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """A partner is never declined without a reason."""
        if not clean_lines(self.reason):
            yield "reason", _("Please write the reason: it stands in the letter to the partner.")


class Points(msgspec.Struct, frozen=True):
    """What one organiser gives, and why."""

    points: Annotated[int, Meta(ge=0, le=rules.MOST_POINTS)]
    note: Needs = ""
