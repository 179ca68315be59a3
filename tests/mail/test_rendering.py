"""Every kind, in both languages, from its sample."""

import html
import re
from datetime import date
from typing import Any
from uuid import UUID

import jinja2
import pytest

from wcd.core.i18n import Bilingual
from wcd.core.templating import TEMPLATES
from wcd.editions.queries import EditionView
from wcd.mail.kinds import ALL, KINDS, Kind
from wcd.mail.rendering import Rendered, render

EDITION = EditionView(
    id=UUID(int=7),
    code="wcd-test",
    name=Bilingual("2023年世界城市日中国主场活动", "World Cities Day 2023, China observance"),
    short_name=Bilingual("世界城市日", "World Cities Day"),
    theme=Bilingual("汇聚资源", "Financing Sustainable Urban Future"),
    place=Bilingual("上海", "Shanghai"),
    hosts=[],
    first_day=date(2023, 10, 28),
    last_day=date(2023, 10, 31),
    zone="Asia/Shanghai",
    accent="",
    contact_mail="forum@wcd.example",
    contact_telephone="+86 21 5550 1000",
    filing_number="",
    filing_url="",
    is_current=True,
    is_sample=True,
    registration_open=True,
    published=1,
)
BOTH = pytest.mark.parametrize("locale", ["zh", "en"])
EACH = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)


def letter(kind: Kind, locale: str, **changed: Any) -> Rendered:
    return render(kind.code, {**kind.sample, **changed}, locale=locale, edition=EDITION, attached=True)


def words_of(markup: str) -> list[str]:
    """The words of a letter in HTML; a button's link stands after its words, as in the text."""
    body = re.search(r"<body.*</body>", markup, re.DOTALL)
    assert body
    shown = re.sub(r"<p[^>]*data-ornament>.*?</p>", "", body.group(), flags=re.DOTALL)
    shown = re.sub(
        r'<a href="([^"]*)"[^>]*>(.*?)</a>', lambda a: f"{a[2]} {a[1]}" if a[1] != a[2] else a[2], shown
    )
    return html.unescape(re.sub("<[^>]*>", " ", re.sub(r"</?(span|b)\b[^>]*>", "", shown))).split()


@BOTH
@EACH
def test_text_and_html_say_the_same(kind: Kind, locale: str) -> None:
    made = letter(kind, locale)
    text = [word for word in made.text.split() if word != "--"]
    assert words_of(made.html) == text


@EACH
def test_no_english_is_left_in_chinese(kind: Kind) -> None:
    made = letter(kind, "zh")
    for text in (made.subject, made.text):
        ours = re.sub(r"https?://\S+|\S+@\S+|Rui Costa|Amina Wanjiru Odhiambo", "", text)
        assert re.findall("[A-Za-z]{2,}", ours) == []


@EACH
def test_no_chinese_is_left_in_english(kind: Kind) -> None:
    native = {name: "Chen Wangshu" for name in ("name", "invited_by") if name in kind.sample}
    free = {name: "In English." for name in ("note", "question") if name in kind.sample}
    if "guests" in kind.sample:
        free["guests"] = [{**one, "name": "Chen Wangshu"} for one in kind.sample["guests"]]
    made = letter(kind, "en", **native, **free)
    assert re.findall("[\u3000-\u9fff\uff00-\uffef]+", made.subject + made.text) == []


@BOTH
@EACH
def test_opens_and_closes_as_letters_do(kind: Kind, locale: str) -> None:
    lines = letter(kind, locale).text.splitlines()
    assert lines[0].startswith("尊敬的" if locale == "zh" else "Dear ")
    signed = lines.index("--") - 2
    assert lines[signed] == getattr(EDITION.name, locale)
    why = lines[lines.index("--") + 1]
    assert why.startswith("您收到此邮件，是因为" if locale == "zh" else "You receive this mail because")


@BOTH
@EACH
def test_renders_without_what_may_be_left_out(kind: Kind, locale: str) -> None:
    given = {name: value for name, value in kind.sample.items() if name in kind.needs}
    edition = None if "link_id" in kind.needs else EDITION
    made = render(kind.code, given, locale=locale, edition=edition)
    assert "None" not in made.text
    assert made.subject


def test_what_people_wrote_is_text() -> None:
    made = letter(KINDS["returned"], "en", question="<script>1</script>\n& more", name="A <b>&amp;</b>")
    assert "&lt;script&gt;1&lt;/script&gt;<br>&amp; more" in made.html
    assert "Dear A &lt;b&gt;&amp;amp;&lt;/b&gt;," in made.html
    assert "<script>1</script>\n& more" in made.text


def test_a_subject_is_one_line() -> None:
    session = {**KINDS["seat_confirmed"].sample["session"], "title_en": "One\r\nBcc: a@b.example"}
    assert letter(KINDS["seat_confirmed"], "en", session=session).subject == "Your seat: One Bcc: a@b.example"


@pytest.mark.parametrize("code", ["approved", "address_to_confirm", "link_again", "password_reset"])
def test_a_preview_holds_no_way_in(code: str) -> None:
    kind = KINDS[code]
    real = letter(kind, "en")
    shown = render(code, kind.sample, locale="en", edition=EDITION, with_links=False)
    secrets = set(re.findall(r"/([\w-]{40,})", real.text))
    assert secrets
    assert [secret for secret in secrets if secret in shown.text + shown.html] == []


def test_the_badge_is_said_to_be_attached_only_when_it_is() -> None:
    sample = KINDS["approved"].sample
    with_badge = render("approved", sample, locale="en", edition=EDITION, attached=True).text
    without = render("approved", sample, locale="en", edition=EDITION, attached=False).text
    assert "Your badge is attached to this mail." in with_badge
    assert "Your badge will be ready for you at the registration desk." in without


def test_times_are_of_the_place() -> None:
    assert "Sat 28 Oct 14:00–17:00 (Shanghai time)" in letter(KINDS["seat_confirmed"], "en").text.splitlines()


def test_a_letter_without_a_needed_value_is_refused() -> None:
    with pytest.raises(ValueError, match="seat_confirmed: missing \\['session'\\], unknown \\['sesion'\\]"):
        KINDS["seat_confirmed"].refuse_wrong({"guest_id": "1", "link_version": 1, "name": "", "sesion": {}})


def test_a_misspelt_value_in_a_template_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("seat_confirmed", {}, locale="en", edition=EDITION)


def test_each_kind_has_its_template_and_each_template_its_kind() -> None:
    assert {path.stem for path in (TEMPLATES / "mail").glob("*.html")} == set(KINDS)
