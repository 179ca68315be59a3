"""Every kind of warning in words: who, where, when and how many, and what to do."""

from typing import Any

import pytest

from tests.agenda.warnings.plans import EDITION, host, item, key, people, person, plan, room, session, spans
from wcd.agenda.facts import SessionFacts
from wcd.agenda.policy import Policy
from wcd.agenda.warnings import kinds
from wcd.agenda.warnings.rules import warnings
from wcd.core.i18n import Bilingual, use_locale
from wcd.registration.warned import Warned
from wcd.web.organiser.warning_words import ADVICE, KIND_WORDS, WordedWarning, worded

HALL = room("Hall", capacity=80, whole=None)
PART = room("Part", whole=key("Hall"))
FAR = room("Far", venue="south")
TRAVEL = {("north", "south"): 30}


def named(name: str, span: str = "09:00-10:30", **values: Any) -> SessionFacts:
    return session(name, span, title=Bilingual(f"题{name}", name), **values)


def said(*sessions: SessionFacts, **values: Any) -> list[str]:
    return [one.says for one in in_words(*sessions, **values)]


def in_words(*sessions: SessionFacts, blocks: tuple[str, ...] = (), **values: Any) -> list[WordedWarning]:
    values["rooms"] = values.get("rooms", [HALL, PART, FAR])
    planned = plan(*sessions, **values)
    with use_locale("en"):
        return worded(Warned(planned, warnings(planned), Policy(blocks=frozenset(blocks))), "Asia/Shanghai")


def test_rooms() -> None:
    later = named("B", "10:00-11:00", at="Hall")
    assert said(named("A", at="Hall"), later) == [
        "Hall is taken twice: by “A” (09:00–10:30) and “B” (10:00–11:00)."
    ]
    [sentence] = said(named("A", at="Part"), later)
    assert sentence == (
        "“A” (09:00–10:30) in Part and “B” (10:00–11:00) in Hall are at one time,"
        " and one of these rooms is a part of the other."
    )
    assert said(named("A", at="Hall", seats=90)) == ["“A” offers 90 seats; Hall holds 80 as it is laid out."]


@pytest.mark.parametrize(
    ("openings", "sentence"),
    [
        (("08:00-10:00", "14:00-18:00"), "R is open 08:00–10:00, 14:00–18:00, not during all of “A” (09:00–10:30)."),
        (("11:00-12:00",), "R is open 11:00–12:00, not during all of “A” (09:00–10:30)."),
    ],
)  # fmt: skip
def test_opening_times(openings: tuple[str, ...], sentence: str) -> None:
    assert said(named("A", at="R"), rooms=[room("R", openings=spans(*openings))]) == [sentence]


def test_a_room_that_is_closed_all_day() -> None:
    other_day = tuple((one.replace(day=30), other.replace(day=30)) for one, other in spans("08:00-18:00"))
    assert said(named("A", at="R"), rooms=[room("R", openings=other_day)]) == [
        "R is closed on the day of “A” (09:00–10:30)."
    ]


def test_people() -> None:
    ada = person("Ada", available=spans("08:00-12:00"))
    one = named("A", at="Hall", people=people("Ada"))
    assert said(one, named("B", "10:00-11:00", people=people("Ada")), speakers=[ada]) == [
        "Ada is needed in “A” (09:00–10:30) and in “B” (10:00–11:00) at one time."
    ]
    assert said(named("A", "11:00-12:30", people=people("Ada")), speakers=[ada]) == [
        "Ada is needed in “A” (11:00–12:30), but cannot be there all that time."
    ]
    far = named("B", "10:40-11:00", at="Far", people=people("Ada"))
    assert said(one, far, speakers=[ada], travel=TRAVEL) == [
        "Ada has 10 min between “A” (09:00–10:30) and “B” (10:40–11:00); the way takes 30 min."
    ]


def test_titles_with_quotation_marks() -> None:
    assert said(named("“A” and B", seats=90, at="Hall")) == [
        "“‘A’ and B” offers 90 seats; Hall holds 80 as it is laid out."
    ]


def test_ceremonies_and_guests() -> None:
    both = (named("A", kind="ceremony"), named("B", "10:00-11:00"))
    assert said(*both, shared={("A", "B"): 12}) == [
        "“B” (10:00–11:00) is held during “A” (09:00–10:30).",
        "12 guests have seats in “A” (09:00–10:30) and in “B” (10:00–11:00).",
    ]
    assert said(*both, shared={("A", "B"): 1})[1] == (
        "1 guest has seats in “A” (09:00–10:30) and in “B” (10:00–11:00)."
    )


def test_what_a_session_owes() -> None:
    items = [item("x", 60), item("y", 45, "", "Prize")]
    forum = named("A", kind="forum", people=people("Ada", "Bo"), items=items, hosts=[host("", "Host")])
    assert said(forum) == [
        "“A” is incomplete in Chinese: items, hosts.",
        "2 people speak in “A”, and nobody moderates.",
        "The items of “A” take 105 min; the session has 90 min.",
    ]


@pytest.mark.parametrize(
    ("speakers", "sentence"),
    [
        ([], "“A” is neither held in English nor interpreted into it."),
        (["Ada"], "“A” is neither held in English nor interpreted; 1 of its people speaks it."),
        (["Ada", "Bo"], "“A” is neither held in English nor interpreted; 2 of its people speak it."),
    ],
)
def test_languages(speakers: list[str], sentence: str) -> None:
    one = named("A", languages=["zh"], people=people(*speakers))
    assert said(one, speakers=[person(name, language="en") for name in speakers]) == [sentence]


def test_where_a_warning_leads() -> None:
    waiting = session("C", "", title=Bilingual("", ""), state="planned")
    late = named("B", "10:00-11:00", at="Hall")
    twice, *missing = in_words(named("A", at="Hall"), late, waiting, blocks=("room_twice", "text_missing"))
    assert (twice.blocks, twice.session, twice.other, twice.title_of) == (True, key("A"), key("B"), "A")
    assert (twice.day, twice.on, twice.when) == ("2023-10-28", "Sat 28 Oct", "09:00–10:30")
    assert twice.href == f"/organiser/sessions/{key('A')}"
    assert twice.place == f"/organiser/timetable?day=2023-10-28#session-{key('A')}"
    assert [(one.blocks, one.when, one.day, one.on, one.title_of) for one in missing] == [
        (False, "", "", "", "C")
    ] * 2
    assert missing[0].place == f"/organiser/timetable#session-{key('C')}"
    assert waiting.edition == EDITION


def test_every_kind_has_its_words() -> None:
    assert list(KIND_WORDS) == list(ADVICE) == list(kinds.KINDS)
