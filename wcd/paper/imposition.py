"""Pages laid on sheets so that the printed sheets, folded once and stapled, are a booklet."""

from collections.abc import Sequence

from wcd.paper.pages import MM, Document, Pen


def fold_order(pages: int) -> list[tuple[int, int]]:
    """For each side of the sheets the page at its left and the one at its right, counted from 1; print on both sides,
    turned along the short edge. The number of pages must be a multiple of four.
    """
    if pages % 4:
        raise ValueError(f"{pages} pages do not fill sheets of four")
    sides = []
    for sheet in range(pages // 4):
        first = 2 * sheet + 1
        sides += [(pages + 1 - first, first), (first + 1, pages - first)]
    return sides


def fold(document: Document, pages: Sequence[Pen]) -> list[Pen]:
    """The sides of the sheets, each with two pages side by side. Links do not come along: it is paper."""
    sides = []
    for pair in fold_order(len(pages)):
        side = document.pen()
        for place, number in enumerate(pair):
            page = pages[number - 1]
            shift = place * page.width * MM
            side.raw(f"q 1 0 0 1 {shift:.2f} 0 cm\n{page.operators()}\nQ")
        sides.append(side)
    return sides
