"""The programme as a booklet: in Chinese, in English, or in both side by side; A5 or A4, or A5 on A4 for stapling."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from wcd.agenda.printed import cover, glance, people, places, sessions, words
from wcd.agenda.printed.facts import Programme
from wcd.agenda.printed.setting import CARE, HAIRLINE, INK_3, SHEETS, Pictures, Setter
from wcd.agenda.printed.words import said
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.paper import faces
from wcd.paper.flow import Frame, Page, PageOf, Row, Section, draw_rows, paginate
from wcd.paper.imposition import fold
from wcd.paper.pages import Document, Pen
from wcd.paper.paragraphs import Span

LANGUAGES = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}
BOOKLET = _("Programme booklet")
SPEAKERS = _("Speakers")
INDEX = _("Index of people")


class Form(msgspec.Struct, frozen=True):
    """How a booklet is wanted: its languages, its sheet, and whether its pages are laid for folding and stapling."""

    language: str = "both"
    sheet: str = "a5"
    folded: bool = False

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages that stand in it."""
        return LANGUAGES[self.language]


def draw_booklet(
    programme: Programme,
    form: Form,
    out: BinaryIO,
    *,
    fonts: Path,
    portraits: Pictures = lambda _key: None,
    plans: Pictures = lambda _key: None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Writes the booklet as PDF and answers how many pages it has, before folding.

    ``progress`` is told how many of how many steps are done: sections set, then pages drawn.
    """
    sheet = SHEETS[form.sheet]
    with faces.drawing():
        title = " ".join(_title(programme, locale) for locale in form.locales)
        width, height = (2 * sheet.width, sheet.height) if form.folded else (sheet.width, sheet.height)
        document = Document(
            out,
            faces.open_faces(fonts.resolve()),
            width=width,
            height=height,
            title=title,
            language={"zh": "zh-CN", "en": "en-GB"}[form.locales[0]],
        )
        setter = Setter(document, sheet, form.locales)
        tell = progress or (lambda _done, _of: None)
        listed = _sections(setter, programme, portraits, plans, tell)
        pages, setter.places = paginate(listed)
        if form.folded:
            pages, setter.places = paginate([*listed[:-1], *_notes(setter, len(pages)), listed[-1]])
        pens = []
        for page in pages:
            pens.append(_drawn(setter, programme, page))
            tell(len(listed) + page.number, len(listed) + len(pages))
        if form.folded:
            for side in fold(document, pens):
                document.add_page(side)
        else:
            for pen in pens:
                document.add_page(pen)
            document.add_outline(_outline(setter, programme))
            document.label_pages([(0, " / ".join(said(_("Cover"), one) for one in form.locales)), (1, "")])
        document.save()
    return len(pages)


def _title(programme: Programme, locale: str) -> str:
    name = programme.edition.short_name
    return (
        f"{name.zh if locale == 'zh' else name.en}{'　' if locale == 'zh' else ': '}{said(BOOKLET, locale)}"
    )


def _sections(
    setter: Setter,
    programme: Programme,
    portraits: Pictures,
    plans: Pictures,
    tell: Callable[[int, int], None],
) -> list[Section]:
    """What the booklet is made of, in its order; what is empty is left out."""
    whole = cover.whole_page(setter)
    days = programme.days
    steps = len(days) + 6
    found = [Section("", [cover.cover_row(setter, programme)], whole, bare=True)]

    def add(
        title: str,
        rows: Sequence[Row] | Callable[[PageOf], Sequence[Row]],
        frame: Frame = setter.frame,
    ) -> None:
        found.append(Section(title, rows, frame))
        tell(len(found), steps)

    add(_both(setter, cover.CONTENTS), cover.contents_rows(setter, programme, _entries(setter, programme)))
    if days:
        add(_both(setter, glance.GLANCE), glance.glance_rows(setter, programme))
    for day, there in days.items():
        name = " ".join(words.day_name(day, locale) for locale in setter.locales)
        add(name, sessions.day_rows(setter, programme, day, there))
    if programme.exhibitions:
        add(_both(setter, places.EXHIBITIONS), places.exhibition_rows(setter, programme))
    if programme.on_stage:
        add(_both(setter, SPEAKERS), people.speaker_rows(setter, programme, portraits))
    if programme.venues:
        add(_both(setter, places.PLACES), places.place_rows(setter, programme, plans))
    if programme.on_stage:
        add(_both(setter, INDEX), partial(people.index_rows, setter, programme), people.index_frame(setter))
    found.append(Section("", [cover.back_row(setter, programme)], whole, bare=True))
    return found


def _both(setter: Setter, message: LazyText) -> str:
    return " ".join(said(message, locale) for locale in setter.locales)


def _entries(setter: Setter, programme: Programme) -> list[cover.Entry]:
    """The lines of the contents and of the outline: words in each language, and the place they lead to."""

    def entry(message: LazyText, place: str) -> cover.Entry:
        return {locale: said(message, locale) for locale in setter.locales}, place

    days: list[cover.Entry] = [
        ({locale: words.day_name(day, locale) for locale in setter.locales}, f"day-{day}")
        for day in programme.days
    ]
    return [
        *([entry(glance.GLANCE, "glance"), *days] if days else []),
        *([entry(places.EXHIBITIONS, "exhibitions")] if programme.exhibitions else []),
        *([entry(SPEAKERS, "speakers")] if programme.on_stage else []),
        *([entry(places.PLACES, "places")] if programme.venues else []),
        *([entry(INDEX, "index")] if programme.on_stage else []),
    ]


def _outline(setter: Setter, programme: Programme) -> list[tuple[int, str, str]]:
    """The outline that readers show: the contents, under each day its sessions."""
    found = [(0, _both(setter, _("Cover")), "cover"), (0, _both(setter, cover.CONTENTS), "contents")]
    by_place = {f"day-{day}": there for day, there in programme.days.items()}
    for says, place in _entries(setter, programme):
        found.append((0, " ".join(says.values()), place))
        for session in by_place.get(place, []):
            title = session.title.zh if setter.locales[0] == "zh" else session.title.en
            title = title or session.title.zh or session.title.en
            found.append((1, f"{words.clock(programme.start(session))} {title}", sessions.place_of(session)))
    return found


def _notes(setter: Setter, pages: int) -> list[Section]:
    """So many pages for notes that the sheets are full."""
    return [
        Section(_both(setter, cover.NOTES), [cover.notes_row(setter)], setter.frame)
        for _n in range(-pages % 4)
    ]


def _drawn(setter: Setter, programme: Programme, page: Page) -> Pen:
    sheet = setter.sheet
    pen = Pen(setter.document, sheet.width, sheet.height)
    if not page.section.bare:
        _running(setter, programme, pen, page)
    draw_rows(pen, page)
    return pen


def _running(setter: Setter, programme: Programme, pen: Pen, page: Page) -> None:
    """The head: edition and section; the foot: state and page number. Numbers stand at the outer edge."""
    sheet = setter.sheet
    edition = programme.edition.short_name
    name = " ".join(edition.zh if locale == "zh" else edition.en for locale in setter.locales)
    left, right = (name, page.section.title) if page.number % 2 else (page.section.title, name)
    y = sheet.top * 0.42
    for text, align in ((left, "left"), (right, "right")):
        for piece in setter.lines([Span(text, faces.REGULAR, INK_3)], sheet.inner, 0.8, align=align)[:1]:
            piece.draw(pen, sheet.margin, y)
    pen.rule(sheet.margin, y + 4.6, sheet.inner, 0.12, HAIRLINE)
    foot = sheet.bottom + (sheet.height - sheet.bottom) * 0.3
    outer = "right" if page.number % 2 else "left"
    for piece in setter.lines([Span(str(page.number), faces.BOLD)], sheet.inner, 0.95, align=outer):
        piece.draw(pen, sheet.margin, foot)
    state = words.parted((cover.state_of(programme, locale) for locale in setter.locales), setter.locales[-1])
    colour = CARE if programme.is_working else INK_3
    inner = "left" if page.number % 2 else "right"
    for piece in setter.lines([Span(state, faces.REGULAR, colour)], sheet.inner - 12, 0.75, align=inner)[:1]:
        piece.draw(pen, sheet.margin + (0 if inner == "left" else 12), foot)
