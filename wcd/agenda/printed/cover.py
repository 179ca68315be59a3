"""The pages around the programme: cover with the edition's drawing, contents, pages for notes, the back."""

from collections.abc import Sequence
from functools import partial

from wcd.agenda.printed import words
from wcd.agenda.printed.facts import Programme
from wcd.agenda.printed.sessions import plain
from wcd.agenda.printed.setting import CARE, FAINT, HAIRLINE, INK, INK_2, INK_3, Setter
from wcd.agenda.printed.words import said
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.editions.rules import days
from wcd.editions.skyline import GROUND, WIDE, skyline
from wcd.paper import qr
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Frame, Row, after, lead_to
from wcd.paper.pages import MM, Pen
from wcd.paper.paragraphs import Span

CONTENTS = _("Contents")
NOTES = _("Notes")
Entry = tuple[dict[str, str], str]
"""A line of the contents: its words in each language, and the place it leads to."""
_DEFAULT_ACCENT = "#0b5cad"


def whole_page(setter: Setter) -> Frame:
    """The sheet from edge to edge."""
    return Frame(0, setter.sheet.height, (0,))


def cover_row(setter: Setter, programme: Programme) -> Row:
    """The cover: who invites, to what, when and where; the skyline stands on the lower third."""
    sheet, edition = setter.sheet, programme.edition

    def draw(pen: Pen, _x: float, _y: float) -> None:
        ground = sheet.height * 0.80
        _skyline(pen, programme, ground)
        hosts = [
            [words.parted((plain(setter, host, one) for host in edition.hosts), one)]
            for one in setter.locales
        ]
        y = _stack(setter, pen, sheet.margin, [("".join(text), 0.95, REGULAR, INK_2) for text in hosts])
        y = max(y, sheet.height * 0.17)
        titles: list[tuple[str, float, str, str]] = []
        for n, locale in enumerate(setter.locales):
            name = plain(setter, edition.name, locale).replace("暨", "暨\n")
            titles.append((name, 2.3 if n == 0 else 1.5, BOLD, INK))
        y = _stack(setter, pen, y, titles) + 4
        themes = [
            (_quoted(plain(setter, edition.theme, locale), locale), 1.45 if n == 0 else 1.15, REGULAR, INK_2)
            for n, locale in enumerate(setter.locales)
            if edition.theme.local
        ]
        y = _stack(setter, pen, y, themes) + 5
        pen.rule(sheet.margin, y, 14, 0.7, _accent(programme))
        when = []
        for locale in setter.locales:
            when.append((words.days_of(edition.first_day, edition.last_day, locale), 1.2, BOLD, INK))
            when.append((plain(setter, edition.place, locale).replace("　", " "), 1.1, REGULAR, INK))
        _stack(setter, pen, y + 5, when)
        _foot(setter, programme, pen, ground)

    return Row(sheet.height, draw, marks=("cover",))


def _stack(setter: Setter, pen: Pen, y: float, texts: Sequence[tuple[str, float, str, str]]) -> float:
    """Texts one under the other; the answer is where they end."""
    sheet = setter.sheet
    for text, size, weight, colour in texts:
        for piece in setter.lines(
            [Span(text, weight, colour)],
            sheet.inner,
            size * sheet.base / setter.base,
            leading=1.38,
            even=False,
        ):
            piece.draw(pen, sheet.margin, y)
            y += piece.height
    return y


def _foot(setter: Setter, programme: Programme, pen: Pen, ground: float) -> None:
    """Under the ground: what this is, and of which state."""
    titles = [(said(_("Programme booklet"), locale), 1.6, BOLD, INK) for locale in setter.locales]
    colour = CARE if programme.is_working else INK_2
    states = [(state_of(programme, locale), 0.95, REGULAR, colour) for locale in setter.locales]
    space = setter.sheet.height - ground
    tall = sum(1.38 * size * setter.sheet.base / MM for _t, size, _w, _c in (*titles, *states)) + 2
    y = _stack(setter, pen, ground + max(4.0, (space - tall) / 2), titles)
    _stack(setter, pen, y + 2, states)


def state_of(programme: Programme, locale: str) -> str:
    """第4版，2023年10月20日发布 or Release 4, 20 October 2023; of the working copy, that it is not for guests."""
    day = words.full_date(programme.as_of.astimezone(programme.zone).date(), locale)
    if programme.is_working:
        at = words.clock(programme.as_of.astimezone(programme.zone))
        return said(_("Working copy of %(day)s, %(time)s. Not for guests."), locale, day=day, time=at)
    return said(_("Release %(number)s of %(day)s"), locale, number=programme.release, day=day)


def _quoted(text: str, locale: str) -> str:
    return f"“{text}”" if locale == "en" else text


def _accent(programme: Programme) -> str:
    return programme.edition.accent or _DEFAULT_ACCENT


