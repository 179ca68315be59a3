"""The 1,500 invented guests of the sample edition: the same ones each time, in the order in which they registered."""

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from wcd.sample.contacts import with_contacts
from wcd.sample.crowd import GUESTS, Crowd
from wcd.sample.draw import Draw
from wcd.sample.people import Category, SampleDelegation, SampleGuest, State, read_cast, read_groups
from wcd.sample.wishes import with_bookings

__all__ = ["GUESTS", "SampleDelegation", "SampleGuest", "sample_delegations", "sample_guests"]

# Besides the states that the cast brings.
UNDECIDED: tuple[tuple[Category, State, int], ...] = (
    ("press", "submitted", 4),
    ("delegate", "submitted", 7),
    ("delegate", "returned", 3),
    ("delegate", "declined", 6),
    ("delegate", "unconfirmed", 9),
    ("delegate", "cancelled", 4),
)
QUESTIONS = (
    "请补充单位全称与您的职务。",
    "您填写的拉丁字母姓名与证件不一致，请核对后修改。",
    "同一姓名已有一份报名，请说明是否为同一人。",
)


@cache
def sample_guests() -> list[SampleGuest]:
    """All guests with addresses, states and bookings."""
    draw = Draw("wcd-2023 order")
    in_order = draw.some(Crowd().everybody(), GUESTS)
    decided = with_states(in_order, draw)
    return with_bookings(list(with_contacts(decided, read_groups())))


def with_states(guests: Sequence[SampleGuest], draw: Draw) -> list[SampleGuest]:
    """Leave a few of those who come alone without a decision, or with one that is not approval."""
    result = list(guests)
    cast = {guest.native_name for guest in read_cast()}  # their states are written down
    for category, state, count in UNDECIDED:
        alone = [
            place
            for place, guest in enumerate(result)
            if guest.category == category
            and guest.state == "approved"
            and guest.delegation is None
            and guest.native_name not in cast
        ]
        for turn, place in enumerate(draw.some(alone, count)):
            question = QUESTIONS[turn] if state == "returned" else ""
            result[place] = replace(result[place], state=state, question=question)
    return result


@cache
def sample_delegations() -> tuple[SampleDelegation, ...]:
    """The 40 delegations with the keys of their people."""
    return tuple(
        SampleDelegation(
            code=group.code,
            name_zh=group.name_zh,
            name_en=group.name_en,
            country=group.country,
            head=next(g.key for g in sample_guests() if g.delegation == group.code and g.is_head),
            members=tuple(g.key for g in sample_guests() if g.delegation == group.code),
        )
        for group in read_groups()
    )
