"""The shapes of the sample's guests, and of the content they are made from."""

from typing import Literal

import msgspec

from wcd.sample import CONTENT, Language

Category = Literal["vip", "speaker", "delegate", "press", "exhibitor", "escort", "staff", "volunteer"]
State = Literal["unconfirmed", "submitted", "returned", "approved", "declined", "cancelled"]
Diet = Literal["", "vegetarian", "vegan", "halal", "no_gluten"]


class SampleGuest(msgspec.Struct, frozen=True, kw_only=True):
    """An invented guest.

    `bookings` are session codes. Guests stand in the order in which they asked: where more want a session than
    it has seats, the later ones wait. Of a guest who is not approved they are wishes. `question` is what a
    returned guest was asked; `speaker` is the code of the speaker this guest is.
    """

    key: str = ""
    native_name: str
    latin_name: str
    email: str = ""
    telephone: str = ""
    organisation_zh: str
    organisation_en: str
    post_zh: str
    post_en: str
    country: str = "CN"
    category: Category = "delegate"
    language: Language = "zh"
    diet: Diet = ""
    access_needs: str = ""
    delegation: str | None = None
    is_head: bool = False
    state: State = "approved"
    question: str = ""
    speaker: str | None = None
    bookings: tuple[str, ...] = ()


class SampleDelegation(msgspec.Struct, frozen=True, kw_only=True):
    """Guests who come together; head and members are keys of guests, the head among the members."""

    code: str
    name_zh: str
    name_en: str
    country: str
    head: str
    members: tuple[str, ...]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line of `delegations.json`: led by a speaker, or sent by the city of that number with so many people."""

    code: str
    name_zh: str
    name_en: str
    country: str
    head_speaker: str | None = None
    city: int = 0
    size: int = 0
    vip_head: bool = False
    shared_mail: bool = False


class Post(msgspec.Struct, frozen=True):
    """Two words for one thing: a post, a city, a department."""

    zh: str
    en: str


class Body(msgspec.Struct, frozen=True):
    """A body that sends guests; its kind tells which posts there are."""

    zh: str
    en: str
    kind: str


class Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cities, their departments, all other bodies, and the posts people hold in them."""

    cities: tuple[Post, ...]
    departments: tuple[Post, ...]
    bodies: tuple[Body, ...]
    posts: dict[str, tuple[Post, ...]]


def read_bodies() -> Bodies:
    """Read the bodies from the content."""
    return msgspec.json.decode((CONTENT / "bodies.json").read_bytes(), type=Bodies)


def read_groups() -> tuple[Group, ...]:
    """Read the delegations from the content."""
    return msgspec.json.decode((CONTENT / "delegations.json").read_bytes(), type=tuple[Group, ...])


def read_cast() -> tuple[SampleGuest, ...]:
    """Read the guests who were written one by one: those from abroad, and those with names that are hard to print."""
    return msgspec.json.decode((CONTENT / "cast.json").read_bytes(), type=tuple[SampleGuest, ...])


def read_particulars() -> dict[str, dict[str, str]]:
    """Read what is particular to some speakers as guests: category, diet, access needs."""
    return msgspec.json.decode((CONTENT / "speaker_guests.json").read_bytes(), type=dict[str, dict[str, str]])


def read_demand() -> dict[str, int]:
    """Read how many guests ask for each session."""
    return msgspec.json.decode((CONTENT / "demand.json").read_bytes(), type=dict[str, int])
