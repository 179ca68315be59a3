"""Rows that flow over columns and pages; sections of a book with running heads; page numbers that rows may ask for."""

from collections.abc import Callable, Sequence

import msgspec

from wcd.paper.pages import Pen

PageOf = Callable[[str], int]
"""The number of the page on which a place is; 0 while it is not known yet."""


_TRIES = 6
_LITTLE = 0.25
"""A last page filled no more than this is worth saving …"""
_CLOSER = (0.85, 0.7, 0.55)
"""… by spaces made as small as this, and by so many mm more at the foot of each page."""
_LONGER = 2.5


class Row(msgspec.Struct, frozen=True):
    """Something as wide as a column: its height in mm, and how it is drawn from its top left corner.

    ``before`` is the space above, which falls away at the top of a column. With ``with_next`` it stays with the row
    after it. ``marks`` are the names of the places that begin here.
    """

    height: float
    draw: Callable[[Pen, float, float], None]
    before: float = 0.0
    with_next: bool = False
    marks: tuple[str, ...] = ()


class Placed(msgspec.Struct, frozen=True):
    """A row where it stands on its page."""

    row: Row
    x: float
    y: float


class Frame(msgspec.Struct, frozen=True):
    """Where rows may stand on a page: its columns from left to right, top and bottom."""

    top: float
    bottom: float
    columns: tuple[float, ...]


class Section(msgspec.Struct, frozen=True):
    """A part of a book that begins on a page of its own; rows that show page numbers are made from them."""

    title: str
    rows: Sequence[Row] | Callable[[PageOf], Sequence[Row]]
    frame: Frame
    bare: bool = False
    """Without running head and page number."""


class Page(msgspec.Struct, frozen=True):
    """A page of a book: its number, the section it belongs to, and what stands on it."""

    number: int
    section: Section
    placed: list[Placed]


def hold_together(rows: Sequence[Row], first: int = 2, last: int = 2) -> list[Row]:
    """The rows of a paragraph such that neither its first line nor its last one stands alone in a column."""
    end = len(rows) - 1
    return [
        msgspec.structs.replace(row, with_next=True)
        if n < end and (n < first - 1 or n >= end - (last - 1))
        else row
        for n, row in enumerate(rows)
    ]


def lead_to(rows: Sequence[Row]) -> list[Row]:
    """The rows of a heading: they stay together and with what follows."""
    return [msgspec.structs.replace(row, with_next=True) for row in rows]


def after(space: float, rows: Sequence[Row], marks: tuple[str, ...] = ()) -> list[Row]:
    """The rows with this space above, the first of them bearing these names."""
    if not rows:
        return []
    return [msgspec.structs.replace(rows[0], before=space, marks=(*marks, *rows[0].marks)), *rows[1:]]


def flow(rows: Sequence[Row], frame: Frame) -> list[list[Placed]]:
    """The rows on as many pages as they need, at least one.

    Where little is left for the last page, the spaces between rows are made smaller if that saves it. The columns of
    the last page are equally long.
    """
    pages = _fill(rows, frame)
    for share in _CLOSER:
        if len(pages) == 1 or _filled(pages[-1], frame) > _LITTLE:
            break
        closer = [msgspec.structs.replace(row, before=row.before * share) for row in rows]
        tried = _fill(closer, msgspec.structs.replace(frame, bottom=frame.bottom + _LONGER))
        if len(tried) < len(pages):
            pages = tried
    if len(frame.columns) == 1:
        return pages
    last = [placed.row for placed in pages[-1]]
    bottom = frame.top + sum(row.height for row in last) / len(frame.columns)
    while bottom < frame.bottom:
        tried = _fill(last, msgspec.structs.replace(frame, bottom=bottom))
        if len(tried) == 1:
            return [*pages[:-1], *tried]
        bottom += 2
    return pages


def _filled(page: list[Placed], frame: Frame) -> float:
    """Which share of its first column a page fills."""
    ends = [placed.y + placed.row.height for placed in page if placed.x == frame.columns[0]]
    return (max(ends, default=frame.top) - frame.top) / (frame.bottom - frame.top)


def _fill(rows: Sequence[Row], frame: Frame) -> list[list[Placed]]:
    pages: list[list[Placed]] = [[]]
    column, y, fresh = 0, frame.top, True
    for cluster in _clusters(rows):
        height = _height(cluster, fresh=fresh)
        if not fresh and y + height > frame.bottom + 0.01:
            column, fresh = column + 1, True
        for row in cluster:
            y = frame.top if fresh else y + row.before
            if not fresh and y + row.height > frame.bottom + 0.01:  # a cluster taller than a column
                column, y = column + 1, frame.top
            if column == len(frame.columns):
                pages.append([])
                column = 0
            pages[-1].append(Placed(row, frame.columns[column], y))
            y, fresh = y + row.height, False
    return pages


def paginate(sections: Sequence[Section]) -> tuple[list[Page], dict[str, int]]:
    """All sections one after another, each from a new page, and the page of each place.

    Rows that depend on page numbers are made again until these stay as they are.
    """
    fixed = [None if callable(one.rows) else flow(one.rows, one.frame) for one in sections]
    places: dict[str, int] = {}
    for _try in range(_TRIES):
        pages: list[Page] = []
        for section, ready in zip(sections, fixed, strict=True):
            flowed = ready if ready is not None else flow(_rows(section, places), section.frame)
            pages += [Page(len(pages) + n, section, placed) for n, placed in enumerate(flowed, start=1)]
        known = {name: page.number for page in pages for placed in page.placed for name in placed.row.marks}
        if known == places:
            return pages, places
        places = known
    raise ValueError("page numbers do not settle")


def draw_rows(pen: Pen, page: Page) -> None:
    """Draw what stands on a page, and say which places are there."""
    for placed in page.placed:
        placed.row.draw(pen, placed.x, placed.y)
        for name in placed.row.marks:
            pen.mark(max(placed.y - 2, 0), name)


def _rows(section: Section, places: dict[str, int]) -> Sequence[Row]:
    return section.rows(lambda name: places.get(name, 0)) if callable(section.rows) else section.rows


def _clusters(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows in groups that stand in one column."""
    found: list[list[Row]] = []
    together = False
    for row in rows:
        if together:
            found[-1].append(row)
        else:
            found.append([row])
        together = row.with_next
    return found


def _height(cluster: list[Row], *, fresh: bool) -> float:
    first = 0.0 if fresh else cluster[0].before
    return first + cluster[0].height + sum(row.before + row.height for row in cluster[1:])
