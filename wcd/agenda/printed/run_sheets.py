"""Run sheets: a session as its stage manager needs it, each item with its clock time, who comes, and notes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from wcd.agenda import rules
from wcd.agenda.facts import ItemFacts, PartFacts, SessionFacts
from wcd.agenda.printed import words
from wcd.agenda.printed.facts import Internal, Person, Programme
from wcd.agenda.printed.setting import (
    CARE,
    HAIRLINE,
    INK,
    INK_2,
    INK_3,
    Piece,
    Setter,
    Sheet,
    in_cells,
    ruled,
)
from wcd.agenda.printed.words import in_both, said
from wcd.core.i18n import Bilingual, LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.paper import faces
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Page, Row, Section, after, draw_rows, lead_to, paginate
from wcd.paper.pages import Document, Pen
from wcd.paper.paragraphs import Span
from wcd.venues.words import LAYOUT_WORDS

SHEET = Sheet("a4", 210, 297, 15, 14, 281, 10, 0, 0)
CLOCK, MINUTES, TOTAL, WHAT = 0.0, 20.0, 31.0, 44.0
"""Where the columns begin."""
_NOTES = 46.0
"""The width of the notes, where an item has one."""
_LABEL = 34.0
_LONGEST_NOTE = 1200
"""Characters of a note; more is no note for a stage."""

_RUN_SHEETS = _("Run sheets")
_STAFF_ONLY = _("For staff only")
_NO_ITEMS = _("This session has no items yet.")
_OVER = _("The items take %(items)s minutes: %(over)s more than the session has.")
_LEFT = _("The items take %(items)s minutes; %(left)s minutes are left.")
_EVEN = _("The items fill the session's %(items)s minutes.")


def draw_run_sheets(
    programme: Programme,
    internal: Internal,
    sessions: Sequence[SessionFacts],
    out: BinaryIO,
    *,
    fonts: Path,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Writes the run sheets of these sessions as one PDF, each from a new page, and answers how many pages there are."""
    with faces.drawing():
        document = Document(
            out,
            faces.open_faces(fonts.resolve()),
            width=SHEET.width,
            height=SHEET.height,
            title=f"{programme.edition.short_name.zh}　{in_both(_RUN_SHEETS)}",
            language="zh-CN",
        )
        setter = Setter(document, SHEET, ("zh",))
        parts = []
        for number, session in enumerate(sessions, start=1):
            parts.append(Section(session.code, _rows(setter, programme, internal, session), setter.frame))
            if progress:
                progress(number, len(sessions))
        pages, setter.places = paginate(parts)
        for page in pages:
            document.add_page(_drawn(setter, programme, page, pages))
        document.add_outline(
            [
                (0, f"{words.clock(programme.start(one))} {one.title.zh or one.title.en}", one.code)
                for one in sessions
            ]
        )
        document.save()
    return len(pages)


def _drawn(setter: Setter, programme: Programme, page: Page, pages: Sequence[Page]) -> Pen:
    """A page with its foot: for whom it is, as of when, which page of its session."""
    pen = setter.document.pen()
    draw_rows(pen, page)
    own = [one for one in pages if one.section is page.section]
    at = programme.as_of.astimezone(programme.zone)
    foot = f"{in_both(_STAFF_ONLY)}　{in_both(words.WORKING_COPY)} {at:%Y-%m-%d %H:%M}"
    number = f"{page.section.title}　{own.index(page) + 1}/{len(own)}"
    for text, align in ((foot, "left"), (number, "right")):
        for piece in setter.lines([Span(text, REGULAR, INK_3)], SHEET.inner, 0.8, align=align)[:1]:
            piece.draw(pen, SHEET.margin, SHEET.bottom + 3)
    return pen


def _rows(setter: Setter, programme: Programme, internal: Internal, session: SessionFacts) -> list[Row]:
    rows = after(0, _head(setter, programme, internal, session), (session.code,))
    noted = any(item.id in internal.notes for item in session.items)
    wide = SHEET.inner - WHAT - (_NOTES + 4 if noted else 0)
    table = [_table_head(setter, noted=noted)]
    whole = [part for part in session.people if part.item is None]
    if whole:
        cells = [
            (
                WHAT,
                [*_small(setter, in_both(_("Throughout")), wide), *_people(setter, programme, whole, wide)],
            )
        ]
        table.append(ruled(in_cells(cells, above=1.5, below=1.5), SHEET.inner, 0.15, HAIRLINE))
    times = rules.item_times(programme.start(session), [item.minutes for item in session.items])
    total = 0
    for item, at in zip(session.items, times, strict=True):
        total += item.minutes
        late = at + timedelta(minutes=item.minutes) > programme.end(session)
        parts = [part for part in session.people if part.item == item.id]
        note = internal.notes.get(item.id, "")
        what = _what(setter, programme, item, parts, wide)
        table.append(_item(setter, item, words.clock(at), total, what, note, late=late))
    end = [
        (CLOCK, setter.lines([Span(words.clock(programme.end(session)), BOLD)], MINUTES, 1.5)),
        (WHAT, setter.lines(in_both(_("End of the session")), wide, 1.1, leading=2.05)),
    ]
    table.append(ruled(in_cells(end, above=1.2), SHEET.inner, 0.5, INK))
    rows += [*lead_to(table[:1]), *table[1:]]
    return rows + _contacts(setter, programme, session)


