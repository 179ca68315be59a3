"""What is given of a speaker: by an organiser, and by the speaker themselves."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from wcd.core.contacts import NOT_A_TELEPHONE, is_telephone, mail_problem
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.core.names import clean_name

Name = Annotated[str, Meta(max_length=200)]
Line = Annotated[str, Meta(max_length=200)]
Biography = Annotated[str, Meta(max_length=4000)]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
CROPS = ("start", "middle", "end")
"""Where the face is, if a picture has to be cut: left or top, in the middle, right or below."""


class SpeakerDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker as organisers edit them. ``consented_on``: the day on which they agreed to publication."""

    native_name: Name = ""
    latin_name: Name = ""
    post_zh: Line = ""
    post_en: Line = ""
    body_zh: Line = ""
    body_en: Line = ""
    country: Country | Literal[""] = ""
    biography_zh: Biography = ""
    biography_en: Biography = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    telephone: Annotated[str, Meta(max_length=40)] = ""
    language: Literal["zh", "en", ""] = ""
    consented_on: date | None = None

    def problems(self) -> Iterator[tuple[str, LazyText]]:
        """What does not hold."""
        if not clean_name(self.native_name) and not clean_name(self.latin_name):
            yield "native_name", _("Please give the name in at least one script.")
        if self.email and (problem := mail_problem(self.email)):
            yield "email", problem
        if self.telephone and not is_telephone(self.telephone):
            yield "telephone", NOT_A_TELEPHONE


class OwnDetails(msgspec.Struct, frozen=True, kw_only=True):
    """What speakers supply themselves, behind their personal link."""

    biography_zh: Biography = ""
    biography_en: Biography = ""
    consents: bool = False
