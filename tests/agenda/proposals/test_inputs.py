"""What a partner types, and what is kept of it."""

import pytest

from tests.agenda.proposals.cast import GARDENS
from wcd.agenda.proposals.inputs import (
    ONE_BODY,
    ONE_LANGUAGE,
    ONE_SUMMARY,
    ONE_TITLE,
    clean_lines,
    read_proposal,
)
from wcd.core.contacts import NOT_A_TELEPHONE
from wcd.core.i18n import use_locale
from wcd.core.inputs import REQUIRED


def given(**changed):
    whole = {**GARDENS, **changed}
    return {name: value if isinstance(value, list) else [value] for name, value in whole.items()}


def test_a_whole_proposal_is_read() -> None:
    parsed = read_proposal(given())
    assert parsed.errors == {}
    assert (parsed.value.minutes, parsed.value.size, parsed.value.sdgs) == (75, 60, (11, 13))


@pytest.mark.parametrize("kept", ["zh", "en"])
def test_one_language_is_enough(kept) -> None:
    other = "en" if kept == "zh" else "zh"
    parsed = read_proposal(given(**{f"title_{other}": "", f"summary_{other}": "", f"body_{other}": ""}))
    assert parsed.errors == {}


def test_nothing_at_all_is_said_in_the_order_of_the_form() -> None:
    assert read_proposal({}).errors == {
        "title_zh": ONE_TITLE,
        "summary_zh": ONE_SUMMARY,
        "body_zh": ONE_BODY,
        "contact_name": REQUIRED,
        "email": REQUIRED,
        "language": REQUIRED,
        "languages": ONE_LANGUAGE,
    }


def test_what_is_too_long_does_not_hide_what_is_missing() -> None:
    with use_locale("en"):  # a limit is put into its sentence at once
        parsed = read_proposal(given(title_zh="长" * 10_000, contact_name="", telephone="?"))
        said = {name: str(sentence) for name, sentence in parsed.errors.items()}
    assert said == {
        "title_zh": "This is too long: at most 300 characters.",
        "contact_name": str(REQUIRED.message),
        "telephone": str(NOT_A_TELEPHONE.message),
    }


def test_a_text_that_only_turns_the_reader_is_none() -> None:
    assert set(read_proposal(given(title_zh="\u202e\u200b", title_en="\u2066")).errors) == {"title_zh"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\n\n\n\ntwo  three", "one\n\ntwo three"),
        ("\n\n a \u202e b \n", "a b"),
        ("=1+1\n{{7*7}}", "=1+1\n{{7*7}}"),
        ("", ""),
    ],
)
def test_lines_are_cleaned_and_stay_lines(typed, kept) -> None:
    assert clean_lines(typed) == kept