def _head(setter: Setter, programme: Programme, internal: Internal, session: SessionFacts) -> list[Row]:
    """What, when, where; languages; and whether the items fit."""
    width = SHEET.inner
    when = (
        f"{in_day(programme, session)}　{words.span(programme.start(session), programme.end(session), 'zh')}"
    )
    state = session.state == rules.CALLED_OFF
    pieces = [
        *setter.lines([Span(when, BOLD)], width, 1.5, leading=1.5),
        *_big(setter, session.title, width, struck=CARE if state else ""),
    ]
    if state:
        pieces += setter.lines([Span(in_both(words.CALLED_OFF), BOLD, CARE)], width, 1.5)
    rows = [in_cells([(0, pieces)], below=1.5)]
    facts = [*_facts(programme, internal, session), (_("Internal note"), internal.notes.get(session.id, ""))]
    for label, text in facts:
        if text:
            told = setter.lines(text[:_LONGEST_NOTE], width - _LABEL, 1.05, even=False)
            rows.append(in_cells([(0.0, _small(setter, in_both(label), _LABEL, like=1.05)), (_LABEL, told)]))
    rows.append(in_cells([(0, _sum(setter, session))], above=2.0, below=2.5))
    return lead_to(rows)


def in_day(programme: Programme, session: SessionFacts) -> str:
    """The day of a session, in both languages."""
    day = programme.start(session).date()
    return f"{words.short_day(day, 'zh')} {words.short_day(day, 'en')}"


def _facts(programme: Programme, internal: Internal, session: SessionFacts) -> list[tuple[LazyText, str]]:
    """The lines under the title: label and text in both languages."""
    room = programme.rooms.get(session.room) if session.room else None
    place = [room.name, room.floor, programme.venue_of(room).name] if room else [session.meeting_point]
    booths = str(room.booths) if room and room.booths else ""
    layout = internal.layouts.get(session.id, "")
    return [
        (_("Kind"), in_both(words.KINDS[session.kind])),
        (_("Room"), "　".join(_both(text) for text in place if text.zh or text.en)),
        (_("Set up as"), in_both(LAYOUT_WORDS[layout]) if layout in LAYOUT_WORDS else ""),
        (_("Seats"), str(session.seats) if session.seats is not None else ""),
        (_("Languages"), _languages(session.languages)),
        (_("Interpretation"), _languages(session.interpretation)),
        (_("Booths"), booths if session.interpretation else ""),
        (_("Hosts"), "、".join(_both(host.name) for host in session.hosts)),
    ]


def _languages(codes: Sequence[str]) -> str:
    return "、".join(in_both(words.LANGUAGES[code]) for code in codes)


def _both(text: Bilingual) -> str:
    return " ".join(part for part in (text.zh, text.en) if part)


def _sum(setter: Setter, session: SessionFacts) -> list[Piece]:
    """How the items' lengths compare with the session's; too long is said in red."""
    if not session.items:
        return setter.lines([Span(in_both(_NO_ITEMS), BOLD, CARE)], SHEET.inner, 1.1)
    items = sum(item.minutes for item in session.items)
    over = items - session.minutes
    values = {"items": items, "over": over, "left": -over}
    message = _OVER if over > 0 else _LEFT if over < 0 else _EVEN
    colour = CARE if over > 0 else INK_2
    return [
        piece
        for locale in ("zh", "en")
        for piece in setter.lines(
            [Span(said(message, locale, **values), BOLD if over > 0 else REGULAR, colour)], SHEET.inner, 1.1
        )
    ]


def _table_head(setter: Setter, *, noted: bool) -> Row:
    cells = [
        (CLOCK, _small(setter, in_both(_("Time")), MINUTES)),
        (MINUTES, _small(setter, in_both(_("Min.")), TOTAL - MINUTES)),
        (TOTAL, _small(setter, in_both(_("Total")), WHAT - TOTAL)),
        (WHAT, _small(setter, in_both(_("Item and people")), 80)),
    ]
    if noted:
        cells.append((SHEET.inner - _NOTES, _small(setter, in_both(_("Internal note")), _NOTES)))
    return ruled(in_cells(cells, above=1.2, below=1.0), SHEET.inner, 0.5, INK)


