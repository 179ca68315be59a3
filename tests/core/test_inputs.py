"""From a form to a struct, all errors at once."""

from datetime import date, time
from typing import Annotated, Literal

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from wcd.core.i18n import use_locale
from wcd.core.inputs import parse


class Details(msgspec.Struct, kw_only=True):
    name: Annotated[str, Meta(max_length=5)]
    size: Annotated[int, Meta(ge=1, le=9)] | None = None
    day: date | None = None
    hour: time | None = None
    kind: Literal["a", "b"] = "a"
    tags: list[Literal["x", "y"]] = []
    agreed: bool = False
    note: str = ""


def errors(**given: list[str]) -> dict[str, str]:
    with use_locale("en"):
        return {name: str(text) for name, text in parse(Details, given).errors.items()}


def test_whole_form() -> None:
    given = {
        "name": [" 城市 "], "size": ["3"], "day": ["2023-10-31"], "hour": ["14:30"],
        "kind": ["b"], "tags": ["x"], "agreed": ["1"], "note": ["a\r\nb"], "state": ["approved"],
    }  # fmt: skip
    value = parse(Details, given).value
    assert value == Details(
        name="城市",
        size=3,
        day=date(2023, 10, 31),
        hour=time(14, 30),
        kind="b",
        tags=["x"],
        agreed=True,
        note="a\nb",
    )


def test_every_error_comes_at_once() -> None:
    assert errors(name=[""], size=["ten"], day=["soon"], kind=["c"], tags=["z"], note=["a\x00"]) == {
        "name": "Please fill in this field.",
        "size": "Please enter a whole number.",
        "day": "Please enter a date, such as 2023-10-31.",
        "kind": "Please choose one of the given values.",
        "tags": "Please choose one of the given values.",
        "note": "This contains characters that cannot be stored.",
    }


def test_lengths_and_ranges_are_said_with_their_limits() -> None:
    assert errors(name=["城市让生活更美好"], size=["12"]) == {
        "name": "This is too long: at most 5 characters.",
        "size": "This number is outside the possible range.",
    }


def test_text_is_composed() -> None:
    value = parse(Details, {"name": ["e\u0301"]}).value
    assert value
    assert value.name == "\u00e9"


@given(
    st.dictionaries(
        st.sampled_from(list(Details.__struct_fields__)), st.lists(st.text(max_size=30), max_size=3)
    )
)
def test_no_input_is_an_accident(given: dict[str, list[str]]) -> None:
    parsed = parse(Details, given)
    assert (parsed.value is None) == bool(parsed.errors)