def _skyline(pen: Pen, programme: Programme, ground: float) -> None:
    """The edition's drawing from edge to edge, standing on the ground, with a quiet river under it."""
    edition = programme.edition
    lit = tuple(
        day.day for day in days(edition.first_day, edition.last_day) if day.month == edition.first_day.month
    )
    drawing = skyline(edition.code, lit)
    scale = pen.width / WIDE
    base = (pen.height - ground) * MM
    parts = ["q"]
    for strokes, colour, thick in ((drawing.quiet, FAINT, 0.6), (drawing.lit, _accent(programme), 0.95)):
        lines = " ".join(
            f"{x * scale * MM:.2f} {base:.2f} m {x * scale * MM:.2f} {base + tall * scale * MM * _LIFT:.2f} l"
            for x, tall in strokes
        )
        parts.append(f"{_ink(colour)} RG {thick} w {lines} S")
    parts.append(f"{_ink(INK)} RG 1.1 w 0 {base:.2f} m {pen.width * MM:.2f} {base:.2f} l S Q")
    pen.raw("\n".join(parts))


_LIFT = 2.4 * 64 / GROUND
"""The drawing is made for the low head of a badge; a cover has room for taller houses."""


def _ink(colour: str) -> str:
    return " ".join(f"{int(colour[n : n + 2], 16) / 255:.3g}" for n in (1, 3, 5))


def contents_rows(setter: Setter, programme: Programme, entries: Sequence[Entry]) -> list[Row]:
    """The contents, and under them how new they are."""
    rows = after(0, lead_to(setter.heading(lambda locale: said(CONTENTS, locale))), ("contents",))
    rows.append(setter.space(3))
    for says, place in entries:
        field = setter.field(
            partial(_entry, says, place),
            1.12,
            right=12,
            leading=1.5,
            even=False,
            more=[(setter.sheet.inner - 12, [setter.page_number(place, 12, 1.12)])],
        )
        rows += after(1.4, [*lead_to(field[:-1]), *field[-1:]])
    return rows + _how_to_read(setter, programme)


def _entry(says: dict[str, str], place: str, locale: str) -> list[Span]:
    return [Span(says[locale], BOLD, INK, place)]


def _how_to_read(setter: Setter, programme: Programme) -> list[Row]:
    """Of which state this is, and where the newest is."""
    rule = setter.rule(0.15, HAIRLINE, above=8, below=2.5)
    words_ = [
        partial(_says, _("%(state)s. Changes after that are on the web:"), programme),
        partial(
            _says, _("Times are local times of the place. Bring your badge to every session."), programme
        ),
    ]
    address = programme.address(setter.locales[0])
    side = 20.0
    rows = [
        row for says in words_ for row in after(1.0, setter.field(says, 0.93, right=side + 5, even=False))
    ]
    link = setter.lines([Span(address, REGULAR, INK_2, address)], setter.sheet.inner - side - 5, 0.93)
    rows[-1:] = [rows[-1], *after(1.0, [Row(piece.height, piece.draw) for piece in link])]
    symbol = qr.encode_text(address)

    def draw(pen: Pen, x: float, y: float) -> None:
        rule.draw(pen, x, y)
        pen.symbol(x + setter.sheet.inner - side, y + rule.height + 1, side, symbol)

    marked = Row(rule.height, draw)
    filled = sum(row.height + row.before for row in rows)
    tail = [setter.space(side + 2 - filled)] if filled < side + 2 else []
    return [*lead_to([marked, *rows[:-1]]), *([*lead_to(rows[-1:]), *tail] if tail else rows[-1:])]


def _says(message: LazyText, programme: Programme, locale: str) -> list[Span]:
    return [Span(said(message, locale, state=state_of(programme, locale)), REGULAR, INK_2)]


def notes_row(setter: Setter) -> Row:
    """A page to write on; it fills a booklet up to whole sheets."""
    sheet = setter.sheet

    def draw(pen: Pen, x: float, y: float) -> None:
        title = " ".join(said(NOTES, locale) for locale in setter.locales)
        for piece in setter.lines(title, sheet.inner, 1.6, weight=BOLD):
            piece.draw(pen, x, y)
        line = y + 18
        while line < sheet.bottom:
            pen.rule(x, line, sheet.inner, 0.12, HAIRLINE)
            line += 8

    return Row(sheet.bottom - sheet.top, draw)


def back_row(setter: Setter, programme: Programme) -> Row:
    """The back: where the newest programme is, and who answers questions."""
    sheet, edition = setter.sheet, programme.edition
    address = programme.address(setter.locales[0])
    symbol = qr.encode_text(address)
    side = 30.0

    def draw(pen: Pen, _x: float, _y: float) -> None:
        ground = sheet.height * 0.80
        _skyline(pen, programme, ground)
        y = sheet.height * 0.24
        pen.symbol(sheet.margin, y, side, symbol)
        texts = [
            (said(_("The programme as it stands now"), locale), 1.1, BOLD, INK) for locale in setter.locales
        ]
        y = _stack(setter, pen, y + side + 4, [*texts, (address, 0.95, REGULAR, INK_2)]) + 5
        lines = [
            (text, 0.95, REGULAR, INK_2) for text in (edition.contact_mail, edition.contact_telephone) if text
        ]
        if lines:
            heads = [(said(_("Questions"), locale), 1.1, BOLD, INK) for locale in setter.locales]
            _stack(setter, pen, y, [*heads, *lines])
        _stack(
            setter,
            pen,
            ground + 8,
            [(plain(setter, edition.short_name, locale), 0.95, REGULAR, INK_3) for locale in setter.locales],
        )

    return Row(sheet.height, draw)