def _item(
    setter: Setter, item: ItemFacts, at: str, total: int, what: list[Piece], note: str, *, late: bool
) -> Row:
    """One item: clock, minutes, minutes so far, what and who; in red where it ends after the session."""
    cells = [
        (CLOCK, setter.lines([Span(at, BOLD, CARE if late else INK)], MINUTES, 1.6, leading=1.25)),
        (MINUTES, setter.lines(str(item.minutes), TOTAL - MINUTES, 1.3, leading=1.54)),
        (
            TOTAL,
            setter.lines(
                [Span(str(total), REGULAR, CARE if late else INK_3)], WHAT - TOTAL, 1.3, leading=1.54
            ),
        ),
        (WHAT, what),
        (SHEET.inner - _NOTES, setter.lines(note[:_LONGEST_NOTE], _NOTES, 0.95)),
    ]
    return ruled(in_cells(cells, above=1.6, below=1.8), SHEET.inner, 0.15, HAIRLINE)


def _what(
    setter: Setter, programme: Programme, item: ItemFacts, parts: Sequence[PartFacts], wide: float
) -> list[Piece]:
    kind = in_both(words.ITEMS[item.kind]) if item.kind in words.ITEMS else ""
    if item.zh or item.en:
        title = [*_big(setter, item.title, wide, 1.3), *_small(setter, kind, wide)]
    else:
        title = setter.lines([Span(kind, BOLD)], wide, 1.3)
    return [*title, *_people(setter, programme, parts, wide)]


def _big(
    setter: Setter, text: Bilingual, width: float, size: float = 1.9, *, struck: str = ""
) -> list[Piece]:
    """A title in both languages, Chinese larger."""
    return [
        *setter.lines([Span(text.zh, BOLD)], width, size, leading=1.35, even=False, struck=struck),
        *setter.lines(
            [Span(text.en, BOLD if not text.zh else REGULAR)],
            width,
            size * 0.82,
            leading=1.35,
            even=False,
            struck=struck,
        ),
    ]


def _small(setter: Setter, text: str, width: float, *, like: float = 0.82) -> list[Piece]:
    """A label; as high as a line of size ``like`` beside it."""
    return setter.lines([Span(text, REGULAR, INK_3)], width, 0.82, leading=1.5 * like / 0.82, even=False)


def _people(setter: Setter, programme: Programme, parts: Sequence[PartFacts], wide: float) -> list[Piece]:
    """Who comes: both names to be read in the dark, under each what they do."""
    pieces: list[Piece] = []
    for part in parts:
        person = programme.people.get(part.speaker)
        if person is None:
            continue
        first, second = person.names("zh")
        spans = [Span(first, BOLD)] + ([Span("  "), Span(second, REGULAR)] if second else [])
        pieces += setter.lines(spans, wide, 1.75, leading=1.3, even=False)
        does = "　".join(
            filter(None, (in_both(words.ROLES[part.role]), _both(person.post), _both(person.body)))
        )
        pieces += setter.lines([Span(does, REGULAR, INK_2)], wide, 0.85, leading=1.4, even=False)
    return pieces


def _contacts(setter: Setter, programme: Programme, session: SessionFacts) -> list[Row]:
    """How to reach those who come; moderators first."""
    roles: dict[Person, list[str]] = {}
    for part in sorted(session.people, key=lambda part: part.role != rules.MODERATOR):
        person = programme.people.get(part.speaker)
        if person and (person.email or person.telephone):
            roles.setdefault(person, []).append(part.role)
    if not roles:
        return []
    rows = after(
        6, lead_to([in_cells([(0, setter.lines([Span(in_both(_("Contacts")), BOLD)], SHEET.inner, 1.2))])])
    )
    for person, there in roles.items():
        names = " ".join(filter(None, person.names("zh")))
        said_roles = "、".join(in_both(words.ROLES[role]) for role in dict.fromkeys(there))
        cells = [
            (0.0, setter.lines(names, 54, 1.05, even=False)),
            (56.0, setter.lines([Span(said_roles, REGULAR, INK_2)], 30, 0.9, even=False)),
            (88.0, setter.lines(person.telephone, 36, 1.05, even=False)),
            (125.0, setter.lines(person.email, SHEET.inner - 125, 0.9, even=False)),
        ]
        rows.append(ruled(in_cells(cells, above=0.9, below=0.9), SHEET.inner, 0.12, HAIRLINE))
    return rows
