"""Where it happens: venues with address and way, their rooms; and the exhibitions with their stands."""

from functools import partial
from io import BytesIO

import msgspec
from PIL import Image

from wcd.agenda.printed import words
from wcd.agenda.printed.facts import Programme
from wcd.agenda.printed.sessions import in_spine, plain
from wcd.agenda.printed.setting import HAIRLINE, INK_2, INK_3, Pictures, Setter
from wcd.agenda.printed.words import said
from wcd.agenda.views import ExhibitionView, StandView
from wcd.core.i18n import lazy_gettext as _
from wcd.paper.faces import BOLD, REGULAR
from wcd.paper.flow import Row, after, hold_together, lead_to
from wcd.paper.pages import Pen
from wcd.paper.paragraphs import Span
from wcd.venues.queries import RoomView, VenueView

PLACES = _("Venues and rooms")
_PLAN = 0.55
"""How much of a page's height a plan may take."""
EXHIBITIONS = _("Exhibitions")


def place_rows(setter: Setter, programme: Programme, plans: Pictures) -> list[Row]:
    """Every venue with its way, its rooms and its plan."""
    rows = after(0, lead_to(setter.heading(lambda locale: said(PLACES, locale))), ("places",))
    for venue in programme.venues:
        rows += _venue(setter, venue)
        if venue.plan and (jpeg := plans(venue.plan)):
            rows += after(2.5, [_plan(setter, venue.plan, jpeg)])
    return rows


def _plan(setter: Setter, key: str, jpeg: bytes) -> Row:
    """The plan as wide as the text, or as high as leaves room for what is about it."""
    with Image.open(BytesIO(jpeg)) as picture:
        shape = picture.height / picture.width
    most = (setter.sheet.bottom - setter.sheet.top) * _PLAN
    wide = min(setter.sheet.inner, most / shape)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.picture(setter.document.picture(("plan", key), lambda: jpeg), x, y, wide, wide * shape)

    return Row(wide * shape, draw)


def _venue(setter: Setter, venue: VenueView) -> list[Row]:
    name = setter.field(
        lambda locale: setter.text(venue.name, locale, weight=BOLD), 1.35, leading=1.35, even=False
    )
    address = setter.field(lambda locale: setter.text(venue.address, locale, colour=INK_2), 0.95, even=False)
    way = setter.field(lambda locale: setter.text(venue.way, locale))
    rows = [*after(5.0, name), *address, *after(1.0, way)]
    if venue.map_url:
        link = setter.lines([Span(venue.map_url, REGULAR, INK_3, venue.map_url)], setter.sheet.inner, 0.88)
        rows += after(0.5, [Row(piece.height, piece.draw) for piece in link])
    table = [row for room in venue.rooms for row in _room(setter, room)]
    return [*(lead_to(rows) if table else rows), *after(1.8, table)]


def _room(setter: Setter, room: RoomView) -> list[Row]:
    field = setter.field(partial(_room_says, setter, room), 0.95, even=False)
    rule = setter.rule(0.12, HAIRLINE, below=0.4)
    return after(0.5, [*lead_to([rule, *field[:-1]]), field[-1]])


def _room_says(setter: Setter, room: RoomView, locale: str) -> list[Span]:
    floor = plain(setter, room.floor, locale)
    seats = said(_("%(number)s places"), locale, number=room.capacity) if room.capacity else ""
    more = words.listed([floor, seats], "en") if locale == "en" else "，".join(filter(None, (floor, seats)))
    gap = "　" if locale == "zh" else "   "
    name = setter.text(room.name, locale, weight=BOLD)
    return [*name, Span(gap + more, REGULAR, INK_2)] if more else name


def exhibition_rows(setter: Setter, programme: Programme) -> list[Row]:
    """Every exhibition, and its stands in the order of their numbers."""
    rows = after(0, lead_to(setter.heading(lambda locale: said(EXHIBITIONS, locale))), ("exhibitions",))
    for exhibition in programme.exhibitions:
        rows += _exhibition(setter, programme, exhibition)
    return rows


def _exhibition(setter: Setter, programme: Programme, exhibition: ExhibitionView) -> list[Row]:
    title = setter.field(
        lambda locale: setter.text(exhibition.title, locale, weight=BOLD), 1.35, leading=1.35, even=False
    )
    about = setter.field(partial(_when, setter, programme, exhibition), 0.93, even=False)
    summary = setter.field(lambda locale: setter.text(exhibition.summary, locale))
    rows = [*after(5.0, lead_to(title)), *lead_to(about), *after(1.0, hold_together(summary))]
    for stand in exhibition.stands:
        rows += _stand(setter, stand)
    return rows


def _when(setter: Setter, programme: Programme, exhibition: ExhibitionView, locale: str) -> list[Span]:
    first, last = (at.astimezone(programme.zone).date() for at in (exhibition.starts_at, exhibition.ends_at))
    place = exhibition.place
    room = plain(setter, place.name, locale) if place else ""
    floor = plain(setter, place.floor, locale) if place else ""
    return [Span(words.parted([words.days_of(first, last, locale), room, floor], locale), REGULAR, INK_2)]


def _stand(setter: Setter, stand: StandView) -> list[Row]:
    indent = setter.sheet.spine
    title = setter.field(partial(_stand_title, setter, stand), indent=indent, even=False)
    title = in_spine(title, setter.lines([Span(stand.number, BOLD, INK_2)], indent, 0.95))
    told = setter.field(lambda locale: setter.text(stand.summary, locale), 0.95, indent=indent)
    rows = [*lead_to(title), *hold_together(told)]
    rows[-1] = msgspec.structs.replace(rows[-1], with_next=False)
    return after(1.6, rows)


def _stand_title(setter: Setter, stand: StandView, locale: str) -> list[Span]:
    body = plain(setter, stand.body, locale)
    gap = "　" if locale == "zh" else " · "
    title = setter.text(stand.title, locale, weight=BOLD)
    return [*title, Span(gap + body, REGULAR, INK_2)] if body else title
